"""Whether a document only shows something, or also does something by itself."""

import re
import zlib
from collections.abc import Iterator

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

_ENDS = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"
# Scripts, forms that run them, commands, what is sent, fetched or played, files inside,
# actions without a click, and what nobody can read here.
_ACTS = re.compile(
    rb"/(?:JavaScript|JS|XFA|Launch|SubmitForm|ImportData|RichMedia|EmbeddedFiles?"
    rb"|GoToE|Rendition|Movie|FileAttachment|Encrypt)" + _ENDS
    + rb"|/EF\s*(?:<<|\d+\s+\d+\s+R)|/AA" + _ENDS + rb"(?!\s*<<\s*>>)"
)  # fmt: skip
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n?|\n)(.*?)endstream", re.DOTALL)
_OPENS = re.compile(rb"/OpenAction" + _ENDS + rb"\s*(?:(\d+)\s+\d+\s+R)?")
# A place in the document itself, bare or as an action that goes there.
_PLACE = re.compile(
    rb"\s*(?:[\[(/n]|<[^<]|<<((?:[^<>()%]|\([^()\\]*\)|<[0-9A-Fa-f\s]*>)*)>>)"
)
_KIND = re.compile(rb"/(S\s*/\w+|Next|URI)")
_FILTER = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])" + _ENDS)
_WHERE = re.compile(rb"/(N|First)\s+(\d+)")
# Bytes that are unpacked of one file.
MOST_UNPACKED = 32 * 1024 * 1024
AT_ONCE = 64 * 1024


class _HiddenError(Exception):
    """Objects are packed so that nobody can look at them here."""


def require_passive(content: bytes) -> None:
    """Refuse a PDF that is locked, acts by itself, or holds a script or another file.

    A link that a reader clicks on is no act. What poses as another part of the file on
    purpose is not seen; this is no reason to show a document inside a page.

    Source:
        ISO 32000-2, 7.3.5, 7.5.7, 7.6, 7.11.4 and 12.6; OWASP ASVS 5.0, 5.2.2.
    """
    if content.startswith(b"%PDF-") and _acts(content):
        msg = message(
            "The PDF is locked, or holds a script, a command or another file, and is "
            "not taken; print it to a new PDF and add that."
        )
        raise InvalidInput(msg, field="file")


def _acts(content: bytes) -> bool:
    try:
        told = b"\n".join(map(_plain, _parts(content)))
    except _HiddenError:
        return True
    opened = (_opened(told, found) for found in _OPENS.finditer(told))
    return bool(_ACTS.search(told)) or not all(map(all, opened))


def _opened(told: bytes, found: re.Match[bytes]) -> list[bool]:
    """Tell of each state of what is shown first whether it is a place in the file."""
    if found[1] is None:
        return [_is_place(told, found.end())]
    states = re.finditer(rb"(?<!\d)%b\s+\d+\s+obj\b" % found[1], told)
    return [_is_place(told, each.end()) for each in states] or [False]


def _is_place(told: bytes, at: int) -> bool:
    found = _PLACE.match(told, at)
    if found is None or found[1] is None:
        return found is not None
    kinds = {b"".join(each.split()) for each in _KIND.findall(found[1])}
    return bool(kinds) and kinds <= {b"S/GoTo", b"S/Named"}


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
        head = _plain(outside[outside.rfind(b"obj") :])
        if b"ObjStm" in head:
            unpacked = _unpack(head, content, found, left)
            left -= len(unpacked)
            yield _objects(head, unpacked)
    yield content[at:]


def _unpack(head: bytes, content: bytes, found: re.Match[bytes], most: int) -> bytes:
    """Unpack to the end that the packing itself has; the file may name a nearer one."""
    if b"/Filter" not in head:
        return found[1]
    is_plain = head.count(b"/Filter") == 1 and b"/DecodeParms" not in head
    if not is_plain or not _FILTER.search(head):
        raise _HiddenError
    packed, unpacked = zlib.decompressobj(), bytearray()
    try:
        for at in range(found.start(1), len(content), AT_ONCE):
            some = content[at : at + AT_ONCE]
            unpacked += packed.decompress(some, most + 1 - len(unpacked))
            if packed.eof or len(unpacked) > most:
                break
    except zlib.error as error:
        raise _HiddenError from error
    if len(unpacked) > most:
        raise _HiddenError
    return bytes(unpacked)


def _objects(head: bytes, unpacked: bytes) -> bytes:
    """Write objects of a stream as they are written outside one."""
    where = {name: int(told) for name, told in _WHERE.findall(head)}
    first = where.get(b"First", 0)
    found = re.findall(rb"\d+", unpacked[:first])
    pairs = [int(each) for each in found[: 2 * where.get(b"N", 0)]]
    begins = [*(first + each for each in pairs[1::2]), len(unpacked)]
    written = [
        b"%d 0 obj %b endobj" % (number, unpacked[begin:end])
        for number, begin, end in zip(pairs[::2], begins, begins[1:], strict=False)
    ]
    return b"\n".join([unpacked, *written])
