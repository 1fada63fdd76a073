"""Who may do what: the one table that actions, queries, pages and API obey.

What is not in the table is refused to everyone. ``own`` reaches the records of
the person's own agency, ``every`` those of all agencies.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from armstrace.vocabulary.actors import Purpose, Role, Scope

REGISTRAR, OFFICER, CUSTODIAN = Role.REGISTRAR, Role.OFFICER, Role.CUSTODIAN
ANALYST, SUPERVISOR = Role.ANALYST, Role.SUPERVISOR
EXAMINER = Role.EXAMINER
STATISTICIAN, AUDITOR = Role.STATISTICIAN, Role.AUDITOR
ADMINISTRATOR, SYSTEM = Role.ADMINISTRATOR, Role.SYSTEM
HUB = (ANALYST, SUPERVISOR)
Roles = tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Grant:
    """One line of the table.

    Args:
        action: Such as ``trace.open``.
        words: What it lets a person do, for pages and documentation.
        every: Roles that it reaches all agencies' records for.
        own: Roles that it reaches their own agency's records for.
    """

    action: str
    words: str
    every: Roles = ()
    own: Roles = ()

    def scope_of(self, role: Role) -> Scope | None:
        """Give how far the grant reaches for a role; None where it does not."""
        if role in self.every:
            return Scope.ALL
        return Scope.OWN if role in self.own else None


POLICY: tuple[Grant, ...] = (
    # ----------------------------------------------------- recoveries
    Grant(
        "recovery.view",
        "read recoveries",
        every=(*HUB, EXAMINER, REGISTRAR, STATISTICIAN, AUDITOR, SYSTEM),
        own=(OFFICER, CUSTODIAN),
    ),
    Grant(
        "recovery.record",
        "record a recovery",
        every=(*HUB, SYSTEM),
        own=(OFFICER, CUSTODIAN),
    ),
    Grant(
        "recovery.correct",
        "correct a recovery",
        every=(*HUB, SYSTEM),
        own=(OFFICER, CUSTODIAN),
    ),
    # Only people judge: the system proposes.
    Grant(
        "recovery.judge",
        "say whether a recovered arm is a registered one",
        every=HUB,
        own=(OFFICER,),
    ),
    # ------------------------------------------------------- matching
    Grant(
        "matching.view",
        "read what runs of matching found",
        every=(*HUB, AUDITOR, SYSTEM),
    ),
    Grant("matching.run", "match many recoveries at once", every=(*HUB, SYSTEM)),
    Grant(
        "matching.tune",
        "propose a calibration or rates of misreading",
        every=(*HUB, SYSTEM),
    ),
    # Matching never changes itself: a person puts a tuning into use.
    Grant("matching.deploy", "put a tuning of matching into use", every=(SUPERVISOR,)),
    # ------------------------------------------------------- registry
    Grant(
        "registry.view",
        "search and read registered arms",
        every=(
            *HUB,
            EXAMINER,
            REGISTRAR,
            OFFICER,
            CUSTODIAN,
            STATISTICIAN,
            AUDITOR,
            SYSTEM,
        ),
    ),
    Grant("registry.record", "record a registered arm", every=(REGISTRAR, SYSTEM)),
    Grant(
        "registry.event",
        "record what happened to a registered arm",
        every=(REGISTRAR, SUPERVISOR, SYSTEM),
    ),
    # -------------------------------------------------------- holders
    Grant(
        "holder.view",
        "see who holds an arm (personal data)",
        every=(*HUB, REGISTRAR, AUDITOR, SYSTEM),
    ),
    Grant("holder.record", "record a holder", every=(REGISTRAR, SYSTEM)),
    # --------------------------------------------------------- traces
    Grant(
        "trace.view",
        "read traces",
        every=(*HUB, EXAMINER, STATISTICIAN, AUDITOR, SYSTEM),
        own=(OFFICER, CUSTODIAN),
    ),
    Grant("trace.open", "open a trace", every=(*HUB, SYSTEM), own=(OFFICER,)),
    Grant("trace.close", "close a trace", every=HUB),
    Grant("trace.except", "decide not to trace, with a reason", every=(SUPERVISOR,)),
    Grant("trace.confirm", "confirm a point of diversion", every=HUB),
    # ----------------------------------------------------- ballistics
    Grant(
        "ballistics.view",
        "read ballistic marks, comparisons and links",
        every=(*HUB, EXAMINER, AUDITOR, SYSTEM),
        own=(OFFICER, CUSTODIAN),
    ),
    Grant(
        "ballistics.enrol",
        "enrol scans and set their regions",
        every=(EXAMINER, SYSTEM),
    ),
    Grant(
        "ballistics.compare",
        "compare and search marks",
        every=(*HUB, EXAMINER, SYSTEM),
    ),
    Grant("ballistics.reference", "load reference sets", every=(EXAMINER, SYSTEM)),
    # Only examiners conclude: a score selects.
    Grant("ballistics.conclude", "conclude about two marks", every=(EXAMINER,)),
    Grant("ballistics.unlink", "remove a link", every=(EXAMINER, SUPERVISOR)),
    Grant(
        "ballistics.share",
        "decide whether a mark is shared abroad",
        every=(EXAMINER, SUPERVISOR),
    ),
    # --------------------------------------------------------- intake
    Grant(
        "intake.view",
        "read what was loaded, held and skipped",
        every=(*HUB, REGISTRAR, STATISTICIAN, AUDITOR, SYSTEM),
        own=(OFFICER,),
    ),
    Grant("intake.load", "load a file", every=(*HUB, REGISTRAR, SYSTEM)),
    Grant("intake.mend", "mend a held row", every=(*HUB, REGISTRAR, SYSTEM)),
    # ----------------------------------------------------- indicators
    Grant(
        "indicator.view",
        "read figures and the records behind them",
        every=(*HUB, STATISTICIAN, AUDITOR, SYSTEM),
    ),
    Grant("indicator.keep", "keep a figure", every=(STATISTICIAN, SYSTEM)),
    Grant(
        "return.view",
        "read the annual return and the records behind it",
        every=(*HUB, STATISTICIAN, AUDITOR, SYSTEM),
    ),
    Grant(
        "return.fill",
        "enter figures of the annual return and explain differences",
        every=(STATISTICIAN, SYSTEM),
    ),
    Grant("return.keep", "keep an annual return", every=(STATISTICIAN, SYSTEM)),
    Grant("release.load", "load a published release", every=(STATISTICIAN, SYSTEM)),
    Grant(
        "publication.decide",
        "publish figures, or withdraw what was published",
        every=(STATISTICIAN, SUPERVISOR),
    ),
    # ------------------------------------------------------- evidence
    Grant(
        "evidence.view",
        "see photographs, files and custody",
        every=(*HUB, EXAMINER, AUDITOR, SYSTEM),
        own=(OFFICER, CUSTODIAN),
    ),
    Grant(
        "evidence.add",
        "add photographs, files and hand-overs",
        every=(*HUB, EXAMINER, SYSTEM),
        own=(OFFICER, CUSTODIAN),
    ),
    # ------------------------------------------- oversight and running
    Grant("ledger.view", "read the ledger", every=(AUDITOR, SYSTEM)),
    Grant("ledger.verify", "prove the ledger", every=(AUDITOR, ADMINISTRATOR, SYSTEM)),
    Grant(
        "account.view",
        "see who has an account",
        every=(ADMINISTRATOR, AUDITOR, SYSTEM),
    ),
    Grant("account.manage", "open and close accounts", every=(ADMINISTRATOR, SYSTEM)),
    Grant("token.issue", "issue and revoke API tokens", every=(ADMINISTRATOR, SYSTEM)),
)

PURPOSES: Mapping[Role, tuple[Purpose, ...]] = {
    REGISTRAR: (Purpose.REGISTRATION,),
    OFFICER: (Purpose.INVESTIGATION, Purpose.CUSTODY),
    CUSTODIAN: (Purpose.CUSTODY,),
    EXAMINER: (Purpose.INVESTIGATION, Purpose.TRACING),
    ANALYST: (Purpose.TRACING, Purpose.INVESTIGATION),
    SUPERVISOR: (Purpose.TRACING, Purpose.INVESTIGATION),
    STATISTICIAN: (Purpose.STATISTICS,),
    AUDITOR: (Purpose.OVERSIGHT,),
    ADMINISTRATOR: (Purpose.ADMINISTRATION,),
    SYSTEM: tuple(Purpose),
}


@lru_cache(maxsize=len(Role))
def grants_of(role: Role) -> Mapping[str, Scope]:
    """Give what a role may do, and how far it reaches."""
    scopes = {grant.action: grant.scope_of(role) for grant in POLICY}
    return {action: scope for action, scope in scopes.items() if scope is not None}


def table() -> Iterator[tuple[str, str, dict[Role, Scope]]]:
    """Give the policy line by line: action, words, and the scope of each role."""
    for grant in POLICY:
        scopes = {role: grant.scope_of(role) for role in Role}
        reached = {role: scope for role, scope in scopes.items() if scope is not None}
        yield grant.action, grant.words, reached
