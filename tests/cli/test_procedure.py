"""``armstrace procedure`` keeps its contract."""

import json

import pytest
from typer.testing import CliRunner

from armstrace.analysis.procedures import reading
from armstrace.cli.procedure import app
from tests.analysis.procedures.drafts import draft, step

RUNNER = CliRunner()


def kept(tmp_path, values):
    path = tmp_path / "p.toml"
    path.write_text(reading.write(values), encoding="utf-8")
    return str(path)


@pytest.mark.pure
def test_a_sound_procedure_is_said_to_be_sound(tmp_path):
    path = kept(tmp_path, draft(step("a")))

    told = RUNNER.invoke(app, ["check", path])
    as_json = RUNNER.invoke(app, ["check", path, "--json"])

    assert told.exit_code == 0
    assert "has no fault: 1 triggers, 1 steps" in told.output
    assert json.loads(as_json.output) == {"is_sound": True, "faults": []}


@pytest.mark.pure
def test_each_fault_is_one_line_and_the_status_is_one(tmp_path):
    path = kept(tmp_path, draft(step("a", after=["b"]), step("b", after=["a"])))

    told = RUNNER.invoke(app, ["check", path])
    as_json = RUNNER.invoke(app, ["check", path, "--json"])

    assert told.exit_code == as_json.exit_code == 1
    assert told.output.strip().splitlines() == json.loads(as_json.output)["faults"]
    assert "in a circle" in told.output
