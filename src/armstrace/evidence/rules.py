"""What a file may be: told from its bytes, never from its name."""

import io
import re
import zipfile

from armstrace.evidence import pictures
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

MAGIC = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
LARGEST_BYTES = 16 * 1024 * 1024
MOST_PIXELS = 250_000_000


def image_type(content: bytes) -> str:
    """Give the media type of a photograph.

    Source:
        OWASP ASVS 5.0, 5.2.1 and 5.2.2 (upload size and content).
    """
    if len(content) > LARGEST_BYTES:
        msg = message(
            "The photograph is larger than 16 MB; save it smaller and add it again."
        )
        raise InvalidInput(msg, field="photograph")
    media_type = _begins_as(content)
    if not media_type:
        msg = message(
            "The file is not a JPEG, PNG or WebP picture; save it as one of these."
        )
        raise InvalidInput(msg, field="photograph")
    pictures.without_notes(content, media_type)
    count = pictures.pixels(content, media_type)
    if count > MOST_PIXELS:
        msg = message(
            "The picture has %(count)s million pixels, and at most %(most)s million "
            "are shown; save it smaller and add it again.",
            count=count // 1_000_000,
            most=MOST_PIXELS // 1_000_000,
        )
        raise InvalidInput(msg, field="photograph")
    pictures.require_shown(content, media_type)
    return media_type


def _begins_as(content: bytes) -> str:
    for magic, media_type in MAGIC.items():
        if content.startswith(magic):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return ""


SCAN_TYPE = "model/x3p+zip"
LARGEST_SCAN_BYTES = 200 * 1024 * 1024


def scan_type(content: bytes) -> str:
    """Give the media type of a scan.

    Source:
        ISO 25178-72; OWASP ASVS 5.0, 5.2.1 and 5.2.2.
    """
    if len(content) > LARGEST_SCAN_BYTES:
        msg = message(
            "The scan is larger than 200 MB; crop it to the mark and add it again."
        )
        raise InvalidInput(msg, field="scan")
    if not content.startswith(b"PK\x03\x04"):
        msg = message(
            "The file is not an X3P scan; export the scan as X3P and add it again."
        )
        raise InvalidInput(msg, field="scan")
    return SCAN_TYPE


DOCUMENT_TYPE = "application/pdf"
_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")


def document_type(content: bytes) -> str:
    """Give the media type of a document: a PDF file, or a picture of a page.

    Source:
        OWASP ASVS 5.0, 5.2.1 and 5.2.2 (upload size and content).
    """
    if not content.startswith(b"%PDF-"):
        if not _begins_as(content):
            msg = message(
                "The file is neither a PDF nor a JPEG, PNG or WebP picture; save it "
                "as one of these."
            )
            raise InvalidInput(msg, field="file")
        return image_type(content)
    if not _is_whole_pdf(content):
        msg = message(
            "The PDF is empty or cut off, or a program or another file lies behind "
            "it; print it to a new PDF and add that."
        )
        raise InvalidInput(msg, field="file")
    if len(content) > LARGEST_BYTES:
        msg = message("The document is larger than 16 MB; split it and add the parts.")
        raise InvalidInput(msg, field="file")
    return DOCUMENT_TYPE


def _is_whole_pdf(content: bytes) -> bool:
    """Tell whether a PDF has objects and an end, and holds no archive."""
    is_whole = content.rstrip(b"\x00\t\n\f\r ").endswith(b"%%EOF")
    return (
        is_whole
        and bool(_OBJECT.search(content))
        and not zipfile.is_zipfile(io.BytesIO(content))
    )
