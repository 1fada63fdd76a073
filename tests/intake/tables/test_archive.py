"""A workbook is looked into before anything parses it."""

import contextlib
import zipfile
from pathlib import Path

import pytest

from armstrace.intake.tables import archive
from armstrace.vocabulary.errors import InvalidInput
from tests.intake import files

pytestmark = pytest.mark.pure
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path: Path) -> str:
    with pytest.raises(InvalidInput) as caught:
        archive.inspect(path, path.name)
    sentence = str(caught.value)
    assert path.name in sentence
    assert sentence.endswith(".")
    return sentence


def test_a_good_workbook_passes(tmp_path):
    path = files.workbook(tmp_path / "good.xlsx", [["a", "b"], ["1", "2"]])

    found = archive.inspect(path, path.name)

    assert not found.far_cells
    assert not found.formulas_without_result
    assert found.unpacked_bytes > 0


def test_a_text_file_with_the_name_of_a_workbook_is_refused(tmp_path):
    path = tmp_path / "letter.xlsx"
    path.write_text("Dear colleague", encoding="utf-8")

    assert "not a workbook" in refusal(path)


def test_an_encrypted_workbook_is_named_as_such(tmp_path):
    path = tmp_path / "secret.xlsx"
    path.write_bytes(OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"))

    assert "password" in refusal(path)


def test_an_old_workbook_is_left_to_its_reader(tmp_path):
    path = tmp_path / "old.xls"
    path.write_bytes(OLE + b"\0" * 600)

    assert archive.inspect(path, path.name).unpacked_bytes == 608


def test_a_member_with_a_password_is_refused(tmp_path):
    path = files.raw_workbook(tmp_path / "locked.xlsx", "")
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    path.write_bytes(bytes(content))

    assert "password" in refusal(path)


def test_a_bomb_is_refused_by_counting_what_it_unpacks_to(tmp_path):
    bomb = "<row r='1'><c><v>" + "9" * 30_000_000 + "</v></c></row>"
    path = files.raw_workbook(tmp_path / "bomb.xlsx", bomb)

    assert "times its size" in refusal(path)


def test_a_declared_size_that_lies_does_not_help_a_bomb(tmp_path):
    path = files.raw_workbook(tmp_path / "liar.xlsx", "9" * 30_000_000)
    content = path.read_bytes()
    size = len(files.SHEET.format(rows="9" * 30_000_000)).to_bytes(4, "little")
    path.write_bytes(content.replace(size, (5000).to_bytes(4, "little")))

    refusal(path)


@pytest.mark.parametrize("mark", ["<!DOCTYPE x [<!ENTITY a 'b'>]>", "<!ENTITY a 'b'>"])
def test_xml_that_declares_entities_is_refused(tmp_path, mark):
    path = files.raw_workbook(
        tmp_path / "xxe.xlsx",
        "",
        **{"xl/sharedStrings.xml": f"<?xml version='1.0'?>{mark}"},
    )

    assert "entities" in refusal(path)


def test_entities_are_found_in_utf_16_too(tmp_path):
    path = tmp_path / "wide.xlsx"
    files.raw_workbook(path, "")
    with zipfile.ZipFile(path, "a") as book:
        book.writestr("xl/styles.xml", "<!DOCTYPE a>".encode("utf-16"))

    assert "entities" in refusal(path)


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "C:evil.xml"])
def test_a_part_that_points_outside_is_refused(tmp_path, name):
    path = files.raw_workbook(tmp_path / "outside.xlsx", "", **{name: "x"})

    assert "outside" in refusal(path)


def test_two_parts_of_one_name_are_refused(tmp_path):
    path = files.raw_workbook(tmp_path / "twice.xlsx", "")
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(path, "a") as book,
    ):
        book.writestr("xl/workbook.xml", "x")

    assert "two parts with the same name" in refusal(path)


def test_too_many_parts_are_refused(tmp_path):
    parts = {f"xl/media/{n}.png": "x" for n in range(300)}

    assert "parts" in refusal(files.raw_workbook(tmp_path / "many.xlsx", "", **parts))


def test_another_archive_is_not_a_workbook(tmp_path):
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("photo.jpg", "x")

    assert "not a workbook" in refusal(path)


def test_a_word_document_is_not_a_workbook(tmp_path):
    path = tmp_path / "letter.docx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("word/document.xml", "<w/>")

    assert "not a workbook" in refusal(path)


def test_a_cut_off_workbook_is_refused(tmp_path):
    whole = files.workbook(tmp_path / "whole.xlsx", [["a"], ["1"]]).read_bytes()
    for share in (0.3, 0.6, 0.95):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(whole[: int(len(whole) * share)])

        assert "incomplete" in refusal(path)


def test_a_flipped_byte_is_refused_or_harmless(tmp_path):
    whole = files.workbook(tmp_path / "whole.xlsx", [["a"], ["1"]]).read_bytes()
    for at in range(0, len(whole), 97):
        broken = bytearray(whole)
        broken[at] ^= 0xFF
        path = tmp_path / "flipped.xlsx"
        path.write_bytes(bytes(broken))
        with contextlib.suppress(InvalidInput):  # any other error fails the test
            archive.inspect(path, path.name)


def test_far_cells_and_formulas_without_result_are_named(tmp_path):
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f>1+1</f></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )

    path = files.raw_workbook(tmp_path / "odd.xlsx", rows)
    found = archive.inspect(path, path.name)

    assert list(found.far_cells) == ["XFD1048576"]
    assert list(found.formulas_without_result) == ["B2"]


def test_column_letters_are_numbers():
    assert archive.column_number("A") == 1
    assert archive.column_number("AA") == 27
    assert archive.column_number("XFD") == 16384


def test_an_empty_file_is_said_to_be_empty(tmp_path):
    path = tmp_path / "empty.xlsx"
    path.write_bytes(b"")

    assert "is empty" in refusal(path)


def test_every_formula_without_result_is_named_however_many(tmp_path):
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><f>B{n}</f><v></v></c></row>' for n in range(1, 3001)
    )

    path = files.raw_workbook(tmp_path / "formulas.xlsx", rows)
    found = archive.inspect(path, path.name)

    assert len(found.formulas_without_result) == 3000
