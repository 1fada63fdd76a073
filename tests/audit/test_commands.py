"""`armstrace ledger` and `armstrace check` keep their contract."""

import json

import pytest
from django.db import connection
from typer.testing import CliRunner

from armstrace import checking
from armstrace.accounts import actors
from armstrace.audit import keys
from armstrace.cli import check
from armstrace.cli import ledger as command
from tests.audit import cast, guards_raised

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    keys.make_missing(keys.folder())


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(command.app, list(words))
    return done.exit_code, done.stdout


def test_a_sound_ledger_leaves_with_status_0():
    cast.holder()

    status, told = run("verify", "--json")

    assert status == 0
    assert json.loads(told)["sound"] is True
    assert json.loads(told)["findings"] == []


@pytest.mark.unledgered
def test_an_altered_record_is_named_and_leaves_with_status_1():
    made = cast.holder()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE licensing_holder SET number = 'x'")

    status, told = run("verify", "--json")

    (finding,) = json.loads(told)["findings"]
    assert status == 1
    assert (finding["table"], finding["key"]) == ("licensing.holder", made.pk)


def test_a_checkpoint_is_written_and_taken_back(tmp_path):
    cast.holder()
    note = tmp_path / "note"

    assert run("checkpoint", "-o", str(note))[0] == 0
    status, told = run("verify", "--checkpoint", str(note), "--json")

    assert status == 0
    assert json.loads(told)["outside_checkpoint"] is True


def test_entries_are_shown_by_record():
    made = cast.holder()

    _, told = run("show", "--record", f"licensing.holder:{made.pk}", "--json")

    (entry,) = json.loads(told)["entries"]
    assert entry["act"] == "holder.recorded"


def verdicts() -> dict[str, str]:
    found = checking.all_findings(viewer=actors.system_actor(), at=cast.NOON)
    return {finding.subject: finding.verdict for finding in found}


def test_missing_guards_are_a_problem_with_status_1():
    done = CliRunner().invoke(check.app, ["--json"])

    assert verdicts()["guards"] == "problem"
    assert done.exit_code == 1


def test_standing_guards_are_fine_on_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("tests connect as the owner on PostgreSQL")
    guards_raised.raise_guards()

    assert verdicts()["guards"] == "ok"


@pytest.mark.parametrize(
    ("name", "value", "subject", "verdict"),
    [
        ("DEBUG", True, "debug", "problem"),
        ("ALLOWED_HOSTS", ["*"], "hosts", "problem"),
        ("ALLOWED_HOSTS", ["hub.example"], "https", "problem"),
        ("ALLOWED_HOSTS", ["localhost"], "https", "ok"),
        ("SECRET_KEY", "short", "secret", "problem"),
        ("DEMO", True, "demo", "warning"),
        ("PROFILE", "nowhere", "profiles", "problem"),
    ],
)
def test_an_unsafe_setting_is_named(settings, name, value, subject, verdict):
    setattr(settings, name, value)

    assert verdicts()[subject] == verdict


def test_a_key_that_others_can_read_is_a_problem():
    (keys.folder() / keys.SIGNING).chmod(0o644)

    assert verdicts()["keys"] == "problem"


def test_a_missing_key_is_a_problem():
    (keys.folder() / keys.SIGNING).unlink()

    assert verdicts()["keys"] == "problem"


def test_a_ledger_that_was_never_proved_is_a_warning():
    assert verdicts()["proof"] == "warning"
    run("verify")
    assert verdicts()["proof"] == "ok"
