"""Read the parts of a picture file, and leave out those that say where it was taken.

The original is evidence and stays as it came; what pages show is the copy without
position, device and preview. No pixel is decoded, but that a PNG has them is seen.
"""

import struct
import zlib
from collections.abc import Iterator
from math import prod

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

type Part = tuple[bytes, bytes]
"""What a part is, and its bytes as they stand in the file."""

PNG = b"\x89PNG\r\n\x1a\n"
PNG_SHOWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs "
    b"acTL fcTL fdAT".split()
)
PNG_INDEXED = 3
# Of each kind of colour: the depths that it has, and samples of a pixel.
PNG_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
PNG_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PNG_HEAD = 25  # bytes of the first part, with its name and its check
MOST_READ = 64 * 1024 * 1024  # of the pixels, to see that they are there
WEBP_SHOWN = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
WEBP_NOTES = 0b1100  # flags of VP8X that announce EXIF and XMP
JPEG_COLOUR = (b"\xff\xe0", b"\xff\xee")  # JFIF, and Adobe's note on colours
JPEG_PROFILE = b"ICC_PROFILE\x00"
JPEG_ALONE = frozenset(range(0xD0, 0xD9)) | {0x01}
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
START_OF_SCAN, END = b"\xff\xda", b"\xff\xd9"
ORIENTATION = 0x0112
EXIF = b"Exif\x00\x00"

NO_PICTURE = message(
    "The file looks like a picture and is not one; take the photograph again, or save "
    "it again as JPEG or PNG."
)


def without_notes(content: bytes, media_type: str) -> bytes:
    """Give a picture without the notes in it; how it is turned stays.

    Args:
        content: A JPEG, PNG or WebP file.

    Source:
        ITU-T T.81, annex B; PNG (ISO/IEC 15948), 5; RFC 9649, 2.
    """
    try:
        return _WAYS[media_type](content)
    except (struct.error, IndexError, ValueError) as error:
        raise InvalidInput(NO_PICTURE, field="photograph") from error


def pixels(content: bytes, media_type: str) -> int:
    """Count the pixels that a whole picture says it has; 0 where it does not say.

    Source:
        ITU-T T.81, B.2.2; PNG (ISO/IEC 15948), 11.2.2; RFC 9649, 2.
    """
    if media_type == "image/png":
        return int.from_bytes(content[16:20]) * int.from_bytes(content[20:24])
    if media_type == "image/webp":
        return max(_webp_pixels(name, part) for name, part in _webp_parts(content))
    frames = (part for name, part in _jpeg_parts(content) if name[1] in JPEG_FRAMES)
    part = next(frames, b"")
    return int.from_bytes(part[5:7]) * int.from_bytes(part[7:9])


def require_shown(content: bytes, media_type: str) -> None:
    """Refuse a PNG that no reader shows: without pixels, colours or a palette.

    Source:
        PNG (ISO/IEC 15948), 11.2.2 to 11.2.4.
    """
    if media_type == "image/png" and not _is_shown(list(_png_parts(content))):
        raise InvalidInput(NO_PICTURE, field="photograph")


def _is_shown(parts: list[Part]) -> bool:
    if len(parts[0][1]) != PNG_HEAD:
        return False
    wide, high, depth, colour = struct.unpack_from(">IIBB", parts[0][1], 8)
    names = {name for name, _ in parts}
    has_palette = colour != PNG_INDEXED or b"PLTE" in names
    if not (wide and high and has_palette) or depth not in PNG_DEPTHS.get(colour, ()):
        return False
    least: int = min(-(-wide * high * depth * PNG_SAMPLES[colour] // 8), MOST_READ)
    packed = b"".join(part[8:-4] for name, part in parts if name == b"IDAT")
    try:
        return len(zlib.decompressobj().decompress(packed, least)) == least
    except zlib.error:
        return False


def _webp_pixels(name: bytes, part: bytes) -> int:
    if name == b"VP8X":
        wide, high = part[12:15], part[15:18]
        size = [int.from_bytes(each, "little") + 1 for each in (wide, high)]
    elif name == b"VP8L":
        bits = int.from_bytes(part[9:13], "little")
        size = [(each & 0x3FFF) + 1 for each in (bits, bits >> 14)]
    else:
        sides = (part[14:16], part[16:18]) if name == b"VP8 " else ()
        size = [int.from_bytes(each, "little") & 0x3FFF for each in sides] or [0]
    return prod(size)


def _png(content: bytes) -> bytes:
    parts = list(_png_parts(content))
    if parts[0][0] != b"IHDR" or parts[-1][0] != b"IEND":
        raise ValueError
    return PNG + b"".join(part for name, part in parts if name in PNG_SHOWN)


def _png_parts(content: bytes) -> Iterator[Part]:
    at, name = len(PNG), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        (told,) = struct.unpack_from(">I", content, end - 4)
        if zlib.crc32(content[at + 4 : end - 4]) != told:
            raise ValueError
        yield name, content[at:end]
        at = end


def _webp(content: bytes) -> bytes:
    parts = [
        (name, _without_flags(part) if name == b"VP8X" else part)
        for name, part in _webp_parts(content)
        if name in WEBP_SHOWN
    ]
    if not any(name in {b"VP8 ", b"VP8L", b"ANMF"} for name, _ in parts):
        raise ValueError
    body = b"WEBP" + b"".join(part for _, part in parts)
    return struct.pack("<4sI", b"RIFF", len(body)) + body


def _webp_parts(content: bytes) -> Iterator[Part]:
    (told,) = struct.unpack_from("<I", content, 4)
    at, end = 12, told + 8
    if end > len(content):
        raise ValueError
    while at < end:
        name, length = struct.unpack_from("<4sI", content, at)
        after = at + 8 + length + length % 2
        if after > end:
            raise ValueError
        yield name, content[at:after]
        at = after


def _without_flags(part: bytes) -> bytes:
    return part[:8] + bytes([part[8] & ~WEBP_NOTES]) + part[9:]


def _jpeg(content: bytes) -> bytes:
    kept, turned = [], 1
    for name, part in _jpeg_parts(content):
        if part[4:10] == EXIF:
            turned = _orientation(part[10:])
        is_note = name == b"\xff\xfe" or b"\xff\xe0" <= name <= b"\xff\xef"
        is_colour = name in JPEG_COLOUR or part[4:16] == JPEG_PROFILE
        if not is_note or is_colour:
            kept.append(part)
    return b"\xff\xd8" + _note_of_turn(turned) + b"".join(kept)


def _jpeg_parts(content: bytes) -> Iterator[Part]:
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError
        while content[at + 1] == 0xFF:
            at += 1
        name = content[at : at + 2]
        if content[at + 1] in JPEG_ALONE:
            at += 2
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        if name == START_OF_SCAN:
            break
        yield name, content[at : at + 2 + length]
        at += 2 + length
    # The pixels follow, to the last end: a preview or a film may hang on after it.
    end = content.index(END, at) + len(END)
    yield name, content[at:end]


def _orientation(tiff: bytes) -> int:
    """Read how the picture is to be turned, 1 to 8; 1 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for at in range(first + 2, first + 2 + 12 * count, 12):
        tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, at)
        if tag == ORIENTATION:
            return value if 1 <= value <= 8 else 1
    return 1


def _note_of_turn(orientation: int) -> bytes:
    """Write a note that says how the picture is to be turned, and nothing else."""
    if orientation == 1:
        return b""
    directory = struct.pack(">HHHIHHI", 1, ORIENTATION, 3, 1, orientation, 0, 0)
    body = EXIF + b"MM\x00\x2a" + struct.pack(">I", 8) + directory
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


_WAYS = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}
