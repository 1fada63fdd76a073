"""``armstrace transfer check`` says what blocks, by which rule, and what is missing."""

import json

import pytest

from armstrace.cli import main
from armstrace.vocabulary.transfers import Step
from tests.transfers import desk

pytestmark = pytest.mark.django_db

FILE = """
direction = "EXPORT"
issue_place = "Casamar"
issued_on = 2026-03-02
valid_until = "2026-08-01"
export_country = "XV"
import_country = "NL"
recipient = "Sport Shop"
transit = ["FR"]
is_brokered = false
[[goods]]
description = "rifle"
quantity = 4
[[papers]]
kind = "IMPORT_LICENCE"
country = "NL"
issued_on = 2026-02-01
"""


def run(capsys, *words):
    status = main.status_of(["transfer", *words])
    return status, capsys.readouterr()


def lacking(said):
    told = json.loads(said.out)
    return told["blocks"], {each["code"] for each in told["missing"] if each["blocks"]}


@pytest.mark.parametrize("law", ["protocol", "eu"])
def test_a_file_is_checked_by_the_law_that_is_named(capsys, tmp_path, law):
    path = tmp_path / "export.toml"
    path.write_text(FILE)

    status, said = run(capsys, "check", str(path), "--law", law, "--json")

    assert status == 1
    blocks, codes = lacking(said)
    assert blocks
    assert "TX-NO-OBJECTION" in codes
    assert "TX-IMPORT-LICENCE" not in codes
    told = json.loads(said.out)
    assert codes <= {*told["rules"]}
    assert (told["law"], told["moment"], told["day"]) == (law, "ISSUE", "2026-03-02")


def test_a_file_that_says_when_goods_leave_is_checked_for_that_day(capsys, tmp_path):
    path = tmp_path / "export.json"
    path.write_text(json.dumps({"departs_on": "2026-03-05", "transit": ["FR"]}))

    _, said = run(capsys, "check", str(path), "--json")

    assert "TX-NOTICE" in lacking(said)[1]
    assert json.loads(said.out)["day"] == "2026-03-05"


def test_a_transfer_is_checked_by_number(capsys):
    made = desk.recorded(number="E-5")

    _, by_number = run(capsys, "check", made.reference)
    _, by_paper = run(capsys, "check", "E-5", "--json")

    assert f"{made.reference}: not decided" in by_number.out
    assert "TX-IMPORT-LICENCE (REFUSES)" in by_number.out
    assert "TX-NOTICE" in by_number.out.partition("Before the goods leave, also:")[2]
    later = [each["code"] for each in json.loads(by_paper.out)["later"]]
    assert "TX-NOTICE" in later
    assert "TX-IMPORT-LICENCE" not in later
    assert "Firearms Protocol, art. 10" in by_number.out
    assert lacking(by_paper)[0]


def test_what_is_no_transfer_is_said_in_one_sentence(capsys, tmp_path):
    path = tmp_path / "odd.json"
    for text, words in (
        ("{", "is not a JSON or TOML file"),
        ("[]", "has to name the fields of one case; the fields are direction, "),
        ("[" * 100_000, "nested too deep to be read"),
        ('{"holder": "1", "holder": "2"}', "gives the field holder twice"),
        (
            '{"goods": [{"quantity": 4.5}]}',
            "write the field goods.quantity as 0 | 1 | 2",
        ),
        (
            '{"goods": [{"quantity": -3}]}',
            "write the field goods.quantity as 0 | 1 | 2",
        ),
        (
            '{"goods": [{"quantity": 1e400}]}',
            "write the field goods.quantity as 0 | 1 | 2",
        ),
        ('{"goods": ["rifle"]}', "write the field goods as {…}"),
        ('{"import_country": "Atlantis"}', "“Atlantis” is not a recognised"),
        ('{"papers": [{"kind": "END_USER", "country": "X"}]}', "“X” is not a recog"),
        ('{"direction": "UP"}', "write the field direction as EXPORT | "),
        ('{"colour": 1}', "there is no field called “colour”; the fields are "),
        ('{"transit": "FR"}', "write the field transit as [“…”, …]"),
        (
            '{"goods": [{"quantity": "many"}]}',
            "write the field goods.quantity as 0 | 1 | 2",
        ),
        ('{"goods": [{"colour": 1}]}', "there is no field called “goods.colour”"),
        ('{"issued_on": "soon"}', "write the field issued_on as 2026-01-31"),
        ('{"is_brokered": 1}', "write the field is_brokered as true | false"),
        ('{"papers": [{}]}', "write the field papers.kind as "),
    ):
        path.write_text(text)
        status, said = run(capsys, "check", str(path))
        assert status == 1
        assert words in said.err
        assert len(said.err.strip().splitlines()) == 1
    desk.recorded()
    for number in ("G404", "", "none.json"):
        assert run(capsys, "check", number)[0] == 1


def test_a_file_is_read_in_the_forms_that_programs_save(capsys, tmp_path):
    path = tmp_path / "export.TOML"
    path.write_bytes(FILE.replace('"NL"', '"Netherlands"').encode("utf-16"))

    _, said = run(capsys, "check", str(path), "--json")
    _, prose = run(capsys, "check", str(path))

    assert "TX-IMPORT-LICENCE" not in lacking(said)[1]
    assert "It is blocked on 2 Mar 2026." in prose.out
    path.write_text("direction = 'EXPORT'\nissued_on = 2026-03-02T10:00:00\n")
    _, said = run(capsys, "check", str(path))
    assert "write the field issued_on as 2026-01-31" in said.err


def test_what_is_due_of_consignments_is_listed(capsys, tmp_path):
    assert main.status_of(["consignments", "overdue"]) == 0
    assert "Nothing is due" in capsys.readouterr().out
    made = desk.issued(tmp_path, is_multiple=True)
    one = desk.sent(made, 4)
    desk.stepped(one, Step.ARRIVED, desk.TODAY, 5)

    assert main.status_of(["consignments", "overdue"]) == 0
    assert (
        f"{one.reference} 2026-03-02 more arrived than was sent"
        in capsys.readouterr().out
    )
    main.status_of(["consignments", "overdue", "--json"])
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["number"], told["alarm"]) == (one.reference, "OVER_DELIVERY")
