"""A QR code of a record's number, as a picture that every scanner reads.

Version 1 with error correction Q: 21 by 21 modules, up to 16 characters of digits,
capitals and a few signs, readable with a quarter of it soiled.

Source: ISO/IEC 18004:2015, clauses 7 and 8.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise, product

SIZE, QUIET = 21, 4
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
MOST = 16
DATA, CORRECTION = 13, 13
LEVEL_Q = 0b11
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)
FINDER_LIKE = ((1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0), (0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1))

type Grid = list[list[int]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A code as one path of dark modules, and the side of the picture.

    Args:
        path: The ``d`` of an SVG path, one unit a module.
        side: With the quiet zone around it.
    """

    path: str
    side: int = SIZE + 2 * QUIET


def draw(text: str) -> Drawn:
    """Draw a code.

    Raises:
        ValueError: The text is longer than 16 characters or has other signs.
    """
    grid = modules(text)
    dark = []
    for r, row in enumerate(grid):
        start = 0
        for value, run in groupby(row):
            wide = len(list(run))
            if value:
                dark.append(f"M{start + QUIET} {r + QUIET}h{wide}v1h-{wide}z")
            start += wide
    return Drawn("".join(dark))


@lru_cache(maxsize=512)
def modules(text: str) -> tuple[tuple[int, ...], ...]:
    """Give the modules of a code, dark ones as 1, without the quiet zone."""
    data = codewords(text)
    bits = [word >> place & 1 for word in data for place in range(7, -1, -1)]
    drawn = [_masked(bits, mask) for mask in range(len(MASKS))]
    return tuple(tuple(row) for row in min(drawn, key=_penalty))


def codewords(text: str) -> list[int]:
    """Give the 13 words of data and the 13 of error correction (clauses 7.4, 7.5)."""
    if not 0 < len(text) <= MOST or set(text) - set(SIGNS):
        msg = f"no code of this version says {text!r}"
        raise ValueError(msg)
    bits = f"{0b0010:04b}{len(text):09b}"
    for start in range(0, len(text), 2):
        pair = [SIGNS.index(sign) for sign in text[start : start + 2]]
        bits += f"{pair[0] * 45 + pair[1]:011b}" if len(pair) == 2 else f"{pair[0]:06b}"
    bits = (bits + "0000")[: DATA * 8]
    bits += "0" * (-len(bits) % 8)
    words = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]
    words += [0xEC, 0x11] * DATA
    return words[:DATA] + _correction(words[:DATA])


def _correction(data: list[int]) -> list[int]:
    """Divide by the generator over GF(256); the remainder corrects."""
    divisor = [1]
    for power in range(CORRECTION):
        root = _power(power)
        divisor = [
            high ^ _times(low, root)
            for high, low in zip([*divisor, 0], [0, *divisor], strict=True)
        ]
    left = data + [0] * CORRECTION
    for at in range(len(data)):
        factor = left[at]
        for place, each in enumerate(divisor):
            left[at + place] ^= _times(each, factor)
    return left[len(data) :]


def _times(a: int, b: int) -> int:
    product_of = 0
    while b:
        product_of ^= a if b & 1 else 0
        a = a << 1 ^ (0x11D if a & 0x80 else 0)
        b >>= 1
    return product_of


def _power(exponent: int) -> int:
    found = 1
    for _ in range(exponent):
        found = _times(found, 2)
    return found


def _masked(bits: list[int], mask: int) -> Grid:
    grid, fixed = _frame(mask)
    left = iter(bits)
    for r, c in _way(fixed):
        grid[r][c] = next(left) ^ MASKS[mask](r, c)
    return grid


def _frame(mask: int) -> tuple[Grid, set[tuple[int, int]]]:
    """Draw what is the same in every code, and the format that names the mask."""
    grid = [[0] * SIZE for _ in range(SIZE)]
    fixed: set[tuple[int, int]] = set()

    def put(r: int, c: int, dark: bool) -> None:  # noqa: FBT001 - a module
        grid[r][c] = int(dark)
        fixed.add((r, c))

    for top, start in ((0, 0), (0, SIZE - 7), (SIZE - 7, 0)):
        for r, c in product(range(-1, 8), range(-1, 8)):
            if 0 <= top + r < SIZE and 0 <= start + c < SIZE:
                ring = max(abs(r - 3), abs(c - 3))
                put(top + r, start + c, ring not in (2, 4))
    for at in range(8, SIZE - 8):
        put(6, at, at % 2 == 0)
        put(at, 6, at % 2 == 0)
    put(SIZE - 8, 8, dark=True)
    for at, (near, far) in enumerate(_format_places()):
        for r, c in (near, far):
            put(r, c, bool(_format(mask) >> at & 1))
    return grid, fixed


def _format(mask: int) -> int:
    """Give the 15 bits that say level and mask (clause 7.9)."""
    said = left = LEVEL_Q << 3 | mask
    for _ in range(10):
        left = left << 1 ^ (0x537 if left & 0x200 else 0)
    return (said << 10 | left) ^ 0x5412


def _format_places() -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Give the two places of each bit of the format, the lowest bit first."""
    down = [(r, 8) for r in (0, 1, 2, 3, 4, 5, 7, 8)]
    along = [(8, c) for c in (7, 5, 4, 3, 2, 1, 0)]
    right = [(8, SIZE - 1 - at) for at in range(8)]
    low = [(SIZE - 7 + at, 8) for at in range(7)]
    return list(zip(down + along, right + low, strict=True))


def _way(fixed: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Go through the free modules: two columns at a time, up and down in turn."""
    upward = True
    for right in (20, 18, 16, 14, 12, 10, 8, 5, 3, 1):
        rows = range(SIZE - 1, -1, -1) if upward else range(SIZE)
        for r, c in product(rows, (right, right - 1)):
            if (r, c) not in fixed:
                yield r, c
        upward = not upward


def _penalty(grid: Grid) -> int:
    """Weigh how hard a mask is to read (clause 7.8.3)."""
    lines = [*grid, *map(list, zip(*grid, strict=True))]
    dark = 100 * sum(map(sum, grid)) // SIZE**2
    return (
        sum(map(_runs, lines))
        + 3
        * sum(
            _is_block(above, below, c)
            for above, below in pairwise(grid)
            for c in range(SIZE - 1)
        )
        + 40
        * sum(
            tuple(line[at : at + 11]) in FINDER_LIKE
            for line in lines
            for at in range(SIZE - 10)
        )
        + 10 * (abs(dark - 50) // 5)
    )


def _is_block(above: list[int], below: list[int], c: int) -> bool:
    return above[c] == above[c + 1] == below[c] == below[c + 1]


def _runs(line: list[int]) -> int:
    total, run = 0, 1
    for before, here in pairwise([*line, -1]):
        if here == before:
            run += 1
            continue
        total += run - 2 if run >= 5 else 0
        run = 1
    return total
