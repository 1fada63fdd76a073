"""``armstrace licence check`` says what blocks, by which rule, and what is missing."""

import json

import pytest

from armstrace.cli import main
from tests.licensing import desk

pytestmark = pytest.mark.django_db


def run(capsys, *words):
    status = main.status_of(["licence", *words])
    return status, capsys.readouterr()


def test_a_file_is_checked_by_the_law_that_is_named(capsys, tmp_path):
    path = tmp_path / "young.json"
    path.write_text(json.dumps({"activity": "CARRY", "born_on": "2015-01-01"}))

    status, said = run(capsys, "check", str(path), "--law", "eu", "--json")

    told = json.loads(said.out)
    assert (status, told["blocks"], told["law"]) == (1, True, "eu")
    lacking = {each["code"]: each["blocks"] for each in told["missing"]}
    assert lacking["LC-AGE"]
    assert not lacking["LC-POSSESSION"]
    assert set(lacking) <= set(told["rules"])


def test_LC_VETTING_a_file_says_how_far_vetting_is(capsys, tmp_path):
    path = tmp_path / "stated.json"
    told = {"activity": "CARRY", "stage": "IN_VETTING"}
    for more, word in (
        ({"vetting": "OVERDUE"}, "has expired"),
        ({"vetting": "IN_FORCE", "vetting_answer": "ADVERSE"}, "“adverse”"),
    ):
        path.write_text(json.dumps(told | more))
        assert word in run(capsys, "check", str(path))[1].out


def test_an_application_and_a_licence_are_checked_by_number(capsys):
    made, number = desk.drafted(), desk.issued()

    _, draft = run(capsys, "check", made.reference)
    _, valid = run(capsys, "check", number, "--json")

    assert "LC-IDENTITY (WARNS)" in draft.out
    assert json.loads(valid.out)["missing"] == []


def test_what_is_no_application_is_said_in_one_sentence(capsys, tmp_path):
    path = tmp_path / "odd.json"
    for text in ("{", "[]", '{"activity": "FLY"}', '{"colour": 1}'):
        path.write_text(text)
        status, said = run(capsys, "check", str(path))
        assert status == 1
        assert len(said.err.strip().splitlines()) == 1
    assert run(capsys, "check", "L-404")[0] == 1


def test_open_applications_that_a_law_changes_are_listed(capsys):
    made = desk.sent(born_on=None)

    _, said = run(capsys, "changed", "--law", "eu", "--json")
    _, none = run(capsys, "changed")

    assert [each["number"] for each in json.loads(said.out)] == [made.reference]
    assert "no open application differently" in none.out


def test_codes_are_read_in_any_case(capsys, tmp_path):
    path = tmp_path / "odd.toml"
    path.write_text('activity = " carry"\nborn_on = 2015-01-01\n')

    _, said = run(capsys, "check", str(path), "--law", "eu", "--json")

    told = json.loads(said.out)
    assert told["activity"] == "CARRY"
    assert "LC-AGE" in {each["code"] for each in told["missing"]}
