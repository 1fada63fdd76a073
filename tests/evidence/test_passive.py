"""A document that does something by itself is refused."""

import io
import zipfile
import zlib

import pytest

from armstrace.evidence import rules
from armstrace.evidence.passive import require_passive
from armstrace.vocabulary.errors import InvalidInput


def pdf(catalog, head=b"", stream=b""):
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + catalog + b" >>\nendobj\n"
        b"2 0 obj\n<< " + head + b" >>\nstream\n" + stream + b"\nendstream\nendobj\n"
        b"%%EOF\n"
    )


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        pdf(b"/AA << /O << /S/Launch /F (cmd.exe) >> >>"),
        pdf(b"/OpenAction << /S /J#61vaScript >>"),
        pdf(b"/Names << /EmbeddedFiles 3 0 R >>"),
        pdf(b"/AcroForm << /XFA 3 0 R >>"),
        pdf(
            b"",
            b"/Type /ObjStm /Filter /FlateDecode",
            zlib.compress(b"3 0 << /S /JavaScript /JS 4 0 R >>"),
        ),
    ],
)
def test_a_pdf_that_runs_something_or_holds_a_file_is_refused(content):
    with pytest.raises(InvalidInput, match="print it to a new PDF"):
        require_passive(content)


@pytest.mark.parametrize(
    "content",
    [
        # The first page in full, as many programs write it.
        pdf(b"/OpenAction [3 0 R /Fit]"),
        # Bytes of a picture are no names.
        pdf(b"", b"/Subtype /Image", b"\x00/JS /Launch "),
        pdf(b"/JSON (no script)", b"/Type /ObjStm", zlib.compress(b"3 0 << >>")[:9]),
        b"\xff\xd8\xff/JS ",
    ],
)
def test_a_document_that_only_shows_something_is_taken(content):
    require_passive(content)


def archive():
    """Give an archive whose note at its end is the end of a PDF."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("Main.class", "program")
        made.comment = b"%%EOF"
    return packed.getvalue()


@pytest.mark.parametrize(
    "behind",
    [b"MZ\x90\x00" * 9, b"\x7fELF", b"#!/bin/sh\nrm -rf /\n", archive()],
    ids=["windows", "elf", "script", "archive"],
)
def test_a_program_that_begins_as_a_pdf_is_no_document(behind):
    with pytest.raises(InvalidInput, match="lies behind it"):
        rules.document_type(pdf(b"") + behind)


@pytest.mark.parametrize("behind", [b"", b"\r\n", b"\n\x00\x00"])
def test_a_pdf_may_end_in_blanks(behind):
    assert rules.document_type(pdf(b"").strip() + behind) == "application/pdf"


@pytest.mark.parametrize("content", [pdf(b"")[:-9], b"%PDF-1.7\n%%EOF\n"])
def test_a_pdf_that_is_cut_off_or_holds_nothing_is_refused(content):
    with pytest.raises(InvalidInput, match="empty or cut off"):
        rules.document_type(content)
