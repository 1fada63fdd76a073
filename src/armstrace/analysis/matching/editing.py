"""Find the likeliest edits from a registered string to the one read.

A Viterbi search over substitutions, omissions, additions and exchanged
neighbours, each with its own probability.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.matching.channel import SerialRates
from armstrace.vocabulary.matching import Difference

ALPHABET = 36

Weights = NDArray[np.float64]

_BEYOND = 127

_D = Difference


@dataclass(frozen=True, slots=True)
class Place:
    """One column of two aligned serials; empty where there is no character."""

    registered: str
    read: str
    kind: Difference


@dataclass(frozen=True, slots=True)
class _Step:
    rows: int
    columns: int
    cost: float
    kind: Difference


class Editor:
    """Weighs edits by one set of rates; all weights are natural logarithms.

    Args:
        rates: How often characters are misread.
    """

    def __init__(self, rates: SerialRates) -> None:
        spoiled = rates.substituted + rates.missed + rates.added + rates.transposed
        self.same = math.log1p(-spoiled - 4 * rates.look_alike)
        self._other = math.log(rates.substituted / (ALPHABET - 1))
        self._missed = math.log(rates.missed)
        self._added = math.log(rates.added / ALPHABET)
        self._exchanged = math.log(rates.transposed)
        self._look_alike = {
            pair: math.log(rate + rates.substituted / ALPHABET)
            for pair, rate in rates.look_alikes.items()
        }
        self._folding = rates.folding
        self.cheapest_edit = max(self._missed, self._exchanged, self._other)
        self.cheapest_look_alike = max(
            self._look_alike.values(), default=self.cheapest_edit
        )

    def weigh(self, registered: str, read: str) -> float:
        """Give the log probability of the likeliest edits between two strings."""
        if "*" in read or "?" in read:  # a sign that fits any is best left free
            return self._weigh_all(registered, read)
        start = _common_length(registered, read)
        registered, read = registered[start:], read[start:]
        end = _common_length(registered[::-1], read[::-1])
        if end:
            registered, read = registered[:-end], read[:-end]
        score = self.same * (start + end)
        if not registered:
            return score + self._added * len(read)
        if not read:
            return score + self._missed * len(registered)
        return score + self._weigh_all(registered, read)

    def weigh_many(self, registered: Sequence[str], read: str) -> Weights:
        """Weigh the edits from many strings to one, as ``weigh`` does for each.

        Args:
            read: One string without characters beyond ASCII.

        Returns:
            (registered,) natural logarithms.
        """
        sizes = np.fromiter(map(len, registered), np.int64, len(registered))
        width, size = max(int(sizes.max(initial=0)), 1), len(read)
        codes = np.array(registered, f"<U{width}").view("<u4").reshape(-1, width)
        codes = np.minimum(codes, _BEYOND).astype(np.intp).T
        missed, added = self._columns(read)
        line = np.repeat(np.cumsum(added)[:, None], len(registered), axis=1)
        steps, found = self._taken_codes(read), np.where(sizes == 0, line[-1], 0.0)
        above = line
        for row in range(width):
            before, above = above, line
            line = above + missed[:, None]
            best = above[:-1] + steps[:, codes[row]]
            np.maximum(line[1:], best, out=line[1:])
            if row and size > 1:
                swapped = self._exchanges(codes[row - 1 : row + 1], read)
                best = np.where(swapped, before[:-2] + self._exchanged, -np.inf)
                np.maximum(line[2:], best, out=line[2:])
            # Characters added one after another, for all columns at once.
            since = np.cumsum(added)[:, None]
            line = np.maximum.accumulate(line - since, axis=0) + since
            found = np.where(sizes == row + 1, line[-1], found)
        return found

    def trace(self, registered: str, read: str) -> list[Place]:
        """Spell out the likeliest edits, column by column."""
        table = self._table(registered, read)
        row, column = len(registered), len(read)
        places: list[Place] = []
        while row or column:
            steps = self._steps(registered[:row], read[:column])
            step = max(
                steps, key=lambda s: table[row - s.rows][column - s.columns] + s.cost
            )
            taken = registered[row - step.rows : row]
            given = read[column - step.columns : column]
            places += reversed(_columns(taken, given, step.kind))
            row, column = row - step.rows, column - step.columns
        return places[::-1]

    def _columns(self, read: str) -> tuple[Weights, Weights]:
        """Give what a missed and an added character cost in each column."""
        stars = np.array([False, *(sign == "*" for sign in read)])
        missed = np.where(stars, 0.0, self._missed)
        added = np.where(stars, 0.0, self._added)
        added[0] = 0.0
        return missed, added

    def _taken_codes(self, read: str) -> Weights:
        """Give what each registered character costs in each column."""
        steps = np.full((len(read), _BEYOND + 1), self._other)
        for column, sign in enumerate(read):
            if sign == "*":
                steps[column] = -np.inf
            elif sign == "?":
                steps[column] = 0.0
            else:
                steps[column, ord(sign)] = self.same
        for pair, weight in self._look_alike.items():
            for column, sign in enumerate(read):
                if sign == pair[1]:
                    steps[column, ord(pair[0])] = weight
        return steps

    @staticmethod
    def _exchanges(last: NDArray[np.intp], read: str) -> NDArray[np.bool_]:
        """Tell where the last two characters are read in the other order."""
        signs = np.array([ord(sign) for sign in read])[:, None]
        first, second = signs[:-1], signs[1:]
        found: NDArray[np.bool_] = (
            (last[0] == second) & (last[1] == first) & (first != second)
        )
        return found

    def _weigh_all(self, registered: str, read: str) -> float:
        if len(registered) == len(read) == 1 and read != "*":
            return self._taken(registered, read)
        return self._table(registered, read)[-1][-1]

    def _taken(self, registered: str, read: str) -> float:
        if read == "?":
            return 0.0
        if registered == read:
            return self.same
        return self._look_alike.get(registered + read, self._other)

    def _table(self, registered: str, read: str) -> list[list[float]]:
        """Fill the table of best log probabilities of all pairs of prefixes."""
        first = [0.0]
        for character in read:
            first.append(first[-1] + (0.0 if character == "*" else self._added))
        table = [first]
        for row in range(1, len(registered) + 1):
            table.append(self._line(table, registered[:row], read))
        return table

    def _line(
        self, table: list[list[float]], registered: str, read: str
    ) -> list[float]:
        """Fill the next line of the table: this loop is where the time goes."""
        above, last = table[-1], registered[-1]
        missed, added = self._missed, self._added
        line = [above[0] + missed]
        before = ""
        for column, character in enumerate(read):
            if character == "*":
                best = max(line[column], above[column + 1])
            else:
                best = above[column] + self._taken(last, character)
                best = max(best, above[column + 1] + missed, line[column] + added)
                if before == last != character and _are_exchanged(
                    registered, before + character
                ):
                    best = max(best, table[-2][column - 1] + self._exchanged)
            line.append(best)
            before = character
        return line

    def _steps(self, registered: str, read: str) -> list[_Step]:
        """List the last steps to a pair of prefixes."""
        if read[-1:] == "*":
            swallow = [_Step(1, 0, 0.0, _D.UNREAD)] if registered else []
            return [*swallow, _Step(0, 1, 0.0, _D.UNREAD)]
        steps = []
        if registered and read:
            cost = self._taken(registered[-1], read[-1])
            steps.append(_Step(1, 1, cost, self._kind(registered[-1], read[-1])))
        if registered:
            steps.append(_Step(1, 0, self._missed, _D.MISSED))
        if read:
            steps.append(_Step(0, 1, self._added, _D.ADDED))
        if _are_exchanged(registered, read[-2:]):
            steps.append(_Step(2, 2, self._exchanged, _D.TRANSPOSED))
        return steps

    def _kind(self, registered: str, read: str) -> Difference:
        if registered == read:
            return _D.SAME
        if read == "?":
            return _D.UNREAD
        fold = self._folding.fold
        return _D.LOOK_ALIKE if fold(registered) == fold(read) else _D.SUBSTITUTED


def _are_exchanged(registered: str, pair: str) -> bool:
    return len(pair) == 2 and pair[0] != pair[1] and registered[-2:] == pair[::-1]


def _columns(registered: str, read: str, kind: Difference) -> list[Place]:
    if read == "*":
        return []
    width = max(len(registered), len(read))
    return [
        Place(registered[place : place + 1], read[place : place + 1], kind)
        for place in range(width)
    ]


def _common_length(one: str, other: str) -> int:
    size = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        size += 1
    return size
