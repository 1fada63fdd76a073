"""Recoveries on record are matched, and tunings proposed, from the command line."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from armstrace.cli import match_records, tune
from armstrace.vocabulary.errors import RuleBroken
from tests import builders, migrated

RUN = "from armstrace.cli.main import run; run()"


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

    assert "1 of 1 recoveries matched" in words


@pytest.mark.django_db
def test_a_tuning_needs_cases():
    with pytest.raises(RuleBroken):
        told(tune.app, "calibration")


def test_several_processes_find_what_one_finds(tmp_path):
    if os.environ.get("DATABASE_URL"):
        pytest.skip("a database of its own is a file")
    home = {**os.environ, "ARMSTRACE_HOME": str(tmp_path), "ARMSTRACE_DEMO": "True"}

    def armstrace(*words):
        done = subprocess.run(
            [sys.executable, "-c", RUN, *words],
            env=home,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    migrated.put_migrated_file(tmp_path)
    armstrace("demo", "--size", "400", "--no-serve")
    one = json.loads(armstrace("match-records", "--json"))
    two = json.loads(armstrace("match-records", "--processes", "2", "--json"))

    assert one | {"run": 0} == two | {"run": 0}
    assert one["matched"] > 0
