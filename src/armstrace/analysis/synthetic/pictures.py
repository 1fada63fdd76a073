"""Synthetic photographs of marks: letters struck into brushed metal, as PNG."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

# Five columns a letter, the lowest bit on top.
GLYPHS = {
    "0": "3E5149453E", "1": "00427F4000", "2": "4261514946", "3": "2141454B31",
    "4": "1814127F10", "5": "2745454539", "6": "3C4A494930", "7": "0171090503",
    "8": "3649494936", "9": "064949291E", "A": "7E1111117E", "B": "7F49494936",
    "C": "3E41414122", "D": "7F4141221C", "E": "7F49494941", "F": "7F09090901",
    "G": "3E4149497A", "H": "7F0808087F", "I": "00417F4100", "J": "2040413F01",
    "K": "7F08142241", "L": "7F40404040", "M": "7F020C027F", "N": "7F0408107F",
    "O": "3E4141413E", "P": "7F09090906", "Q": "3E4151215E", "R": "7F09192946",
    "S": "4649494931", "T": "01017F0101", "U": "3F4040403F", "V": "1F2040201F",
    "W": "3F4038403F", "X": "6314081463", "Y": "0708700807", "Z": "6151494543",
    "-": "0808080808", ".": "0060600000", "/": "2010080402", " ": "0000000000",
}  # fmt: skip
SCALE = 7
WIDTH, HEIGHT = 640, 360


def plate(lines: list[str], *, seed: int) -> bytes:
    """Draw marks as a photograph would show them.

    Args:
        lines: What is struck, line by line; ``?`` is a spot filed smooth.
        seed: Any number; the same seed gives the same picture.

    Returns:
        A PNG, ``WIDTH`` by ``HEIGHT`` pixels, grey.
    """
    rng = np.random.default_rng(seed)
    metal = rng.normal(0, 9, (HEIGHT, 1)) + rng.normal(0, 5, (HEIGHT, WIDTH))
    light = np.linspace(40, -40, WIDTH)[None, :]
    surface = 150 + light + metal
    for row, line in enumerate(lines[:4]):
        _strike(surface, line.upper()[:15], 40 + row * 78, rng)
    return _png(np.clip(surface, 0, 255).astype(np.uint8))


def _strike(
    surface: NDArray[np.float64], line: str, top: int, rng: np.random.Generator
) -> None:
    for place, letter in enumerate(line):
        left = 30 + place * SCALE * 6
        if letter == "?":
            spot = surface[top : top + SCALE * 8, left : left + SCALE * 5]
            spot += 30 + rng.normal(0, 16, (spot.shape[0], 1))
            continue
        columns = bytes.fromhex(GLYPHS.get(letter, "0000000000"))
        for across, column in enumerate(columns):
            for down in range(8):
                if column >> down & 1:
                    y, x = top + down * SCALE, left + across * SCALE
                    surface[y : y + SCALE, x : x + SCALE] -= 70
                    surface[y + SCALE : y + SCALE + 1, x : x + SCALE] += 50


def _png(pixels: NDArray[np.uint8]) -> bytes:
    height, width = pixels.shape
    raw = np.zeros((height, width + 1), dtype=np.uint8)
    raw[:, 1:] = pixels
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(raw.tobytes(), 1))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    checked = name + content
    return (
        struct.pack(">I", len(content))
        + checked
        + struct.pack(">I", zlib.crc32(checked))
    )
