"""Whether a document only shows something, or also does something by itself."""

import re
import zlib
from collections.abc import Iterator

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

# Scripts, forms that run them, commands, what is sent or fetched, and files inside.
_ACTS = re.compile(
    rb"/(?:JavaScript|JS|XFA|Launch|SubmitForm|ImportData|RichMedia|EmbeddedFiles?)"
    rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n(.*?)endstream", re.DOTALL)
# Bytes that are unpacked of one file; what lies behind is served as safely.
MOST_UNPACKED = 32 * 1024 * 1024


def require_passive(content: bytes) -> None:
    """Refuse a PDF that holds a script, a command or another file.

    It looks at what is neither encrypted nor hidden on purpose, and is no reason to
    show a document inside a page.

    Source:
        ISO 32000-2, 7.3.5, 7.5.7, 7.11.4 and 12.6; OWASP ASVS 5.0, 5.2.2.
    """
    if not content.startswith(b"%PDF-"):
        return
    if any(_ACTS.search(_plain(part)) for part in _parts(content)):
        msg = message(
            "The PDF holds a script, a command or another file and is not taken; print "
            "it to a new PDF and add that."
        )
        raise InvalidInput(msg, field="file")


def _plain(part: bytes) -> bytes:
    """Write names as they are meant: a letter may be written by its number."""
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), part)


def _parts(content: bytes) -> Iterator[bytes]:
    """Give what holds names: all outside streams, and streams of objects unpacked."""
    at, left = 0, MOST_UNPACKED
    for found in _STREAM.finditer(content):
        outside = content[at : found.start()]
        yield outside
        at = found.end()
        if b"ObjStm" in _plain(outside[outside.rfind(b"obj") :]) and left > 0:
            unpacked = _unpack(found[1], left)
            left -= len(unpacked)
            yield unpacked
    yield content[at:]


def _unpack(body: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(body, most)
    except zlib.error:
        return body
