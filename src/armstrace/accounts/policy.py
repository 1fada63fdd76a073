"""Who may do what: the one table that actions, queries, pages and API obey.

Each app declares its lines in its ``apps.py``; docs/reference/policy.md prints the
whole. What is not in the table is refused to everyone. ``own`` opens the records of
the person's own agency, ``every`` those of all agencies.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from armstrace.audit import declarations
from armstrace.audit.declarations import Grant
from armstrace.vocabulary.actors import Purpose, Role, Scope

PURPOSES: Mapping[Role, tuple[Purpose, ...]] = {
    Role.REGISTRAR: (Purpose.REGISTRATION,),
    Role.OFFICER: (Purpose.INVESTIGATION, Purpose.CUSTODY),
    Role.CUSTODIAN: (Purpose.CUSTODY,),
    Role.EXAMINER: (Purpose.INVESTIGATION, Purpose.TRACING),
    Role.ANALYST: (Purpose.TRACING, Purpose.INVESTIGATION),
    Role.SUPERVISOR: (Purpose.TRACING, Purpose.INVESTIGATION),
    Role.STATISTICIAN: (Purpose.STATISTICS,),
    Role.AUDITOR: (Purpose.OVERSIGHT,),
    Role.ADMINISTRATOR: (Purpose.ADMINISTRATION,),
    Role.SYSTEM: tuple(Purpose),
}


@cache
def policy() -> tuple[Grant, ...]:
    """Give the lines of all apps, the lowest layer first."""
    return tuple(grant for app in declarations.apps_declared() for grant in app.grants)


@lru_cache(maxsize=len(Role))
def grants_of(role: Role) -> Mapping[str, Scope]:
    """Give what a role may do, and how far it reaches."""
    scopes = {grant.action: grant.scope_of(role) for grant in policy()}
    return {action: scope for action, scope in scopes.items() if scope is not None}


def table() -> Iterator[tuple[str, str, dict[Role, Scope]]]:
    """Give the policy line by line: action, words, and the scope of each role."""
    for grant in policy():
        scopes = {role: grant.scope_of(role) for role in Role}
        reached = {role: scope for role, scope in scopes.items() if scope is not None}
        yield grant.action, grant.words, reached
