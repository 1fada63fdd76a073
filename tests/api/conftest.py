"""Programmes that call the API, each with a token of its own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from armstrace.accounts import actions, actors, tokens
from armstrace.accounts.models import Agency
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Role


@pytest.fixture
def caller(db: None) -> Callable[[Role, str], Client]:
    """Give a client that calls as a role of an agency."""

    def made(role: Role, agency: str) -> Client:
        by, at = actors.system_actor(), datetime.now(UTC)
        if not Agency.objects.filter(code=agency).exists():
            actions.create_agency(
                code=agency, name=agency, kind=AgencyKind.POLICE, by=by, at=at
            )
        name = f"{role.value.lower()}.{agency.lower()}"
        account = actions.NewAccount(name, "Test Person", agency, role)
        user = actions.create_user(account=account, by=by, at=at)
        secret = tokens.new_secret()
        actions.issue_token(
            user=user,
            stated=actions.NewToken("test", secret, at + timedelta(days=1)),
            by=by,
            at=at,
        )
        return Client(headers={"authorization": f"Bearer {secret}"})

    return made
