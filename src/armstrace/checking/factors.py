"""Second factors: whether they are asked for, and where passkeys can work."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from armstrace.accounts import passkeys, policy, queries
from armstrace.accounts.actors import system_actor
from armstrace.checking import serving
from armstrace.checking.finding import Finding, first, found

NAMED = 5


def findings(_at: datetime) -> Iterator[Finding]:
    """Look at the settings and the addresses."""
    yield _roles_asked()
    yield _addresses()


def people(_at: datetime) -> Iterator[Finding]:
    """Look at who has not set up what the role needs."""
    if settings.SECOND_FACTORS == policy.OFFERED:
        return
    lacking = queries.names_without_factors(viewer=system_actor())
    case = "lacking" if lacking else "set_up"
    names = first(lacking, NAMED)
    yield found("second factors", case, count=len(lacking), names=names)


def _roles_asked() -> Finding:
    if settings.SECOND_FACTORS != policy.OFFERED:
        return found("sign-in", "needed")
    return found("sign-in", "offered_in_demo" if settings.DEMO else "offered")


def _addresses() -> Finding:
    hosts = [host.lstrip(".") for host in settings.ALLOWED_HOSTS]
    named = [host for host in hosts if host not in serving.LOCAL_HOSTS]
    if not named:
        return found("passkeys", "local")
    is_secure = settings.SECURE
    carry = [host for host in named if passkeys.carries(host, is_secure=is_secure)]
    if len(carry) > 1:
        return found("passkeys", "several", hosts=carry)
    if carry:
        return found("passkeys", "one", host=carry[0])
    none = found("passkeys", "number" if is_secure else "plain", hosts=named)
    is_needed = settings.SECOND_FACTORS == policy.PASSKEYS
    return replace(none, verdict="problem") if is_needed else none
