"""Lay a serial as read beside a registered one and weigh the differences.

The reading is seen as what is left of the registered serial after a noisy
channel: characters taken for look-alikes or for others, left out, added or
exchanged, a prefix or an end lost. The weight is the probability of the likeliest
way from the one to the other; the way itself is the explanation.

Source:
    E. Brill, R. Moore, "An improved error model for noisy channel spelling
    correction", ACL 2000 (weighted edit channel).
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from armstrace.analysis.marks.folding import fold
from armstrace.analysis.matching.channel import SerialRates
from armstrace.analysis.matching.keys import cores
from armstrace.vocabulary.matching import Difference, MatchClass

ALPHABET = 36
LONGEST = 40
IMPOSSIBLE = -1e9

_D = Difference
# Differences that are a lack of reading rather than an error of it.
_UNREAD = frozenset({_D.SAME, _D.UNREAD, _D.LOST_START, _D.LOST_END})


@dataclass(frozen=True, slots=True)
class Place:
    """One column of two aligned serials; empty where there is no character."""

    registered: str
    read: str
    kind: Difference


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a registered serial may have become the one that was read.

    Args:
        log_probability: Natural logarithm of the probability of the reading.
        places: The columns, from left to right.
        match_class: The kind of agreement.
    """

    log_probability: float
    places: tuple[Place, ...]
    match_class: MatchClass

    @property
    def differences(self) -> tuple[tuple[str, str, Difference], ...]:
        """The (registered, read, kind) columns that are not the same."""
        return tuple(
            (place.registered, place.read, place.kind)
            for place in self.places
            if place.kind is not _D.SAME
        )


class Aligner:
    """Aligns serials by one set of rates; holds their logarithms only."""

    def __init__(self, rates: SerialRates) -> None:
        self._rates = rates
        spoiled = rates.substituted + rates.missed + rates.added + rates.transposed
        self._same = math.log1p(-spoiled - 4 * rates.look_alike)
        self._other = math.log(rates.substituted / (ALPHABET - 1))
        self._missed = math.log(rates.missed)
        self._added = math.log(rates.added / ALPHABET)
        self._exchanged = math.log(rates.transposed)
        self._look_alike = {
            pair: math.log(rate + rates.substituted / ALPHABET)
            for pair, rate in rates.look_alikes.items()
        }
        self._cheapest = max(
            self._missed, self._exchanged, self._other, *self._look_alike.values()
        )
        self.log_probability = lru_cache(maxsize=20_000)(self._log_probability)

    def align(self, registered: str, read: str) -> Alignment:
        """Find the likeliest way from a registered serial to the one read.

        Args:
            registered: Search key of the registered serial.
            read: Search key as read, with ``?`` and ``*``.

        Returns:
            The alignment; its places spell both serials out in full.
        """
        registered, read = registered[:LONGEST], read[:LONGEST]
        score, way = max(self._ways(registered, read), key=lambda found: found[0])
        start, end, added = way
        middle = registered[len(start) : len(registered) - len(end)]
        places = (
            *(Place(character, "", _D.LOST_START) for character in start),
            *(Place("", character, _D.ADDED_START) for character in added),
            *self._places(middle, read[len(added) :]),
            *(Place(character, "", _D.LOST_END) for character in end),
        )
        return Alignment(score, places, _class_of(registered, read, places))

    def _log_probability(self, registered: str, read: str) -> float:
        """Weigh a registered serial against the one read; see ``align``."""
        registered, read = registered[:LONGEST], read[:LONGEST]
        return max(score for score, _ in self._ways(registered, read))

    def bound(self, distance: int, lost: int) -> float:
        """Give a log probability that no alignment of such serials exceeds.

        Args:
            distance: Edits between the two, exchanged neighbours counting once.
            lost: How many characters the reading has fewer; may be negative.
        """
        rest = max(0, distance - abs(lost))
        at_ends = math.log(self._rates.start_lost) + rest * self._cheapest
        return max(distance * self._cheapest, at_ends if lost else -math.inf)

    def _ways(
        self, registered: str, read: str
    ) -> list[tuple[float, tuple[str, str, str]]]:
        """Weigh each way: (log probability, (lost start, lost end, added start))."""
        ways = [(self._edited(registered, read), ("", "", ""))]
        if registered == read:
            return ways
        rates = self._rates
        for core in cores(registered):
            at_start = registered.endswith(core)
            lost = registered[: -len(core)] if at_start else registered[len(core) :]
            way = (lost, "", "") if at_start else ("", lost, "")
            rate = rates.start_lost if at_start else rates.end_lost
            ways.append((math.log(rate) + self._edited(core, read), way))
        for core in cores(read):
            if read.endswith(core):
                added = read[: -len(core)]
                score = math.log(rates.start_added) - len(added) * math.log(26)
                ways.append((score + self._edited(registered, core), ("", "", added)))
        lost_count = len(registered) - len(read)
        if 1 <= lost_count <= rates.most_lost and "*" not in read:
            further = math.log(1 - rates.lost_more) + (lost_count - 1) * math.log(
                rates.lost_more
            )
            size = len(read)
            ways.append(
                (
                    math.log(rates.end_lost)
                    + further
                    + self._edited(registered[:size], read),
                    ("", registered[size:], ""),
                )
            )
            ways.append(
                (
                    math.log(rates.start_lost_other)
                    + further
                    + self._edited(registered[lost_count:], read),
                    (registered[:lost_count], "", ""),
                )
            )
        return ways

    def _edited(self, registered: str, read: str) -> float:
        if "*" in read:
            return self._table(registered, read)[-1][-1]
        start = _shared(registered, read)
        registered, read = registered[start:], read[start:]
        end = _shared(registered[::-1], read[::-1])
        if end:
            registered, read = registered[:-end], read[:-end]
        score = self._same * (start + end)
        if not registered:
            return score + self._added * len(read)
        if not read:
            return score + self._missed * len(registered)
        if len(registered) == len(read) == 1:
            return score + self._taken(registered, read)
        return score + self._table(registered, read)[-1][-1]

    def _taken(self, registered: str, read: str) -> float:
        if read == "?":
            return 0.0
        if registered == read:
            return self._same
        return self._look_alike.get(registered + read, self._other)

    def _table(self, registered: str, read: str) -> list[list[float]]:
        """Fill the table of best log probabilities of all prefixes."""
        table = [[0.0]]
        for character in read:
            step = 0.0 if character == "*" else self._added
            table[0].append(table[0][-1] + step)
        for row in range(1, len(registered) + 1):
            line = [table[row - 1][0] + self._missed]
            table.append(line)
            for column in range(1, len(read) + 1):
                steps = self._steps(registered[:row], read[:column])
                best = max(
                    table[row + up][column + left] + cost for up, left, cost, _ in steps
                )
                line += [best]
        return table

    def _steps(
        self, registered: str, read: str
    ) -> list[tuple[int, int, float, Difference]]:
        """List the last steps to a pair of prefixes: (rows, columns, cost, kind)."""
        have_registered, have_read = bool(registered), bool(read)
        if have_read and read[-1] == "*":
            swallow = [(-1, 0, 0.0, _D.UNREAD)] if have_registered else []
            return [*swallow, (0, -1, 0.0, _D.UNREAD)]
        steps = []
        if have_registered and have_read:
            cost = self._taken(registered[-1], read[-1])
            steps.append((-1, -1, cost, _kind(registered[-1], read[-1])))
        if have_registered:
            steps.append((-1, 0, self._missed, _D.MISSED))
        if have_read:
            steps.append((0, -1, self._added, _D.ADDED))
        if (
            len(registered) > 1
            and len(read) > 1
            and registered[-1] == read[-2] != registered[-2] == read[-1]
        ):
            steps.append((-2, -2, self._exchanged, _D.TRANSPOSED))
        return steps

    def _places(self, registered: str, read: str) -> list[Place]:
        table = self._table(registered, read)
        row, column = len(registered), len(read)
        places: list[Place] = []
        while row or column:
            steps = self._steps(registered[:row], read[:column])
            up, left, _, kind = max(
                steps, key=lambda s: table[row + s[0]][column + s[1]] + s[2]
            )
            after_row, after_column = row + up, column + left
            places += reversed(
                _columns(registered[after_row:row], read[after_column:column], kind)
            )
            row, column = after_row, after_column
        return places[::-1]


def _columns(registered: str, read: str, kind: Difference) -> list[Place]:
    if read == "*":
        return []
    width = max(len(registered), len(read))
    return [
        Place(registered[place : place + 1], read[place : place + 1], kind)
        for place in range(width)
    ]


def _shared(one: str, other: str) -> int:
    size = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        size += 1
    return size


def _kind(registered: str, read: str) -> Difference:
    if registered == read:
        return _D.SAME
    if read == "?":
        return _D.UNREAD
    return _D.LOOK_ALIKE if fold(registered) == fold(read) else _D.SUBSTITUTED


def _class_of(registered: str, read: str, places: tuple[Place, ...]) -> MatchClass:
    if registered == read:
        return MatchClass.EXACT
    if fold(registered) == fold(read):
        return MatchClass.CONFUSABLE
    is_incomplete = "*" in read or "?" in read or len(read) < len(registered)
    if is_incomplete and all(place.kind in _UNREAD for place in places):
        return MatchClass.PARTIAL
    return MatchClass.NEAR
