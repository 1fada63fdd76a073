"""``armstrace deactivation check`` names what is open, by rule, part and check."""

import json

import pytest

from armstrace.cli import main
from armstrace.deactivations import actions
from tests import cast
from tests.deactivations import desk

pytestmark = pytest.mark.django_db
STATED = {
    "kind": "PISTOL",
    "performed_on": "2026-11-20",
    "performed_by": "Old Mill Gunsmiths",
    "performer": "Jo Smith",
    "is_authorised": "YES",
    "verified_by": "Proof House",
    "signatory": "Vera Proof",
    "title": "Proof master",
    "parts": ["FRAME_OR_RECEIVER", "BARREL", "SLIDE_OR_CYLINDER"],
    "checks": ["INOPERABLE", "IRREVERSIBLE", "EXCHANGE_BARRELS", "SERIALS_KEPT"],
}


def run(capsys, *words):
    status = main.status_of(["deactivation", "check", *words])
    return status, capsys.readouterr()


def test_DA_02_DA_03_DA_40_a_file_is_checked_and_what_is_open_is_named(
    capsys, tmp_path
):
    path = tmp_path / "pistol.json"
    path.write_text(json.dumps(STATED | {"checks": STATED["checks"][:-1]}))

    status, said = run(capsys, str(path), "--law", "eu", "--json")
    told = json.loads(said.out)

    assert (status, told["blocks"], told["standard"]) == (1, True, "EU-2018/337")
    assert told["parts"] == ["BOLT_OR_BREECH_BLOCK"]
    assert told["checks"] == ["SERIALS_KEPT"]
    assert told["marks"] == [*STATED["parts"], "BOLT_OR_BREECH_BLOCK"]
    assert [each["code"] for each in told["missing"]] == ["DA-02", "DA-03", "DA-40"]
    assert "DA-04" in told["rules"]


def test_a_whole_file_is_not_blocked_and_prose_says_so(capsys, tmp_path):
    path = tmp_path / "pistol.json"
    path.write_text(json.dumps(STATED))

    status, said = run(capsys, str(path), "--law", "protocol")

    assert status == 0
    assert "Nothing blocks it today." in said.out


def test_a_deactivation_on_record_is_checked_by_its_number(capsys):
    made = desk.recorded()

    _, said = run(capsys, made.reference, "--json")
    status, gone = run(capsys, "U404")

    told = json.loads(said.out)
    assert (told["number"], told["state"]) == (made.reference, "WAITING")
    assert told["blocks"]
    assert (status, "no deactivation U404" in gone.err) == (1, True)
    status, odd = run(capsys, "pistol")
    assert (status, "“pistol” is not the number" in odd.err) == (1, True)


def test_a_refused_deactivation_is_not_said_to_be_free(capsys):
    made = desk.recorded()
    actions.refuse_deactivation(
        deactivation_id=made.pk, reason="no slide", by=cast.EXAMINER, at=cast.NOW
    )

    status, said = run(capsys, made.reference)

    assert status == 1
    assert f"{made.reference}: refused" in said.out
    assert "Nothing blocks" not in said.out


@pytest.mark.parametrize(
    "more", [{"parts": "BARREL"}, {"kind": "BOW"}, {"is_reversible": 1}, {"odd": 1}]
)
def test_what_is_no_deactivation_is_said_in_one_sentence(capsys, tmp_path, more):
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(STATED | more))

    status, said = run(capsys, str(path))

    assert status == 1
    assert len(said.err.strip().splitlines()) == 1


def test_a_file_without_a_kind_is_told_which_field_to_write(capsys, tmp_path):
    path = tmp_path / "bare.json"
    path.write_text("{}")

    status, said = run(capsys, str(path))

    assert status == 1
    assert "bare.json: write the field kind as " in said.err
    assert "PISTOL" in said.err
