"""Workbooks that come back filled in: read whole, or refused in one sentence."""

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.intake.tables import formulas
from armstrace.intake.tables.formulas import Content
from armstrace.vocabulary.errors import InvalidInput

pytestmark = pytest.mark.pure


def a_workbook() -> bytes:
    into = io.BytesIO()
    with xlsxwriter.Workbook(into, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Arms & more")
        sheet.write_row(0, 0, ["Row", 12, 1.5])
        sheet.write_formula(1, 1, "=SUM(B1:C1)", None, 13.5)
        sheet.write_rich_string(2, 0, "two ", book.add_format({"bold": True}), "runs")
        book.add_worksheet("Empty")
    return into.getvalue()


WORKBOOK = a_workbook()


def read(tmp_path, content):
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    return formulas.read_whole(path, "book.xlsx")


def parts(content, changes):
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
    return into.getvalue()


def test_every_sheet_is_read_with_values_and_formulas(tmp_path):
    sheets = read(tmp_path, WORKBOOK)

    assert list(sheets) == ["Arms & more", "Empty"]
    assert sheets["Empty"] == {}
    assert sheets["Arms & more"] == {
        (0, 0): Content("Row"),
        (0, 1): Content("12"),
        (0, 2): Content("1.5"),
        (1, 1): Content("13.5", "SUM(B1:C1)"),
        (2, 0): Content("two runs"),
    }


def test_words_inside_a_cell_and_shared_formulas_are_read(tmp_path):
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>here</t></is></c>'
        '<c r="B1"><f t="shared" si="0"/><v>1.2E1</v></c></row></sheetData></worksheet>'
    )

    sheets = read(tmp_path, parts(WORKBOOK, {"xl/worksheets/sheet1.xml": sheet}))

    assert sheets["Arms & more"] == {(0, 0): Content("here"), (0, 1): Content("12", "")}


@pytest.mark.parametrize(
    "changes",
    [
        {"xl/workbook.xml": "<workbook"},
        {"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'},
        {"xl/_rels/workbook.xml.rels": "<Relationships/>"},
        {"xl/worksheets/sheet1.xml": b"\xff\xfe\x00"},
    ],
)
def test_a_damaged_or_harmful_workbook_is_refused(tmp_path, changes):
    with pytest.raises(InvalidInput):
        read(tmp_path, parts(WORKBOOK, changes))


def test_a_workbook_too_large_to_be_a_return_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(formulas, "MOST_UNPACKED_BYTES", 1000)

    with pytest.raises(InvalidInput, match="too large to be a return"):
        read(tmp_path, WORKBOOK)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_bytes_that_were_changed_are_read_or_refused(tmp_path_factory, data):
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))

    try:
        read(tmp_path_factory.mktemp("book"), bytes(content))
    except InvalidInput:
        return


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_part_that_was_changed_is_read_or_refused(tmp_path_factory, data):
    names = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"]
    name = data.draw(st.sampled_from(names))
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as book:
        part = bytearray(book.read(name))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(part) - 1))
        part[at : at + 1] = data.draw(st.binary(max_size=4))

    try:
        read(tmp_path_factory.mktemp("book"), parts(WORKBOOK, {name: bytes(part)}))
    except InvalidInput:
        return
