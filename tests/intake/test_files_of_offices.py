"""Files as offices keep them: each row is loaded, skipped as what it is, or held."""

from collections import Counter
from datetime import date

import pytest
import xlsxwriter

from armstrace.intake import preview, queries
from armstrace.intake.actions import loading
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.models import HeldRow
from armstrace.intake.profiles import drafts
from armstrace.intake.profiles.schema import read_profile
from armstrace.intake.tables.heading_words import meanings
from armstrace.jobs.running import JobContext, tell_nobody
from armstrace.recoveries.models import RecoveryRecord
from armstrace.vocabulary.encodings import encoding_of
from tests.intake import files
from tests.intake.loads import LOADER, NOON

pytestmark = pytest.mark.django_db
HEADINGS = ["Item No", "Date of seizure", "Place", "Type of weapon", "Make", "Serial"]
THAI = ["ลำดับที่", "วันที่ยึด", "สถานที่ยึด", "ประเภทอาวุธปืน", "ยี่ห้อ", "หมายเลขปืน"]


def row(number, day="2021-03-14", place="Port City"):
    return [f"A-{number}", day, place, "Pistol", "Glock", f"GLK10{number}"]


def book(path, rows, *merged):
    """Write a workbook; each of ``merged`` is a range and what stands in it."""
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet()
    for at, cells in enumerate(rows):
        sheet.write_row(at, 0, cells)
    for where, text in merged:
        sheet.merge_range(where, text)
    workbook.close()
    return path


def load(path):
    """Load a file as it is proposed; the dry run foretells the load."""
    file = IncomingFile(path, path.name, "POL")
    found = queries.proposal(file, viewer=LOADER, kind=IntakeKind.RECOVERIES)
    draft = drafts.accept(found, source="POL")
    draft.constants["recovery_kind"] = ("SEIZED", "a list of seizures")
    profile = read_profile(drafts.profile_text(found, draft), origin="proposed")
    seen = preview.look(file, profile, by=LOADER, at=NOON, progress=tell_nobody)
    begun = loading.begin_batch(file=file, profile=profile, by=LOADER, at=NOON)
    batch = loading.run_batch(batch=begun, by=LOADER, at=NOON, context=JobContext())
    assert seen.tally.by_reason == Counter(batch.by_reason)
    assert seen.tally.rows_loaded == batch.rows_loaded
    return batch


def records():
    return RecoveryRecord.objects.current().order_by("source_row")


def test_notes_titles_and_totals_are_told_as_what_they_are(tmp_path):
    rows = [
        HEADINGS,
        ["NORTHERN REGION"],
        row(1),
        ["Total January", "", "", "", "", "1"],
        ["Sub-total", "", "", "", "", "1"],
        row(2),
        [],
        ["* Serial number partly erased; see laboratory report."],
        ["", "", "Approved: 12 January 2022"],
        ["Source: Northern Police"],
    ]

    batch = load(files.csv_file(tmp_path / "a.csv", rows))

    assert (batch.rows_loaded, batch.rows_held) == (2, 0)
    assert batch.by_reason == {"NOTE_ROW": 4, "TOTALS_ROW": 2, "BLANK_ROW": 1}


def test_a_row_with_hardly_anything_says_what_it_may_be(tmp_path):
    rows = [HEADINGS, row(1), ["", "", "", "", "Checked by", "J. Doe"]]

    load(files.csv_file(tmp_path / "a.csv", rows))

    assert "dismiss it if it is a note or a title" in str(
        HeldRow.objects.get().troubles
    )


@pytest.mark.parametrize("number", ["A-3", "Case 12", "14/3/2021"])
def test_a_row_that_names_a_record_is_no_note(tmp_path, number):
    batch = load(files.csv_file(tmp_path / "a.csv", [HEADINGS, row(1), [number]]))

    assert (batch.rows_loaded, batch.rows_held) == (1, 1)


def test_another_table_below_is_held_and_never_read_by_the_wrong_headings(tmp_path):
    other = ["Item No", "Date of seizure", "Calibre", "Quantity"]
    rows = [HEADINGS, row(1), [], other, ["B-1", "2021-01-01", "9x19", "50"]]
    again = [HEADINGS, row(2)]

    batch = load(book(tmp_path / "a.xlsx", rows + again))

    assert [each.recovery.source_number for each in records()] == ["A-1", "A-2"]
    assert batch.by_reason["OTHER_TABLE"] == 1
    assert "'row': 4" in str(HeldRow.objects.get().troubles)


def test_the_same_headings_in_another_order_are_another_table(tmp_path):
    turned = [HEADINGS[0], *HEADINGS[:0:-1]]
    rows = [HEADINGS, row(1), turned, ["A-2", *row(2)[:0:-1]]]

    batch = load(files.csv_file(tmp_path / "a.csv", rows))

    assert batch.by_reason == {"HEADINGS_AGAIN": 1, "OTHER_TABLE": 1}


def test_another_table_beside_is_left_out_with_a_word(tmp_path):
    beside = ["", "Item No", "Date of seizure", "Quantity"]
    rows = [HEADINGS + beside, [*row(1), "", "B-1", "2021-01-01", "50"], row(2)]

    batch = load(book(tmp_path / "a.xlsx", rows))

    assert batch.rows_loaded == 2
    assert "look like another table and are not read" in str(batch.remarks)


def test_a_merged_cell_stands_in_each_of_its_rows(tmp_path):
    rows = [HEADINGS, row(1), row(2, "", ""), row(3, "", "")]

    batch = load(book(tmp_path / "a.xlsx", rows, ("B2:B4", "2021-03-14")))

    assert batch.rows_loaded == 3
    assert {each.recovered_on for each in records()} == {date(2021, 3, 14)}


def test_headings_hang_down_from_the_rows_above(tmp_path):
    rows = [
        ["Item No", "Seizure", "", "Arm", "", "", "Agency"],
        ["", "When", "Where", "Class", "Identification", "", ""],
        ["", "Date", "Place", "Type", "Make", "Serial number", ""],
        [*row(1), "Northern Police"],
    ]

    load(book(tmp_path / "a.xlsx", rows))

    found = records().get()
    assert (found.recovery.source_number, found.agency) == ("A-1", "Northern Police")


def test_no_cell_beyond_the_headings_is_lost(tmp_path):
    headed = load(book(tmp_path / "a.xlsx", [HEADINGS, [*row(1), "blue"]]))
    assert headed.rows_loaded == 1
    assert "blue" in records().get().notes

    rows = [HEADINGS, row(2), row(3), [*row(4), "red"]]
    batch = load(book(tmp_path / "b.xlsx", rows))

    assert batch.by_reason == {"DAMAGED_ROW": 1}
    assert "right of the last heading" in str(HeldRow.objects.get().troubles)


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Date and place of seizure", "14.03.2021, Port City, Harbour Road"),
        ("Place/date", "Port City, Harbour Road 14/03/2021"),
    ],
)
def test_a_date_and_a_place_in_one_cell_are_parted(tmp_path, heading, text):
    headings = ["Item No", heading, "Type of weapon", "Make", "Serial"]
    rows = [headings, *([f"A-{n}", text, "Pistol", "Glock", f"G1{n}"] for n in (1, 2))]

    load(files.csv_file(tmp_path / "a.csv", rows))

    found = records().first()
    assert found.recovered_on == date(2021, 3, 14)
    assert found.place == "Port City, Harbour Road"


def test_what_stands_beside_a_day_is_kept_in_the_notes(tmp_path):
    rows = [HEADINGS, row(1, "14.03.2021 during a search"), row(2, "2021-03-14 14:30")]

    load(files.csv_file(tmp_path / "a.csv", rows))

    notes = [each.notes for each in records()]
    assert notes == ["Date of seizure: 14.03.2021 during a search.", ""]


def test_marks_that_a_description_names_are_read(tmp_path):
    headings = ["Item No", "Date of seizure", "Description of firearm"]
    said = (
        "One pistol make Glock model 17 cal. 9x19, serial no. GLK 100",
        "Uma pistola marca Taurus, calibre .38, nº de série K00114 com carregador",
        "Pistol make Norinco, serial number erased",
    )
    rows = [headings, *([f"A-{n}", "2021-03-14", text] for n, text in enumerate(said))]

    batch = load(files.csv_file(tmp_path / "a.csv", rows))

    found = [(each.make, each.serial_as_marked) for each in records()]
    assert found == [("GLOCK", "GLK 100"), ("TAURUS", "K00114"), ("NORINCO", "erased")]
    assert records().first().type_as_written == said[0]
    assert "read from the descriptions that name them" in str(batch.remarks)


@pytest.mark.parametrize("day", ["14/3/2564", "๑๔/๓/๒๕๖๔"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp874", "utf-16"])
def test_a_thai_list_is_read(tmp_path, day, encoding):
    rows = [THAI, *([*row(n, day, "กรุงเทพมหานคร")] for n in range(1, 4))]

    load(files.csv_file(tmp_path / "a.csv", rows, encoding=encoding))

    found = records().first()
    assert found.recovered_on == date(2021, 3, 14)
    assert found.place == "กรุงเทพมหานคร"
    assert found.recovery.source_number == "A-1"


def test_one_year_of_another_era_is_held(tmp_path):
    rows = [HEADINGS, *(row(n) for n in range(1, 9)), row(9, "14/3/2564")]

    batch = load(files.csv_file(tmp_path / "a.csv", rows))

    assert batch.by_reason == {"NOT_A_DATE": 1}


def test_cyrillic_and_arabic_are_not_taken_for_thai():
    assert encoding_of("Пістолет Макарова, ЗБРОЯ вилучена".encode("cp1251")) == "cp1251"
    assert encoding_of("تاريخ الضبط ومكانه".encode("cp1256")) == "cp1256"
    assert meanings("เลขประจำปืน").found == {"SERIAL", "NUMBER"}


def test_one_byte_of_another_encoding_holds_its_row_alone(tmp_path):
    path = tmp_path / "a.csv"
    rows = [HEADINGS, row(1, place="Peñíscola"), row(2, place="José"), row(3)]
    text = "\n".join(map(",".join, rows)).encode()
    path.write_bytes(text.replace("é".encode(), b"\xe9"))

    batch = load(path)

    assert (batch.rows_loaded, batch.rows_held) == (2, 1)
    assert RecoveryRecord.objects.filter(place__contains="Peñíscola").exists()
