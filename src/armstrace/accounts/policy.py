"""Who may do what: the one table that actions, queries, pages and API obey.

Each app declares its lines in its ``apps.py``; docs/reference/policy.md prints the
whole. What is not in the table is refused to everyone. ``own`` opens the records of
the person's own agency, ``every`` those of all agencies.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from django.conf import settings

from armstrace.audit import declarations
from armstrace.audit.declarations import Grant
from armstrace.vocabulary.accounts import TokenScope
from armstrace.vocabulary.actors import Purpose, Role, Scope

# What ``SECOND_FACTORS`` may say: whether one is asked of the roles below.
OFFERED, REQUIRED, PASSKEYS = "offered", "required", "passkeys"
# Who may do one of these decides, or sees names of all agencies: one stolen passphrase
# must not be enough.
ASKED_OF = frozenset({
    "account.manage", "ballistics.conclude", "exhibit.approve", "factor.recover",
    "holder.view", "ledger.view", "licence.decide", "matching.deploy",
    "publication.decide", "technique.authorise", "technique.work", "trace.confirm",
    "trace.except",
})  # fmt: skip
PURPOSES: Mapping[Role, tuple[Purpose, ...]] = {
    Role.REGISTRAR: (Purpose.REGISTRATION,),
    Role.LICENSING: (Purpose.LICENSING, Purpose.REGISTRATION),
    Role.TRADE: (Purpose.REGISTRATION,),
    Role.OFFICER: (Purpose.INVESTIGATION, Purpose.CUSTODY),
    Role.CUSTODIAN: (Purpose.CUSTODY,),
    Role.EXAMINER: (Purpose.INVESTIGATION, Purpose.TRACING),
    Role.CUSTOMS: (Purpose.INVESTIGATION,),
    Role.INVESTIGATOR: (Purpose.INVESTIGATION, Purpose.LICENSING),
    Role.PROSECUTOR: (Purpose.INVESTIGATION,),
    Role.ANALYST: (Purpose.TRACING, Purpose.INVESTIGATION, Purpose.LICENSING),
    Role.SUPERVISOR: (Purpose.TRACING, Purpose.INVESTIGATION, Purpose.LICENSING),
    Role.STATISTICIAN: (Purpose.STATISTICS,),
    Role.AUDITOR: (Purpose.OVERSIGHT,),
    Role.ADMINISTRATOR: (Purpose.ADMINISTRATION,),
    Role.SYSTEM: tuple(Purpose),
}


DECIDING = frozenset(
    {"judge", "close", "except", "confirm", "conclude", "unlink", "share"}
    | {"deploy", "approve", "decide", "waive", "dispose", "destroy"}
    | {"deactivation.verify", "certificate.issue", "certificate.revoke"}
)
"""Verbs that decide, and grants whose verb alone does not tell it."""
READING = frozenset({"consultation.own", "ledger.verify", "stock.list"})
# It opens the lists of holders, and every name that is shown for a reason.
NAMING = frozenset({"holder.view"})
FOR_NO_TOKEN = frozenset(
    {"account.manage", "token.issue", "factor.recover"}
    # No programme learns that a special technique is used.
    | {f"technique.{act}" for act in ("view", "ask", "work", "authorise", "oversee")}
)


@cache
def policy() -> tuple[Grant, ...]:
    """Give the lines of all apps, the lowest layer first."""
    return tuple(grant for app in declarations.apps_declared() for grant in app.grants)


@lru_cache(maxsize=len(Role))
def grants_of(role: Role) -> Mapping[str, Scope]:
    """Give what a role may do, and how far it reaches."""
    scopes = {grant.action: grant.scope_of(role) for grant in policy()}
    return {action: scope for action, scope in scopes.items() if scope is not None}


def roles_with(*actions: str) -> list[Role]:
    """Give the roles that may do all of these, that of the system among them."""
    return [role for role in Role if grants_of(role).keys() >= set(actions)]


def asks_second_factor(role: Role) -> bool:
    """Tell whether people of a role have to sign in with a second factor."""
    return settings.SECOND_FACTORS != OFFERED and not ASKED_OF.isdisjoint(
        grants_of(role)
    )


def takes_app() -> bool:
    """Tell whether an app of one-time codes is enough of a second factor."""
    return settings.SECOND_FACTORS != PASSKEYS


@cache
def scope_of(action: str) -> TokenScope | None:
    """Give the scope with which a token opens a grant; None where none does.

    Args:
        action: A grant, such as ``trace.open``.
    """
    if action in FOR_NO_TOKEN:
        return None
    if action in NAMING:
        return TokenScope.NAMES
    verb = action.rpartition(".")[2]
    if verb == "view" or action in READING:
        return TokenScope.READ
    decides = verb in DECIDING or action in DECIDING
    return TokenScope.DECIDE if decides else TokenScope.RECORD


def table() -> Iterator[tuple[str, str, dict[Role, Scope]]]:
    """Give the policy line by line: action, words, and the scope of each role."""
    for grant in policy():
        scopes = {role: grant.scope_of(role) for role in Role}
        reached = {role: scope for role, scope in scopes.items() if scope is not None}
        yield grant.action, grant.words, reached
