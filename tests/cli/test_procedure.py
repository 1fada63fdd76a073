"""``armstrace procedure`` keeps its contract."""

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from armstrace.analysis.procedures import reading
from armstrace.cli import cases
from armstrace.cli.procedure import app
from armstrace.procedures.models import Step
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.procedures import DECISIONS, UNDONE
from tests import builders
from tests.analysis.procedures.drafts import draft, step
from tests.procedures import desk

RUNNER = CliRunner()
CONTRACT = ("eligible", "with_case", "waived", "closed", "open_steps", "overdue")


def kept(tmp_path, values):
    path = tmp_path / "p.toml"
    path.write_text(reading.write(values), encoding="utf-8")
    return str(path)


@pytest.mark.pure
def test_a_sound_procedure_is_said_to_be_sound(tmp_path):
    steps = [step(f"s{n}", answer=each.value) for n, each in enumerate(DECISIONS)]
    path = kept(tmp_path, draft(*steps))

    told = RUNNER.invoke(app, ["check", path])
    as_json = RUNNER.invoke(app, ["check", path, "--json"])

    assert told.exit_code == 0
    assert "has no fault: 1 triggers, 4 steps" in told.output
    assert json.loads(as_json.output) == {
        "is_sound": True,
        "faults": [],
        "remarks": [],
    }


@pytest.mark.pure
def test_what_lets_no_arm_be_closed_is_said_of_a_procedure_without_fault(tmp_path):
    path = kept(tmp_path, draft(step("a", answer="TRACE", waived_by=[])))

    told = RUNNER.invoke(app, ["check", path])
    found = json.loads(RUNNER.invoke(app, ["check", path, "--json"]).output)

    assert told.exit_code == 0
    assert found["is_sound"]
    left_out, never = found["remarks"]
    assert "ballistic mark recorded, origin decided" in left_out
    assert "Nobody may waive step “a”" in never
    assert all(each in told.output for each in found["remarks"])


@pytest.mark.pure
def test_one_step_that_waits_for_itself_is_no_circle_of_steps(tmp_path):
    path = kept(tmp_path, draft(step("identify", after=["identify"])))

    told = RUNNER.invoke(app, ["check", path]).output

    assert "Step “identify” waits for itself" in told
    assert "each other" not in told


@pytest.mark.pure
def test_each_fault_is_one_line_and_the_status_is_one(tmp_path):
    path = kept(tmp_path, draft(step("a", after=["b"]), step("b", after=["a"])))

    told = RUNNER.invoke(app, ["check", path])
    as_json = RUNNER.invoke(app, ["check", path, "--json"])

    assert told.exit_code == as_json.exit_code == 1
    assert told.output.strip().splitlines() == json.loads(as_json.output)["faults"]
    assert "in a circle" in told.output


@pytest.mark.django_db
def test_a_check_counts_what_it_would_change_on_record_where_it_is_asked(tmp_path):
    desk.recovered()
    given = ["check", kept(tmp_path, desk.with_step()), "--preview"]

    told = RUNNER.invoke(app, given)
    as_json = json.loads(RUNNER.invoke(app, [*given, "--json"]).output)

    assert "1 open recovery would gain steps" in told.output
    assert "Ask the neighbours gained by 1;" in told.output
    assert (as_json["gained"], as_json["kept"]) == (1, 0)
    assert as_json["by_step"][0]["gained"] == 1


@pytest.mark.django_db
def test_a_simulation_is_printed_and_given_as_json():
    desk.recovered(criminal_contexts=desk.DRUGS)
    given = ["simulate", reading.SHIPPED, "--year", "2025"]

    told = RUNNER.invoke(app, given)
    as_json = json.loads(RUNNER.invoke(app, [*given, "--json"]).output)

    assert "Recoveries of 2025: 1; parallel cases: 1, steps: 11" in told.output
    assert (as_json["recoveries"], as_json["cases"], as_json["steps"]) == (1, 1, 11)
    assert (as_json["waivers"], as_json["waivers_unknown"]) == (None, 11)
    assert "Expected waivers assume that each step is waived" in told.output
    assert "identify: never completed or waived" in told.output


@pytest.mark.pure
@pytest.mark.parametrize("year", ["20x5", "99999", "-1", ""])
def test_a_year_that_cannot_be_read_is_refused_in_one_sentence(year):
    told = RUNNER.invoke(app, ["simulate", reading.SHIPPED, "--year", year])

    assert isinstance(told.exception, InvalidInput)
    assert str(told.exception) == (
        f"“{year}” is not a year; write its four digits, such as 2025."
    )


@pytest.mark.django_db
def test_cases_gives_the_contract_and_follows_what_waits():
    desk.recovered("S-1", criminal_contexts=desk.DRUGS)
    builders.recovered(builders.a_recovery("S-2", criminal_contexts=desk.DRUGS))
    pk = desk.recovered("S-3", criminal_contexts=desk.DRUGS)
    desk.open_case(pk)

    as_json = json.loads(RUNNER.invoke(cases.app, ["--json"]).output)
    told = RUNNER.invoke(cases.app, [])
    today = datetime.now(UTC).date()
    late = Step.objects.current().filter(state__in=UNDONE, due_on__lt=today)

    late = Step.objects.current().filter(state="OPEN", due_on__lt=datetime.now(UTC))
    assert {name: as_json[name] for name in CONTRACT} == {
        "eligible": 3,
        "with_case": 1,
        "waived": 0,
        "closed": 0,
        "open_steps": 20,
        "overdue": late.count(),
    }
    assert late.exists()
    assert as_json["waiting"] == 0
    assert as_json["by_agency"]["VNP"]["eligible"] == 3
    assert "Recoveries that need a parallel case: 3; with one: 1" in told.output
