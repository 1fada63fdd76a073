"""The shapes of a registry's serials: what its makers' numbers look like.

A shape says where letters and digits stand. Beside it are kept the first two
letters of a prefix and the first two digits of a number, for makers use few
prefixes and number in series: inside a dense series the next number is no proof.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.matching.emissions import Vocabulary, Weights

LONGEST_SHAPE = 24
LETTERS, DIGITS = 26.0, 10.0
SHORTEST_NUMBER = 4
LONG, START = 10, 6
FEWEST_ARMS = 10
FIXED_SHARE = 0.3

_PREFIX = re.compile(r"[A-Z]+(?=\d)")
_NUMBER = re.compile(r"\d+")

Cells = Mapping[tuple[str, str], int]


@lru_cache(maxsize=65_536)
def shape_of(serial: str) -> str:
    """Give the shape of a serial: ``A`` for a letter, ``9`` for a digit.

    Args:
        serial: A search key; ``?`` and ``*`` stay.
    """
    return "".join(
        "9" if c.isdigit() else c if c in "?*" else "A" for c in serial[:LONGEST_SHAPE]
    )


def prefix_cell(serial: str) -> str:
    """Give the first two letters of a prefix and its length, as in ``FD4``."""
    found = _PREFIX.match(serial)
    return f"{found.group()[:2]:<2}{found.end()}" if found else ""


def number_cell(serial: str) -> str:
    """Give the first two digits of the number and the shape, as in ``72 99999``."""
    found = _NUMBER.search(serial)
    if found is None or len(found.group()) < SHORTEST_NUMBER:
        return ""
    return f"{found.group()[:2]} {shape_of(serial)}"


def start_cell(serial: str) -> str:
    """Give the first signs of a long serial and their shape, as in ``T63681 A99999``.

    Long serials begin with their maker and year, which thousands of arms share.
    """
    start = serial[:START]
    is_long = len(serial) >= LONG or (len(serial) > START and serial[-1] == "*")
    return f"{start} {shape_of(start)}" if is_long and start.isalnum() else ""


@dataclass(frozen=True)
class Table:
    """How often each make has each cell, as parallel arrays."""

    cells: list[str]
    make: NDArray[np.int64]
    cell: NDArray[np.int64]
    count: Weights
    # (makes,) how many arms of each make have any cell.
    of_make: Weights

    @cached_property
    def shares(self) -> Weights:
        """(cells,) share of each cell among all arms."""
        totals = np.bincount(self.cell, self.count, minlength=len(self.cells))
        return totals / max(float(totals.sum()), 1.0)


def table_of(counts: Cells, makes: Vocabulary) -> Table:
    """Lay out counts of (make, cell) pairs."""
    known = [
        (makes.index[make], cell, n)
        for (make, cell), n in counts.items()
        if n > 0 and make in makes.index
    ]
    cells = list(dict.fromkeys(cell for _, cell, _ in known))
    index = {cell: place for place, cell in enumerate(cells)}
    make = np.array([row[0] for row in known], np.int64)
    count = np.array([row[2] for row in known], float)
    return Table(
        cells=cells,
        make=make,
        cell=np.array([index[row[1]] for row in known], np.int64),
        count=count,
        of_make=np.bincount(make, count, minlength=len(makes.values)),
    )


class Shares:
    """The share of a cell among the arms of each make in its own class.

    A class holds the cells that exclude one another: prefixes of one length,
    beginnings of numbers of one shape.

    Args:
        counts: How many arms of each (make, cell) there are.
        width: Signs at the beginning of a cell; the rest of it is its class.
    """

    def __init__(self, counts: Cells, makes: Vocabulary, width: int = 2) -> None:
        self._width = width
        totals: Counter[tuple[int, str]] = Counter()
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for (make, cell), n in counts.items():
            if n > 0 and make in makes.index:
                totals[makes.index[make], cell[width:]] += n
                found[cell].append((makes.index[make], n))
        self._shares = {
            cell: (
                np.array([make for make, _ in rows]),
                np.array([n / totals[make, cell[width:]] for make, n in rows]),
            )
            for cell, rows in found.items()
        }
        known: dict[str, list[int]] = defaultdict(list)
        for (place, kind), total in totals.items():
            if total >= FEWEST_ARMS:
                known[kind].append(place)
        self._known = {kind: np.array(places) for kind, places in known.items()}
        self._makes = len(makes.values)

    def of_each_make(self, cell: str, *, even: float) -> Weights:
        """Give a cell's share for each make; the even share where little is known.

        Args:
            cell: A cell as ``prefix_cell``, ``number_cell`` or ``start_cell`` gives it.
            even: The share if all cells of the class were equally common.
        """
        shares = np.full(self._makes, even)
        known, borne = self._known.get(cell[self._width :]), self._shares.get(cell)
        if known is not None:
            shares[known] = 0.0
        if borne is not None:
            makes, share = borne
            shares[makes] = np.maximum(shares[makes], share)
        return shares
