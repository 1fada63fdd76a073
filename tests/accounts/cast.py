"""Builders for the tests of accounts."""

from datetime import UTC, datetime

from armstrace.accounts import actions, actors
from armstrace.accounts.models import Agency, User
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Role

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PASSWORD = "copper lantern meadow 7"


def agency(code: str = "HUB") -> Agency:
    return Agency.objects.filter(code=code).first() or actions.create_agency(
        code=code,
        name=f"Agency {code}",
        kind=AgencyKind.HUB,
        by=actors.system_actor(),
        at=NOON,
    )


def user(
    name: str = "ana", role: Role = Role.ANALYST, password: str = PASSWORD
) -> User:
    account = actions.NewAccount(name, "Ana Example", agency().code, role, password)
    return actions.create_user(account=account, by=actors.system_actor(), at=NOON)
