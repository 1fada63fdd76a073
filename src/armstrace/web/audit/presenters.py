"""Consultations as pages and files show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.audit import consulted, unusual
from armstrace.translation import write_list
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.acts import LedgerAct
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.ledger import Operation
from armstrace.web import record_numbers
from armstrace.web.lists import exports

TABLES = {
    "recoveries.recovery": _("recoveries"),
    "recoveries.recoveryrecord": _("persons a recovery names"),
    "recoveries.ammunitionrecord": _("ammunition"),
    "recoveries.partrecord": _("parts"),
    "registry.arm": _("registered arms"),
    "registry.armrecord": _("records of registered arms"),
    "registry.lifeevent": _("events of arms"),
    "registry.lossreport": _("reports of loss"),
    "licensing.licence": _("licences"),
    "custody.exhibit": _("exhibits"),
    "custody.custodyevent": _("steps of custody"),
    "custody.store": _("stores"),
    "custody.count": _("counts"),
    "tracing.trace": _("traces"),
    "ballistics.comparison": _("comparisons"),
    "ballistics.searchrun": _("searches of marks"),
    "licensing.holder": _("holders by number"),
    "licensing.holderrecord": _("holders by name"),
    "ballistics.ballisticmark": _("ballistic marks"),
    "intake.heldrow": _("held rows"),
    "intake.batch": _("loaded files"),
    "evidence.storedfile": _("files"),
    "accounts.user": _("accounts"),
    "accounts.accountchange": _("changes of accounts"),
    "accounts.agency": _("agencies"),
    "accounts.lawversion": _("legal profiles"),
    "accounts.apitoken": _("tokens"),
    "intake.chunk": _("parts of loaded files"),
    "intake.columnprofile": _("column profiles"),
    "indicators.figure": _("figures"),
    "indicators.return": _("returns"),
    "recoveries.candidatejudgement": _("judgements on candidates"),
    "recoveries.pairjudgement": _("judgements on pairs"),
    "recoveries.recoveryphotograph": _("photographs"),
    "recoveries.observedmark": _("further marks"),
    "recoveries.resighting": _("proposals of repeats"),
    "recoveries.matchingrun": _("runs of matching"),
    "recoveries.matchingresult": _("results of matching"),
    "registry.mark": _("marks of arms"),
    "registry.part": _("parts of arms"),
    "registry.matchingtuning": _("tunings of matching"),
    "registry.tuninginuse": _("tunings in use"),
    "tracing.tracedecision": _("decisions on traces"),
    "tracing.tracefinding": _("findings of traces"),
    "tracing.chaingap": _("gaps of chains"),
    "tracing.assignment": _("whose work it is"),
    "tracing.savedfilter": _("filters that were kept"),
    "intelligence.subject": _("subjects"),
    "intelligence.link": _("links"),
    "investigations.case": _("cases"),
    "risk.declaration": _("declarations"),
    "risk.earlywarning": _("early warnings"),
    "techniques.operation": _("operations"),
    "procedures.step": _("steps"),
}

CODES: dict[str, type[Code]] = {
    "operation": Operation,
    "purpose": Purpose,
    "role": Role,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A record or a number of them that a consultation showed."""

    # The record's number, or how many of which table.
    words: str
    # The record's page; "" where it has none.
    address: str = ""


@dataclass(frozen=True, slots=True)
class RowShown:
    """A consultation in a list."""

    row: consulted.ConsultationRow
    # The way of looking, in words.
    how: str
    # The record whose own page was opened, if any.
    opened: Shown | None
    beside: tuple[Shown, ...]


def row(found: consulted.ConsultationRow) -> RowShown:
    """Give a consultation as a list shows it."""
    named = identity_of(found.opened)
    opened = Shown(reference_of(*named), address_of(*named)) if named else None
    return RowShown(
        row=found,
        how=gettext(found.kind.label if found.kind else LedgerAct.words(found.act)),
        opened=opened,
        beside=tuple(Shown(count_in_words(*each)) for each in found.shown),
    )


def entry_told(told: Iterable[tuple[str, object]]) -> list[tuple[str, list[Shown]]]:
    """Give what an entry says, name by name, in the words of a page."""
    return [(name, _told(name, value)) for name, value in told]


def _told(name: str, value: object) -> list[Shown]:
    if name == "subjects" and isinstance(value, list):
        return [Shown(count_in_words(each["table"], each["count"])) for each in value]
    if name == "act":
        return [Shown(gettext(LedgerAct.words(str(value)))), Shown(str(value))]
    if name == "codes" and isinstance(value, dict):
        return [_code(*each) for each in sorted(value.items()) if each[1] is not None]
    if (codes := CODES.get(name)) and str(value) in list(codes):
        return [Shown(gettext(codes(str(value)).label))]
    return [Shown(str(value))] if value not in (None, "", [], {}) else []


def _code(name: str, value: object) -> Shown:
    named = identity_of(str(value).lower()) if name == "opened" else None
    if named is None:
        return Shown(f"{name}: {value}")
    return Shown(f"{name}: {reference_of(*named)}", address_of(*named))


def count_in_words(table: str, count: int) -> str:
    """Say how many records of a table."""
    return f"{TABLES.get(table, table)}: {count}"


def _opening_words(found: consulted.ConsultationRow) -> str:
    named = identity_of(found.opened)
    return reference_of(*named) if named else ""


EXPORTED: exports.Columns = {
    "entry": "seq",
    "when_utc": lambda row: row.at.isoformat(),
    "who": "actor",
    "agency": "agency",
    "role": "role",
    "purpose": "purpose",
    "purpose_chosen": lambda row: not row.is_purpose_assumed,
    "how": "kind",
    "act": "act",
    "opened": _opening_words,
    "shown": lambda row: write_list(f"{table} {count}" for table, count in row.shown),
    "reason": "reason",
    "token": "token",
}


def identity_of(opened: str) -> tuple[str, int] | None:
    """Read the table and key that a consultation says was opened."""
    label, _, key = opened.rpartition(".")
    return (label, int(key)) if label and key.isdecimal() else None


def reference_of(label: str, key: int) -> str:
    """Give the number of a record as people write it."""
    number = record_numbers.number_of(label)
    if number is None or not number.letter:
        return f"{label}:{key}"
    return number.written(key)


def address_of(label: str, key: int) -> str:
    """Give the page of a record; "" where it has none of its own."""
    number = record_numbers.number_of(label)
    return reverse(number.url_name, args=[key]) if number else ""


def limits() -> dict[str, object]:
    """Give the limits of the signs, for the page that explains them."""
    return {
        "records": unusual.MANY_RECORDS,
        "times": unusual.TIMES_USUAL,
        "from": unusual.NIGHT_BEGINS,
        "until": unusual.NIGHT_ENDS,
        "neighbours": unusual.NEIGHBOURS,
    }
