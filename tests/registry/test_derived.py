"""A sample of the register tells where derived rows were tampered with."""

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from armstrace.checking import matching as checking
from armstrace.cli.rekey import app
from armstrace.registry import derived, population
from armstrace.registry.models import PopulationSnapshot, SerialKey
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.unledgered]


@pytest.fixture
def arms():
    stated = [
        builders.an_arm(number=f"A{n}", description=builders.glock(serial))
        for n, serial in enumerate(("ABC124", "ABC125", "XYZ987"))
    ]
    made = builders.registered(*stated)
    population.recount()
    return made


def told():
    return {each.subject: each for each in checking.derivations(datetime.now(UTC))}


def test_what_is_as_it_was_made_is_fine(arms):
    assert [each.verdict for each in told().values()] == ["ok"]


def test_an_arm_that_no_search_finds_is_named_and_mended_by_what_is_said(arms):
    SerialKey.objects.filter(arm_id=arms[1]).delete()

    found = told()["derived keys"]
    assert found.verdict == "problem"
    assert f"first A{arms[1]}" in str(found.sentence)
    assert "armstrace rekey --anew" in str(found.advice)
    assert CliRunner().invoke(app, ["--anew"]).exit_code == 0

    assert [each.verdict for each in told().values()] == ["ok"]


@pytest.mark.parametrize("change", [{"arms": 7}, {"counts": '{"profiles": []}'}])
def test_frequencies_that_are_not_the_registers_are_told(arms, change):
    PopulationSnapshot.objects.update(**change)

    assert told()["frequencies"].verdict == "problem"
    assert derived.sample().without_keys == ()
