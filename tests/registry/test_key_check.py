"""An arm whose keys were tampered with is named, though the ledger is sound."""

import json

import pytest
from django.db import connection
from typer.testing import CliRunner

from armstrace.cli.rekey import app
from armstrace.registry import key_check, rekeying
from armstrace.registry.models import KeyStoreState, SerialKey
from armstrace.vocabulary.errors import SourceUnavailable
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.unledgered]


@pytest.fixture
def arms():
    builders.key_store()
    stated = [
        builders.an_arm(number=f"A{n}", description=builders.glock(serial))
        for n, serial in enumerate(("ABC124", "ABC125", "XYZ987"))
    ]
    return builders.registered(*stated)


def wrong():
    return list(key_check.check(lambda _what, _count: None).wrong)


def test_keys_as_they_were_made_are_right(arms):
    found = key_check.check(lambda _what, _count: None)

    assert (found.arms, found.wrong) == (3, ())
    assert found.keys == SerialKey.objects.count() > 0


def test_an_arm_that_lost_a_key_is_named(arms):
    key = SerialKey.objects.filter(arm_id=arms[1]).first()
    SerialKey.objects.filter(
        key=key.key, make_code=key.make_code, arm_id=arms[1]
    ).delete()

    assert wrong() == [arms[1]]


def test_keys_that_were_given_to_another_arm_name_both(arms):
    SerialKey.objects.filter(arm_id=arms[0]).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_serialkey (key, make_code, arm_id) "
            "SELECT key, make_code, 99999 FROM registry_serialkey WHERE arm_id = %s",
            [arms[1]],
        )

    assert wrong() == [arms[0], 99999]


def test_keys_that_are_being_made_are_not_compared(arms):
    rekeying.begin()
    KeyStoreState.objects.update(step=KeyStoreState.Step.MAKING)

    with pytest.raises(SourceUnavailable):
        wrong()


def test_the_command_says_which_and_ends_badly(arms):
    SerialKey.objects.filter(arm_id=arms[2]).delete()

    told = CliRunner().invoke(app, ["--check"])
    as_json = CliRunner().invoke(app, ["--check", "--json"])

    assert told.exit_code == 1
    assert f"A{arms[2]}" in told.output
    assert json.loads(as_json.output)["wrong"] == [arms[2]]
