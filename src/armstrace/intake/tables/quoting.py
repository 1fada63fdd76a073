"""Join the lines of a record whose quoted cells hold line breaks.

Each line is read once, from outside and from inside a quoted cell, so that a file
whose every line opens a quote costs no more than another.
"""

import functools
import itertools
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

MAX_LINES_IN_A_ROW = 60
MAX_LINE_CHARACTERS = 2**20

_CLOSING = re.compile(r'[^"]*+(?:""[^"]*+)*+"')
_LINE_END = re.compile(r"[\r\n]*\Z")


class Place(Enum):
    """Where a line ends: beside a quoted cell, within it, or where none can close."""

    OUTSIDE = "OUTSIDE"
    INSIDE = "INSIDE"
    BROKEN = "BROKEN"


def is_open(record: str, delimiters: str) -> bool:
    """Tell whether a quoted cell opens in a record and does not close."""
    return _end(record, delimiters) is not Place.OUTSIDE


def join_records(lines: Iterator[str], delimiters: str) -> Iterator[str]:
    """Give the records of a file; a line whose quote never closes stands alone.

    Args:
        delimiters: Every character that may part two cells.
    """
    ahead = _Ahead(lines, delimiters)
    while (line := ahead.take()) is not None:
        if '"' in line and _end(line, delimiters) is Place.INSIDE:
            yield line + ahead.take_rest(len(line))
        else:
            yield line


@dataclass(slots=True)
class _Ahead:
    """The lines that follow, with where the next open cell ends."""

    lines: Iterator[str]
    delimiters: str
    waiting: deque[str] = field(default_factory=deque)
    looked: int = 0
    """How many of the lines that wait were read from inside and do not end a cell."""
    last: Place = Place.INSIDE
    """How the line after those leaves the cell that is open."""

    def take(self) -> str | None:
        """Give the next line, None at the end."""
        self._forget(1)
        return self.waiting.popleft() if self.waiting else next(self.lines, None)

    def take_rest(self, length: int) -> str:
        """Give the lines up to where the open cell closes; "" where it never does."""
        if not self._close():
            return ""
        taken = list(itertools.islice(self.waiting, self.looked + 1))
        if length + sum(map(len, taken[:-1])) >= MAX_LINE_CHARACTERS:
            return ""
        for _ in taken:
            self.waiting.popleft()
        self._forget(len(taken))
        return "".join(taken)

    def _close(self) -> bool:
        """Look ahead; tell whether the open cell closes within the limit."""
        while self.last is Place.INSIDE and self.looked < MAX_LINES_IN_A_ROW:
            if self.looked == len(self.waiting):
                more = next(self.lines, None)
                if more is None:
                    return False
                self.waiting.append(more)
            self.last = _end(self.waiting[self.looked], self.delimiters, is_inside=True)
            self.looked += self.last is Place.INSIDE
        return self.last is Place.OUTSIDE

    def _forget(self, count: int) -> None:
        if self.looked >= count:
            self.looked -= count
        else:
            self.looked, self.last = 0, Place.INSIDE


def _end(text: str, delimiters: str, *, is_inside: bool = False) -> Place:
    """Read a text from outside or inside a quoted cell; give where it ends."""
    opening = _opening(delimiters)
    at = 0
    if not is_inside:
        first = opening.search(text)
        if first is None:
            return Place.OUTSIDE
        at = first.end()
    while closed := _CLOSING.match(text, at):
        at = closed.end()
        if _LINE_END.match(text, at):
            return Place.OUTSIDE
        if text[at] not in delimiters:
            return Place.BROKEN
        again = opening.search(text, at)
        if again is None:
            return Place.OUTSIDE
        at = again.end()
    return Place.INSIDE


@functools.cache
def _opening(delimiters: str) -> re.Pattern[str]:
    return re.compile(rf'(?:\A|[{re.escape(delimiters)}])"')
