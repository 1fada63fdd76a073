"""Pictures of one byte a pixel as PNG, with a scale bar; no imaging library."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.uint8]
Palette = NDArray[np.uint8]

MOST_TONES = 240
HOLE, HOLE_LINE, INK, PAPER = range(MOST_TONES, MOST_TONES + 4)
HATCH_PX = 6
LENGTHS_UM = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)

_SPECIAL = ((224, 216, 230), (186, 170, 196), (255, 255, 255), (0, 0, 0))
_UP = 2
_LEVEL = 6
_GLYPH_ROWS = 9  # the last two reach below the line
_GLYPHS = {
    "0": "01110100011000110001100011000101110",
    "1": "00100011000010000100001000010001110",
    "2": "01110100010000100010001000100011111",
    "5": "11111100001111000001000011000101110",
    "m": "00000000001101010101101011010110101",
    "µ": "000000000010001100011000110011111011000010000",
    " ": "0" * 35,
}


def encode(indices: Indices, tones: Palette) -> bytes:
    """Write a picture as PNG; the same picture gives the same bytes.

    Args:
        indices: (rows, columns) uint8; a tone, or one of the special values.
        tones: (tones, 3) uint8, red, green, blue; at most ``MOST_TONES``.

    Source:
        ISO/IEC 15948.
    """
    rows, columns = indices.shape
    palette = np.zeros((PAPER + 1, 3), np.uint8)
    palette[: len(tones)] = tones
    palette[MOST_TONES:] = _SPECIAL
    # Each row as its difference from the one above, which packs to half the size.
    lines = np.full((rows, columns + 1), _UP, np.uint8)
    lines[0, 1:] = indices[0]
    lines[1:, 1:] = indices[1:] - indices[:-1]
    head = struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", head),
            _chunk(b"PLTE", palette.tobytes()),
            _chunk(b"IDAT", zlib.compress(lines.tobytes(), _LEVEL)),
            _chunk(b"IEND", b""),
        )
    )


def hatch(indices: Indices, is_measured: NDArray[np.bool_]) -> Indices:
    """Hatch what has no data, so that it is not taken for a tone."""
    rows, columns = (np.arange(count) for count in indices.shape)
    is_line = (rows[:, None] + columns) % HATCH_PX == 0
    holes = np.where(is_line, HOLE_LINE, HOLE).astype(np.uint8)
    return np.where(is_measured, indices, holes)


def with_scale_bar(indices: Indices, pixel_m: float) -> Indices:
    """Draw a bar of round length with its length at the lower left."""
    rows, columns = indices.shape
    length_um = bar_length_um(columns * pixel_m)
    bar_px = max(1, round(length_um * 1e-6 / pixel_m))
    words = f"{length_um} µm" if length_um < 1000 else f"{length_um // 1000} mm"
    text = _written(words)
    box_height, box_width = text.shape[0] + 16, max(text.shape[1], bar_px) + 12
    if box_height + 4 > rows or box_width + 4 > columns:
        return indices
    drawn = indices.copy()
    top, left = rows - box_height - 4, 4
    box = drawn[top : top + box_height, left : left + box_width]
    box[:] = PAPER
    box[4 : 4 + text.shape[0], 6 : 6 + text.shape[1]][text] = INK
    box[-8:-4, 6 : 6 + bar_px] = INK
    return drawn


def bar_length_um(width_m: float) -> int:
    """Choose a round length of about a quarter of the width of a picture, um."""
    fitting = [length for length in LENGTHS_UM if length * 1e-6 <= width_m / 3.5]
    return max(fitting, default=LENGTHS_UM[0])


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def _written(words: str) -> NDArray[np.bool_]:
    """Give words as points, twice the size of the glyphs."""
    glyphs = [_glyph(_GLYPHS[letter]) for letter in words]
    line = np.concatenate(glyphs, axis=1)
    return line.repeat(2, axis=0).repeat(2, axis=1)


def _glyph(points: str) -> NDArray[np.bool_]:
    bits = np.array([point == "1" for point in points.ljust(_GLYPH_ROWS * 5, "0")])
    return np.pad(bits.reshape(_GLYPH_ROWS, 5), ((0, 0), (0, 1)))
