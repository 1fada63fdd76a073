"""What opens each address: one line an address, by its name.

An address that is not listed fails the build. A line names the grant of the policy
that a GET needs, then the one that a POST needs. ``SIGNED_IN`` is open to whoever
signed in, ``EVERYONE`` to the street, ``NONE`` is answered 405 whoever asks.
"""

from dataclasses import dataclass

EVERYONE, SIGNED_IN, NONE = "everyone", "signed in", "none"


@dataclass(frozen=True, slots=True)
class Door:
    """What opens an address.

    Args:
        read: The grant that a GET needs; of several, each opens it.
        write: The grant that a POST needs; of several, all. It is read as a GET
            where the page takes no POST.
        either: Of these, a POST needs one beside the others.
    """

    read: str | tuple[str, ...]
    write: str | tuple[str, ...] = ""
    either: tuple[str, ...] = ()

    @property
    def reading(self) -> tuple[str, ...]:
        """Give the grants each of which opens the address to a GET."""
        return (self.read,) if isinstance(self.read, str) else self.read

    @property
    def writing(self) -> tuple[str, ...]:
        """Give the grants which a POST needs all."""
        return (self.write,) if isinstance(self.write, str) else self.write


PAGES = {
    "": Door(SIGNED_IN),
    "^api(?:/|$)": Door(EVERYONE),
    "set_language": Door(EVERYONE),
    "sign-in": Door(EVERYONE),
    "second-step": Door(EVERYONE),
    "passkey-sign-in": Door(NONE, EVERYONE),
    "passkey-options": Door(NONE, EVERYONE),
    "sign-out": Door(NONE, SIGNED_IN),
    "purpose": Door(SIGNED_IN),
    "today": Door(SIGNED_IN),
    "public": Door(EVERYONE, NONE),
    "public-year": Door(EVERYONE, NONE),
    "public-file": Door(EVERYONE, NONE),
    "public-series": Door(EVERYONE, NONE),
    "public-year-json": Door(EVERYONE, NONE),
    # ------------------------------------------------------- administration
    "administration": Door(("ledger.verify", "account.view")),
    "ledger": Door("ledger.view"),
    "consultations": Door("ledger.view"),
    "unusual-use": Door("ledger.view"),
    "who-looked": Door("ledger.view"),
    "ledger-entry": Door("ledger.view"),
    "ledger-proof": Door("ledger.verify"),
    "ledger-prove": Door(NONE, "ledger.verify"),
    "ledger-checkpoint": Door(NONE, "ledger.verify"),
    "ledger-compare": Door(NONE, "ledger.verify"),
    "people": Door("account.view"),
    "person": Door("account.view"),
    "person-invite": Door("account.manage"),
    "person-do": Door(NONE, "account.manage"),
    "agencies": Door("account.view", "account.manage"),
    "agency-do": Door(NONE, "account.manage"),
    "roles": Door("account.view"),
    "sessions": Door("account.view"),
    "session-end": Door(NONE, "account.manage"),
    "tokens": Door("account.view"),
    "token-issue": Door(NONE, "token.issue"),
    "token-revoke": Door(NONE, "token.issue"),
    "settings-seen": Door("account.view"),
    "own-account": Door(SIGNED_IN),
    "own-passphrase": Door(SIGNED_IN),
    "own-session-end": Door(NONE, SIGNED_IN),
    "own-factors": Door(SIGNED_IN),
    "passkey-add": Door(NONE, SIGNED_IN),
    "passkey-add-options": Door(NONE, SIGNED_IN),
    "one-time-codes": Door(SIGNED_IN),
    "recovery-codes": Door(NONE, SIGNED_IN),
    "factor-remove": Door(NONE, SIGNED_IN),
    # ---------------------------------------------------------- ballistics
    "ballistics": Door("ballistics.view"),
    "mark-enrol": Door("ballistics.enrol"),
    "ballistic-mark": Door("ballistics.view"),
    "mark-picture": Door("ballistics.view"),
    "mark-region": Door("ballistics.enrol"),
    "mark-class": Door("ballistics.enrol"),
    "mark-scan": Door("ballistics.enrol"),
    "mark-search": Door(NONE, "ballistics.compare"),
    "mark-sharing": Door(NONE, "ballistics.share"),
    "mark-compare": Door(NONE, "ballistics.compare"),
    "searches": Door("ballistics.view"),
    "mark-search-run": Door("ballistics.view"),
    "search-stop": Door(NONE, "ballistics.compare"),
    "search-go-on": Door(NONE, "ballistics.compare"),
    "comparisons": Door("ballistics.view"),
    "comparison": Door("ballistics.view"),
    "comparison-picture": Door("ballistics.view"),
    "comparison-report": Door("ballistics.view"),
    "comparison-recompute": Door(NONE, "ballistics.compare"),
    "conclude": Door(NONE, "ballistics.conclude"),
    "conclusions": Door("ballistics.view"),
    "conclusion-review": Door(NONE, "ballistics.conclude"),
    "link-remove": Door(NONE, "ballistics.unlink"),
    "reference-sets": Door("ballistics.view"),
    "reference-set": Door("ballistics.view"),
    "reference-withdraw": Door(NONE, "ballistics.reference"),
    "arm-pairs": Door("registry.view"),
    "arm-pair-decide": Door(NONE, "registry.event"),
    # ------------------------------------------------------------- custody
    "custody": Door("exhibit.view"),
    "exhibit-find": Door("exhibit.keep"),
    "exhibit-receive": Door(("exhibit.keep", "exhibit.offer")),
    "exhibit-labels": Door("exhibit.view"),
    "ways-out": Door("exhibit.view"),
    "stores": Door("exhibit.view", "exhibit.count"),
    "counts": Door("exhibit.view", "exhibit.count"),
    "count": Door("exhibit.view"),
    "count-scan": Door(NONE, "exhibit.count"),
    "count-close": Door(NONE, "exhibit.count"),
    "count-answer": Door(NONE, "exhibit.count"),
    "exhibit": Door("exhibit.view"),
    "exhibit-photograph": Door("exhibit.view"),
    "exhibit-act": Door("exhibit.keep"),
    # ------------------------------------------------------------- figures
    "figures": Door("indicator.view"),
    "figures-year": Door("indicator.view"),
    "figure-keep": Door(NONE, "indicator.keep"),
    "figure-records": Door("indicator.view"),
    "shortfall": Door("indicator.view"),
    "shortfall-records": Door("indicator.view"),
    "look": Door("indicator.view"),
    "look-year": Door("indicator.view"),
    "progress-records": Door("indicator.view"),
    "stopped-records": Door("indicator.view"),
    "route-records": Door("indicator.view"),
    "world": Door("indicator.view", "release.load"),
    "release": Door("indicator.view"),
    "country-of": Door("indicator.view"),
    "country": Door("indicator.view"),
    "publications": Door("indicator.view"),
    "publication-withdraw": Door(NONE, "publication.decide"),
    "returns": Door("return.view"),
    "return-year": Door("return.view"),
    "return-records": Door("return.view"),
    "return-checks": Door("return.view"),
    "return-explain": Door("return.fill"),
    "return-enter": Door("return.fill"),
    "return-enter-table": Door("return.fill"),
    "return-blanks": Door("return.fill"),
    "return-load": Door(NONE, "return.fill"),
    "return-keep": Door(NONE, "return.keep"),
    "return-changes": Door("return.view"),
    "return-kept": Door("return.view"),
    "return-kept-file": Door("return.view"),
    "return-out": Door("return.view"),
    "return-workbook": Door("return.view"),
    "return-cells": Door("return.view"),
    "return-release": Door("return.view"),
    "return-sdmx": Door("indicator.view"),
    "return-accompanying": Door("indicator.view"),
    "return-read-back": Door(NONE, "return.view"),
    "return-report": Door("return.view"),
    "return-report-pdf": Door("return.view"),
    "return-neighbour": Door("return.view"),
    "return-neighbour-csv": Door("return.view"),
    # -------------------------------------------------------------- intake
    "intake": Door("intake.view", "intake.load"),
    "intake-profiles": Door("intake.view"),
    "intake-profile": Door("intake.view", "intake.load"),
    "intake-profile-edit": Door("intake.load"),
    "intake-profile-delete": Door(NONE, "intake.load"),
    "held-rows": Door("intake.view"),
    "held-row": Door("intake.view", "intake.mend"),
    "held-dismiss": Door(NONE, "intake.mend"),
    "held-settle": Door(NONE, "intake.mend"),
    "intake-file": Door("intake.load"),
    "intake-load": Door(NONE, "intake.load"),
    "intake-propose": Door(NONE, "intake.load"),
    "batch": Door("intake.view"),
    "batch-class": Door("intake.view"),
    "intake-file-class": Door("intake.load"),
    "batch-go-on": Door(NONE, "intake.load"),
    "batch-every-row": Door("intake.view"),
    "batch-report": Door("intake.view"),
    # ---------------------------------------------------------- recoveries
    "matching": Door("matching.view", "matching.run"),
    "matching-run": Door("matching.view"),
    "matching-go-on": Door(NONE, "matching.run"),
    "matching-tuning": Door("matching.view"),
    "matching-tuning-propose": Door(NONE, "matching.tune"),
    "matching-tuning-use": Door(NONE, "matching.deploy"),
    "matching-tuning-take-back": Door(NONE, "matching.deploy"),
    "pair": Door("recovery.view", "recovery.judge"),
    "recoveries": Door("recovery.view"),
    "ammunition": Door("recovery.view"),
    "parts": Door("recovery.view"),
    "recovery-record": Door("recovery.record"),
    "recovery": Door("recovery.view"),
    "recovery-correct": Door("recovery.correct"),
    "recovery-holders": Door(SIGNED_IN, ("recovery.view", "holder.view")),
    "recovery-person": Door(
        SIGNED_IN, "recovery.view", either=("holder.view", "recovery.correct")
    ),
    "recovery-judge": Door(NONE, "recovery.judge"),
    "recovery-photograph": Door(NONE, "evidence.add"),
    "photograph": Door("evidence.view"),
    # ------------------------------------------------------------ registry
    "registry": Door("registry.view"),
    "arm": Door("registry.view"),
    "arm-holders": Door(SIGNED_IN, ("registry.view", "holder.view")),
    "look-up": Door("registry.view"),
    "arm-register": Door("registry.record"),
    "arm-similar": Door("registry.record"),
    "arm-pass": Door("registry.event"),
    "arm-happening": Door("registry.event"),
    "arm-correct": Door("registry.record"),
    "arm-withdraw": Door("registry.record"),
    "arm-reinstate": Door("registry.record"),
    "arm-extract": Door("registry.view"),
    "holders": Door("holder.view"),
    "holder-record": Door("holder.record"),
    "holder": Door("holder.view"),
    "holder-correct": Door("holder.record"),
    # -------------------------------------------------------------- traces
    "traces": Door("trace.view"),
    "work-queue": Door("trace.assign"),
    "work-next": Door("trace.assign"),
    "work-assign": Door(NONE, "trace.assign"),
    "work-filter": Door(NONE, "trace.assign"),
    "trace": Door("trace.view"),
    "trace-at-home": Door(NONE, "trace.open"),
    "trace-holders": Door(SIGNED_IN, ("trace.view", "holder.view")),
    "decide": Door(NONE, "trace.confirm"),
}

API = {
    "openapi-json": Door(EVERYONE),
    "api-root": Door(EVERYONE),
    "read_indicator": Door("indicator.view"),
    "read_what_it_would_take": Door("indicator.view"),
    "list_recoveries": Door("recovery.view", "recovery.record"),
    "record_recovery": Door("recovery.view", "recovery.record"),
    "read_recovery": Door("recovery.view"),
    "find_candidates": Door("registry.view"),
    "read_trace": Door("trace.view"),
    "run_traces": Door(NONE, "trace.open"),
}
