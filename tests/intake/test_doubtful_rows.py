"""What a row leaves in doubt is held or said, in a sentence that names the field."""

import pytest

from armstrace.intake import queries
from armstrace.intake.fields import IntakeKind
from armstrace.intake.models import HeldRow
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry.models import LossReport
from tests.intake import files
from tests.intake.loads import ARM, LATER, LOADER, load, recovery, table

pytestmark = pytest.mark.django_db
LOSS = {
    "source_number": "L1",
    "arm_number": "A-1",
    "make": "",
    "serial": "",
    "loss_kind": "STOLEN",
    "happened_on": "2010-05-05",
}


def put(folder, kind, *rows):
    return load(files.csv_file(folder / "a.csv", table(*rows)), IntakeKind(kind))


@pytest.mark.parametrize("marks", [("Mauser", "ABC123"), ("Glock", "Z99999")])
def test_RG_41_a_loss_whose_marks_are_of_another_arm_is_held_with_both_sides(
    tmp_path, marks
):
    put(tmp_path, "registry", ARM)
    make, serial = marks

    batch = put(tmp_path, "losses", {**LOSS, "make": make, "serial": serial})

    held = HeldRow.objects.get()
    assert (batch.rows_held, held.field) == (1, "arm_number")
    assert "GLOCK ABC123" in str(held.troubles)
    sides = queries.conflict_sides(held.pk, viewer=LOADER, at=LATER)
    shown = {each.name: (each.on_record, each.stated) for each in sides}
    assert shown["make"] == ("Glock", make)
    assert not LossReport.objects.exists()


@pytest.mark.parametrize("marks", [("", ""), ("Glock", "ABC123"), ("", "ABC12")])
def test_a_loss_whose_marks_may_be_of_the_arm_is_loaded(tmp_path, marks):
    put(tmp_path, "registry", ARM)
    make, serial = marks

    batch = put(tmp_path, "losses", {**LOSS, "make": make, "serial": serial})

    assert batch.rows_loaded == 1


@pytest.mark.parametrize("serial", ["", "\u200b", "\u3164\ufeff"])
def test_a_loss_that_names_no_item_is_held(tmp_path, serial):
    batch = put(tmp_path, "losses", {**LOSS, "arm_number": "", "serial": serial})

    assert batch.by_reason == {"MISSING_FIELD": 1}
    assert "type, make, model" in str(HeldRow.objects.get().troubles)


@pytest.mark.parametrize("text", ["seized and stolen", "hallada / robada"])
def test_a_row_that_came_in_two_ways_at_once_is_held(tmp_path, text):
    batch = put(tmp_path, "recoveries", recovery("1", recovery_kind=text))

    assert batch.by_reason == {"UNKNOWN_CODE": 1}
    assert HeldRow.objects.get().field == "recovery_kind"


@pytest.mark.parametrize("serial", ["A1 / B2", "A1234, A1235", "BFR17 e BQD74"])
def test_two_serial_numbers_in_one_cell_are_held(tmp_path, serial):
    batch = put(tmp_path, "recoveries", recovery("1", serial=serial))

    assert batch.by_reason == {"SEVERAL_ARMS": 1}
    assert HeldRow.objects.get().field == "serial"


@pytest.mark.parametrize(
    "also", [{"seal_number": "S1"}, {"serial": "1234 / 5678 B"}, {"serial": "A1, A1"}]
)
def test_two_numbers_of_one_arm_are_loaded(tmp_path, also):
    row = {**recovery("1", serial="A1234 / A1235"), "seal_number": "", **also}

    assert put(tmp_path, "recoveries", row).rows_loaded == 1


def test_an_agency_that_is_not_here_is_named_once(tmp_path):
    rows = [recovery(number, agency=f"NOSUCH{number}") for number in "123"]

    batch = put(tmp_path, "recoveries", *rows)

    said = [each for each in batch.remarks if "NOSUCH" in str(each)]
    assert (batch.rows_loaded, len(said)) == (3, 1)


def test_marks_and_numbers_that_cannot_be_seen_are_none(tmp_path):
    unseen = {"source_number": "\u200b", "make": "\u2060", "serial": "\u200bAB9\ufeff"}

    put(tmp_path, "recoveries", recovery("1", **unseen))

    record = RecoveryRecord.objects.current().get()
    assert (record.make_as_written, record.serial_as_marked) == ("", "AB9")
    assert record.recovery.source_number != "\u200b"
