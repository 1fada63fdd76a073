"""What `armstrace init` says once the database is ready."""

import pytest

from armstrace.cli import init
from tests.web import world

pytestmark = pytest.mark.django_db


def test_the_first_account_is_named_only_until_there_is_one(capsys) -> None:
    init.say_what_is_next()
    first = capsys.readouterr().err
    world.people()

    init.say_what_is_next()

    again = capsys.readouterr().err
    assert "open the first account" in first
    assert "account add NAME" in first
    assert "ready" in again
    assert "account" not in again
