"""A document that does something by itself is refused."""

import base64
import io
import zipfile
import zlib

import pytest

from armstrace.evidence import passive, rules
from armstrace.evidence.passive import require_passive
from armstrace.vocabulary.errors import InvalidInput


def pdf(catalog, head=b"", stream=b""):
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + catalog + b" >>\nendobj\n"
        b"2 0 obj\n<< " + head + b" >>\nstream\n" + stream + b"\nendstream\nendobj\n"
        b"%%EOF\n"
    )


def packed(how, stream):
    """Give a document with objects in a stream of a filter."""
    return pdf(b"", b"/Type /ObjStm /N 1 /First 4 /Filter " + how, stream)


def opened_in_a_stream(shown):
    """Give a document whose first look is an object of a stream."""
    stream = zlib.compress(b"5 0 " + shown)
    head = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"
    return pdf(b"/OpenAction 5 0 R", head, stream)


SCRIPT = b"3 0 << /S /JavaScript /JS 4 0 R >>"


def behind(shown):
    """Pack the script behind bytes that are kept as they are."""
    first, then = zlib.compressobj(0), zlib.compressobj(wbits=-15)
    kept = first.compress(shown) + first.flush(zlib.Z_FULL_FLUSH)
    end = zlib.adler32(shown + SCRIPT).to_bytes(4)
    return kept + then.compress(SCRIPT) + then.flush() + end


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        pdf(b"/AA << /O << /S/Launch /F (cmd.exe) >> >>"),
        pdf(b"/OpenAction << /S /J#61vaScript >>"),
        pdf(b"/Names << /EmbeddedFiles 3 0 R >>"),
        pdf(b"/AcroForm << /XFA 3 0 R >>"),
        packed(b"/FlateDecode", zlib.compress(SCRIPT)),
        # What ends the stream stands in it, before the script.
        packed(b"/FlateDecode", behind(b"\nendstream ")),
        packed(b"/ASCII85Decode", base64.a85encode(SCRIPT)),
        packed(b"[/ASCIIHexDecode]", SCRIPT.hex().encode()),
        packed(b"[/FlateDecode /FlateDecode]", zlib.compress(zlib.compress(SCRIPT))),
        packed(b"/FlateDecode /DecodeParms << /Predictor 12 >>", b"x"),
        packed(b"/FlateDecode", b"broken"),
        packed(b"/FlateDecode", zlib.compress(bytes(passive.MOST_UNPACKED) + SCRIPT)),
        pdf(b"/Encrypt 9 0 R"),
        pdf(b"/OpenAction << /S /URI /URI (https://example.org) >>"),
        pdf(b"/OpenAction << /S /GoToR /F (\\\\\\\\host\\\\x.pdf) /D [0 /Fit] >>"),
        pdf(b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next 5 0 R >>"),
        pdf(b"/OpenAction 5 0 R >> endobj 5 0 obj << /S /URI /URI (https://a.b) >>"),
        pdf(b"/OpenAction 5 0 R"),
        pdf(b"/AA << /O << /S /URI /URI (https://example.org) >> >>"),
        pdf(b"/A << /S /GoToE /T << /R /C >> >>"),
        pdf(b"/A << /S /Rendition /OP 0 >>"),
        pdf(b"/Annots [<< /Subtype /Movie /Movie 5 0 R >>]"),
        pdf(b"/Annots [<< /Subtype /FileAttachment /FS 5 0 R >>]"),
        pdf(b"/Annots [<< /FS << /Type /Filespec /EF << /F 5 0 R >> >> >>]"),
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
        pdf(b"/OpenAction << /Type /Action /S /GoTo /D [3 0 R /XYZ 0 792 0] >>"),
        pdf(b"/OpenAction 5 0 R /AA << >> >> endobj 5 0 obj [ 3 0 R /Fit ]"),
        opened_in_a_stream(b"<< /S /GoTo /D (first) >>"),
        # A link in the text is for a reader to click on.
        pdf(b"/Annots [<< /Subtype /Link /A << /S /URI /URI (https://a.b) >> >>]"),
        packed(b"/FlateDecode", zlib.compress(b"3 0 << /S /URI /URI (https://a.b) >>")),
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
