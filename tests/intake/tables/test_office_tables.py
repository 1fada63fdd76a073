"""Tables as offices send them: other programs, two rows of headings, totals."""

import zipfile

import pytest

from armstrace.intake.tables.headings import is_totals
from armstrace.intake.tables.rows import Row
from tests.intake import files
from tests.intake.tables.test_reading import HEADINGS, cells, read

pytestmark = pytest.mark.pure


OPENED = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>
<office:spreadsheet><table:table table:name="S">{rows}<table:table-row
 table:number-rows-repeated="1048000"><table:table-cell
 table:number-columns-repeated="16384"/></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"""
OF_SHEETS = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f"""<?xml version="1.0"?><manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{OF_SHEETS}"/>
</manifest:manifest>"""


def test_a_sheet_of_libreoffice_is_read(tmp_path):
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in (HEADINGS, ["1", "AB1", "2019-03-01"])
    )
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", OF_SHEETS)
        book.writestr("content.xml", OPENED.format(rows=rows))
        book.writestr("META-INF/manifest.xml", MANIFEST)

    table, found = read(path)

    assert table.headings == tuple(HEADINGS)
    assert cells(found) == [("1", "AB1", "2019-03-01")]


def test_headings_of_two_rows_are_joined_and_numbers_of_columns_left_out(tmp_path):
    rows = [
        ["Seizures of 2024", "", "", "", "", ""],
        ["No.", "Date", "", "Weapon", "", "Notes"],
        ["", "of seizure", "of registration", "Make", "Serial number", ""],
        ["1", "2", "3", "4", "5", "6"],
        ["1", "2019-03-01", "2019-03-02", "Glock", "ABC123", "x"],
    ]

    table, found = read(files.csv_file(tmp_path / "a.csv", rows))

    assert table.headings == (
        "No.",
        "Date of seizure",
        "Date of registration",
        "Weapon Make",
        "Weapon Serial number",
        "Notes",
    )
    assert [row.number for row in found] == [5]
    assert "row 1 above is treated as a title" in str(table.remarks[0])


def test_a_row_of_values_below_empty_headings_is_no_heading(tmp_path):
    rows = [["No.", "Weapon", "", ""], ["", "Pistol", "Glock", "ABC"]]

    table, found = read(files.csv_file(tmp_path / "a.csv", rows))

    assert table.headings[:2] == ("No.", "Weapon")
    assert len(found) == 1


@pytest.mark.parametrize(
    "first", ["TOTAL", "Всього:", "Total general", "المجموع", "Summe 40"]
)
def test_a_row_of_totals_is_known(first):
    assert is_totals(Row(9, (first, "", "", "40", "", "")))


@pytest.mark.parametrize(
    "row",
    [
        ("Total", "2019-03-01 x", "", "", ""),
        ("Totalitarian", "4", "", "", ""),
        ("7", "Total", "", "", ""),
        ("Total", "1", "2", "3", "4"),
    ],
)
def test_other_rows_are_no_totals(row):
    assert not is_totals(Row(9, row))


def test_a_file_that_ends_within_a_row_says_so(tmp_path):
    path = tmp_path / "a.csv"
    whole = "source_number,serial,recovered_on\n1,AB1,2019-03-01\n2,AB2"
    path.write_text(whole, encoding="utf-8")

    _, found = read(path)

    assert found[0].damage is None
    assert "cut off" in str(found[1].damage)
