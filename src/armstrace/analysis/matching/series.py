"""The series that recovered arms come from: numbers that follow each other.

A fleet of a police force, a crate that was stolen, a maker's year: arms of one
series are recovered again and again, so that a number one digit off another is
more likely a sibling than a misreading where the series is dense.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from armstrace.analysis.marks.folding import fold
from armstrace.analysis.matching.cards import Card
from armstrace.analysis.matching.shapes import LONG

WINDOW = 100
SHORTEST_BEGINNING = 3

_NUMBER = re.compile(r"[\d?]*\d[\d?]*")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A serial as a place in a series."""

    # What stands before the last number, folded.
    before: str
    # What stands after it, folded.
    after: str
    # The last number; unread digits count as 0.
    number: int
    size: int
    # Its digits as they are on record, ``?`` for each unread one.
    pattern: str


@dataclass(frozen=True, slots=True)
class NumbersRead:
    """What the number of a reading may be."""

    lowest: int
    highest: int
    fitting: int
    # Its digits, ``?`` for each that was not read.
    pattern: str


def split_number(serial: str) -> Numbered | None:
    """Take a serial apart at its last number; None where it has none.

    Look-alikes count as one, so that an O read for a 0 stands in the same series.
    """
    folded = fold(serial)
    found = list(_NUMBER.finditer(folded))
    if not found:
        return None
    last = found[-1]
    before, after, pattern = (
        folded[: last.start()],
        folded[last.end() :],
        last.group(),
    )
    number = int(pattern.replace("?", "0"))
    return Numbered(before, after, number, len(pattern), pattern)


def numbers_read(own: Numbered, read: str) -> NumbersRead | None:
    """Take a reading for a number of the series that another serial stands in.

    Args:
        read: Search key as read, with ``?`` and ``*``.

    Returns:
        What the number may be; None where the reading is not of that series.
    """
    start, end = len(own.before), len(own.before) + own.size
    for folded in _spread(fold(read), end + len(own.after)):
        pattern = folded[start:end]
        if not pattern.replace("?", "0").isdigit():
            continue
        if _meet(own.before, folded[:start]) and _meet(own.after, folded[end:]):
            lowest, highest = pattern.replace("?", "0"), pattern.replace("?", "9")
            fitting = 10 ** pattern.count("?")
            return NumbersRead(int(lowest), int(highest), fitting, pattern)
    return None


def _spread(folded: str, size: int) -> Iterator[str]:
    """Write stretches of unknown length as so many unread characters as it takes."""
    parts = folded.split("*")
    missing = size - len(folded) + len(parts) - 1
    if len(parts) == 1 and not missing:
        yield folded
    for place in range(1, len(parts)) if missing >= 0 else ():
        yield "".join(parts[:place]) + "?" * missing + "".join(parts[place:])


def _meet(one: str, other: str) -> bool:
    """Tell whether two patterns of one length may be of one text."""
    return len(one) == len(other) and all(
        "?" in pair or pair[0] == pair[1] for pair in zip(one, other, strict=True)
    )


def fits(serial: str, pattern: str) -> bool:
    """Tell whether a serial may be what was read, ``?`` being any character."""
    return len(serial) == len(pattern) and all(
        p in ("?", s) for s, p in zip(serial, pattern, strict=True)
    )


class Series:
    """How dense the series of some records are."""

    def __init__(self, cards: Iterable[Card]) -> None:
        numbers: dict[tuple[str, str, str, int], set[int]] = defaultdict(set)
        self._beginnings: Counter[tuple[str, str]] = Counter()
        for card in cards:
            if len(card.serial) >= LONG:
                sizes = range(SHORTEST_BEGINNING, len(card.serial) - 1)
                self._beginnings.update((card.make, card.serial[:n]) for n in sizes)
            place = split_number(card.serial)
            if place is not None:
                numbers[_key(card.make, place)].add(place.number)
        self._numbers = {
            key: sorted(found) for key, found in numbers.items() if len(found) > 1
        }

    def beginning_so(self, make: str, serial: str) -> int:
        """Count the long serials of a make on record that go on from a serial."""
        return self._beginnings[make, serial]

    def density(self, make: str, own: Numbered, read: NumbersRead) -> float:
        """Give the share of the numbers about a reading that are on record.

        Args:
            own: That arm; it is not counted.

        Returns:
            Arms for each number, 0 to 1.
        """
        found = self._numbers.get(_key(make, own))
        if found is None:
            return 0.0
        low, high = read.lowest - WINDOW, read.highest + WINDOW
        count = bisect_right(found, high) - bisect_left(found, low)
        if low <= own.number <= high:
            count -= 1
        return max(count, 0) / (high - low + 1)


def _key(make: str, place: Numbered) -> tuple[str, str, str, int]:
    return make, place.before, place.after, place.size
