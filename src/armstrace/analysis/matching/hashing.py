"""A stable 64-bit hash of short character sequences.

The hash of the characters c1 … cn is the polynomial c1·P^(n-1) + … + cn modulo
2^64, finished by the splitmix64 mixer. Being a polynomial, it can be computed for
a whole table of equally long strings, column by column, and the hash of a string
with one character left out follows from its prefixes and suffixes. It never
changes: stored keys depend on it, and the tests hold fixed vectors.

Source:
    G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators",
    OOPSLA 2014 (finisher, variant 13 of D. Stafford).
"""

import numpy as np
from numpy.typing import NDArray

MULTIPLIER = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1

Codes = NDArray[np.uint64]
Keys = NDArray[np.int64]


def hash_text(text: str) -> int:
    """Hash one string.

    Args:
        text: Any string; no character may be U+0000.

    Returns:
        A signed 64-bit integer.
    """
    return finish(polynomial(text))


def polynomial(text: str) -> int:
    """Evaluate the polynomial of a string, unmixed, modulo 2^64."""
    value = 0
    for character in text:
        value = (value * MULTIPLIER + ord(character)) & MASK
    return value


def finish(value: int) -> int:
    """Mix an unsigned 64-bit value and give it as a signed one."""
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    value ^= value >> 31
    return value - (1 << 64) if value >> 63 else value


def hash_codes(codes: Codes) -> Keys:
    """Hash every row of a table of code points.

    Args:
        codes: (strings, characters) code points, all strings equally long.

    Returns:
        (strings,) signed keys, equal to ``hash_text`` of each row.
    """
    value = np.zeros(codes.shape[0], np.uint64)
    for column in range(codes.shape[1]):
        value = value * np.uint64(MULTIPLIER) + codes[:, column]
    return finish_many(value)


def finish_many(value: Codes) -> Keys:
    """Mix many unsigned values, like ``finish``."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (value ^ (value >> np.uint64(31))).view(np.int64)


def codes_of(texts: list[str]) -> Codes:
    """Lay out equally long strings as a table of code points."""
    width = len(texts[0])
    table = np.array(texts, dtype=f"<U{width}").view("<u4")
    return table.reshape(len(texts), width).astype(np.uint64)
