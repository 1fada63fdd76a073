"""Recoveries on record are matched, and tunings proposed, from the command line."""

import json
import os

import pytest
from typer.testing import CliRunner

from armstrace.cli import match_records, tune
from armstrace.vocabulary.errors import RuleBroken
from tests import builders
from tests.cli.installation import Installation, has_demo


def told(app, *options):
    done = CliRunner().invoke(app, [*options], catch_exceptions=False)
    return done.stdout


@pytest.mark.django_db
def test_a_year_is_matched_and_counted():
    builders.registered()
    builders.recovered()

    document = json.loads(told(match_records.app, "--year", "2025", "--json"))

    assert document["recoveries"] == document["matched"] == 1
    assert document["likely_by_question"]["registry"] == document["likely"]
    assert document["model_version"]


@pytest.mark.django_db
def test_without_json_the_likely_ones_are_listed_with_the_reason():
    builders.registered()
    builders.recovered()

    words = told(match_records.app, "--against", "registry")

    assert "matched 1 of 1 recoveries" in words


@pytest.mark.django_db
def test_a_tuning_needs_cases():
    with pytest.raises(RuleBroken):
        told(tune.app, "calibration")


def test_several_processes_find_what_one_finds(tmp_path):
    if os.environ.get("DATABASE_URL"):
        pytest.skip("a database of its own is a file")
    at = Installation(tmp_path, {})
    has_demo(at)

    one, two = (
        json.loads(
            at.run("match-records", *words, "--json", ARMSTRACE_DEMO="True").stdout
        )
        for words in ((), ("--processes", "2"))
    )

    assert one | {"run": 0} == two | {"run": 0}
    assert one["matched"] > 0
