"""What a file leaves open is said, in its own words."""

import pytest

from armstrace.intake.fields import IntakeKind
from armstrace.intake.profiles import propose
from armstrace.vocabulary.messages import Message
from tests.intake import files
from tests.intake.loads import dry_run, load, recovery, table

pytestmark = pytest.mark.django_db

DEALER = {"holder_number": "H-1", "name": "Armería Sol", "kind": "DEALER"}


def test_columns_that_are_not_understood_are_named(tmp_path):
    row = recovery("1", Colour="blue", Weather="dry")
    path = files.csv_file(tmp_path / "a.csv", table(row))

    foretold, loaded = dry_run(path), load(path)

    said = (
        "a.csv: the columns “Colour”, “Weather” are not understood; "
        "their text is kept in the notes."
    )
    assert said in map(str, foretold.remarks)
    assert said in _remarks(loaded)


@pytest.mark.parametrize(
    ("rows", "is_said"),
    [
        ([DEALER], False),
        ([{"holder_number": "H-1", "name": "Armería Sol"}], True),
        ([DEALER, {**DEALER, "holder_number": "H-2", "kind": ""}], True),
    ],
)
def test_a_kind_of_holder_that_is_assumed_is_said(tmp_path, rows, is_said):
    path = files.csv_file(tmp_path / "h.csv", table(*rows))

    told = map(str, dry_run(path, IntakeKind.HOLDERS).remarks)

    assert any("become persons" in each for each in told) is is_said


def test_what_is_said_of_a_licence_without_its_number_is_told(tmp_path):
    row = DEALER | {"licence_number": "", "valid_until": "2031-01-01"}
    path = files.csv_file(tmp_path / "h.csv", table(row))

    (said,) = map(str, dry_run(path, IntakeKind.HOLDERS).remarks)

    assert said.startswith("What rows say of a licence without its number is not kept")


def test_who_gives_and_who_receives_an_arm_is_told_apart():
    headings = ["Arma", "Evento", "Fecha", "Titular que entrega", "Titular que recibe"]
    rows = [["A-1", "Venta", "2024-03-01", "H-1", "H-2"]]

    found = propose.propose_profile(
        headings, rows, kind=IntakeKind.EVENTS, name="a.csv"
    )

    assert found.column_of("holder_from") == "Titular que entrega"
    assert found.column_of("holder_to") == "Titular que recibe"


def test_words_for_a_kind_of_holder_are_understood():
    headings = ["Número de titular", "Nombre", "Tipo"]
    rows = [["H-1", "Armería Sol", "Comerciante"], ["H-2", "Ana", "Particular"]]

    found = propose.propose_profile(
        headings, rows, kind=IntakeKind.HOLDERS, name="h.csv"
    )

    assert found.column_of("kind") == "Tipo"


def test_rows_alike_without_a_number_are_remarked(tmp_path):
    one = recovery("1")
    del one["source_number"]
    path = files.csv_file(tmp_path / "a.csv", table(one, one, one))

    foretold, loaded = dry_run(path), load(path)

    for remarks in (foretold.remarks, _remarks(loaded)):
        (said,) = [each for each in map(str, remarks) if "says the same" in each]
        assert said.startswith("Row 3 ")


@pytest.mark.parametrize("number", ["r-9204", "R 9204", "R9204"])
def test_a_number_typed_otherwise_than_on_record_is_remarked(tmp_path, number):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("R-9204"))))
    path = files.csv_file(tmp_path / "b.csv", table(recovery(number), recovery("9")))

    foretold, loaded = dry_run(path), load(path)

    for remarks in (foretold.remarks, _remarks(loaded)):
        (said,) = [each for each in map(str, remarks) if "hyphens" in each]
        assert said.startswith(f"Row 2: the number “{number}” differs from “R-9204”")
    assert loaded.rows_loaded == 2


def test_numbers_typed_in_two_ways_in_one_file_are_remarked(tmp_path):
    rows = map(recovery, ["R-9204", "r 9204", "1-23", "12-3"])
    path = files.csv_file(tmp_path / "a.csv", table(*rows))

    (said,) = [each for each in map(str, dry_run(path).remarks) if "hyphens" in each]

    assert said.startswith("Row 3: the number “r 9204” differs from that of row 2")


def _remarks(batch):
    return [str(Message.read(each)) for each in batch.remarks]
