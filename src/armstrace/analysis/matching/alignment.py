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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from armstrace.analysis.matching.channel import SerialRates
from armstrace.analysis.matching.editing import Editor, Place
from armstrace.analysis.matching.keys import SHORTEST_CORE, cores
from armstrace.vocabulary.matching import Difference, MatchClass

LETTERS, DIGITS = 26, 10
LONGEST = 40
# Fewer are weighed faster one by one.
FEWEST_AT_ONCE = 12

_D = Difference
# Differences that are a lack of reading rather than an error of it.
_LACKS = frozenset({_D.SAME, _D.UNREAD, _D.LOST_START, _D.LOST_END})


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a registered serial may have become the one that was read."""

    # Natural logarithm of the probability of the reading.
    log_probability: float
    # The columns, from left to right.
    places: tuple[Place, ...]
    match_class: MatchClass


@dataclass(frozen=True, slots=True)
class _Way:
    """What happened at the ends, before the characters between are compared."""

    log_probability: float
    registered: str
    read: str
    lost_start: str = ""
    lost_end: str = ""
    added_start: str = ""
    added_end: str = ""


class Aligner:
    """Aligns serials by one set of rates.

    Args:
        rates: How often characters and ends are misread.
    """

    def __init__(self, rates: SerialRates) -> None:
        self._rates = rates
        self._fold = rates.folding.fold
        self._editor = Editor(rates)
        self._start_lost = math.log(rates.start_lost)
        self._start_lost_other = math.log(rates.start_lost_other)
        self._end_lost = math.log(rates.end_lost)
        self._start_added = math.log(rates.start_added)
        self._cut_off = math.log(rates.cut / 2)
        self._cheapest_end = max(
            self._start_lost, self._end_lost, self._start_added, self._cut_off
        )
        self._weigh = lru_cache(maxsize=20_000)(self._weigh_ways)

    def align(self, registered: str, read: str) -> Alignment:
        """Find the likeliest way from a registered serial to the one read.

        Args:
            registered: Search key of the registered serial.
            read: Search key as read, with ``?`` and ``*``.

        Returns:
            The alignment; its places spell both serials out in full. Of serials
            over ``LONGEST`` characters only the beginning is compared.
        """
        registered, read = registered[:LONGEST], read[:LONGEST]
        way = max(self._ways(registered, read), key=self._weigh_way)
        places = (
            *(Place(character, "", _D.LOST_START) for character in way.lost_start),
            *(Place("", character, _D.ADDED_START) for character in way.added_start),
            *self._editor.trace(way.registered, way.read),
            *(Place(character, "", _D.LOST_END) for character in way.lost_end),
            *(Place("", character, _D.ADDED_END) for character in way.added_end),
        )
        match_class = self._class_of(registered, read, places)
        return Alignment(self._weigh_way(way), places, match_class)

    def log_probability(self, registered: str, read: str) -> float:
        """Give the natural logarithm of the probability of a reading."""
        if registered == read:
            return self._editor.same * len(read[:LONGEST])
        return self._weigh(registered[:LONGEST], read[:LONGEST])

    def log_probabilities(
        self, registered: Sequence[str], read: str
    ) -> NDArray[np.float64]:
        """Give ``log_probability`` of one reading for many registered serials."""
        if len(registered) < FEWEST_AT_ONCE or not read.isascii():
            return np.array([self.log_probability(one, read) for one in registered])
        read = read[:LONGEST]
        found = np.full(len(registered), -np.inf)
        ways: dict[str, tuple[list[int], list[float], list[str]]] = {}
        for place, serial in enumerate(registered):
            for way in self._ways(serial[:LONGEST], read):
                rows = ways.setdefault(way.read, ([], [], []))
                rows[0].append(place)
                rows[1].append(way.log_probability)
                rows[2].append(way.registered)
        for taken, (places, weights, serials) in ways.items():
            edits = self._editor.weigh_many(serials, taken)
            np.maximum.at(found, places, edits + np.array(weights))
        return found

    def bounds(self, registered: Sequence[str], read: str) -> NDArray[np.float64]:
        """Give log probabilities that no alignment exceeds, quickly.

        Args:
            registered: Search keys of registered serials; an empty one has
                nothing to compare and gets 0.
        """
        if "*" in read or not registered:
            return np.zeros(len(registered))
        registered = [serial[:LONGEST] for serial in registered]
        read = read[:LONGEST]
        holes = read.count("?")
        folded = self._fold("\n".join(registered)).split("\n")
        edits = np.maximum(_distances(folded, self._fold(read)) - holes, 0)
        differ = np.maximum(_distances(registered, read) - holes, 0)
        sizes = np.fromiter(map(len, registered), np.int64, len(registered))
        editor, lost = self._editor, np.abs(sizes - len(read))
        softer = np.maximum(differ - edits, 0) * editor.cheapest_look_alike
        plain = softer + edits * editor.cheapest_edit
        rest = np.maximum(edits - lost, 0) * editor.cheapest_edit
        cut = np.where(lost > 0, np.maximum(self._cheapest_end + rest, plain), plain)
        found: NDArray[np.float64] = np.where(sizes > 0, cut, 0.0)
        return found

    def _weigh_ways(self, registered: str, read: str) -> float:
        return max(map(self._weigh_way, self._ways(registered, read)))

    def _weigh_way(self, way: _Way) -> float:
        return way.log_probability + self._editor.weigh(way.registered, way.read)

    def _ways(self, registered: str, read: str) -> Iterator[_Way]:
        yield _Way(0.0, registered, read)
        if "*" in read:
            return
        lost = len(registered) - len(read)
        if lost >= 1:
            yield from self._without_letters(registered, read)
            yield from self._cut(registered, read, lost)
        elif lost <= -1:
            yield from self._with_letters(registered, read)
            yield from self._with_more(registered, read)

    def _without_letters(self, registered: str, read: str) -> Iterator[_Way]:
        for core in cores(registered):
            if registered.endswith(core):
                lost = registered[: -len(core)]
                yield _Way(self._start_lost, core, read, lost_start=lost)
            else:
                lost = registered[len(core) :]
                yield _Way(self._end_lost, core, read, lost_end=lost)

    def _with_letters(self, registered: str, read: str) -> Iterator[_Way]:
        for core in cores(read):
            if read.endswith(core):
                added = read[: -len(core)]
                weight = self._start_added - len(added) * math.log(LETTERS)
                yield _Way(weight, registered, core, added_start=added)

    def _with_more(self, registered: str, read: str) -> Iterator[_Way]:
        """Take a registered number for the part of what was read that was copied."""
        size = len(registered)
        if size < SHORTEST_CORE:
            return
        more = ""
        if read.startswith(registered):
            more = read[size:]
            way = _Way(self._more(more, read), registered, registered, added_end=more)
            yield way
        if read.endswith(registered):
            more = read[:-size]
            yield _Way(self._more(more, read), registered, registered, added_start=more)

    def _more(self, more: str, read: str) -> float:
        """Weigh signs that the register lacks: a cut, and that they are these."""
        digits = sum(map(str.isdigit, more))
        each = digits * math.log(DIGITS) + (len(more) - digits) * math.log(LETTERS)
        return self._cut_off - math.log(len(read) - 1) - each

    def _cut(self, registered: str, read: str, lost: int) -> Iterator[_Way]:
        size, more = len(read), self._rates.lost_more
        off = -math.inf
        if size >= SHORTEST_CORE:
            off = self._cut_off - math.log(len(registered) - 1)
        at_end = at_start = off
        if lost <= self._rates.most_lost:
            length = math.log(1 - more) + (lost - 1) * math.log(more)
            at_end = max(off, self._end_lost + length)
            at_start = max(off, self._start_lost_other + length)
        if at_end > -math.inf:
            start, end = registered[:lost], registered[size:]
            yield _Way(at_end, registered[:size], read, lost_end=end)
            yield _Way(at_start, registered[lost:], read, lost_start=start)

    def class_of(self, registered: str, read: str) -> MatchClass | None:
        """Tell whether serials agree but for look-alikes, without aligning them."""
        if registered == read:
            return MatchClass.EXACT
        is_alike = self._fold(registered) == self._fold(read)
        return MatchClass.CONFUSABLE if is_alike else None

    def _class_of(
        self, registered: str, read: str, places: tuple[Place, ...]
    ) -> MatchClass:
        clear = self.class_of(registered, read)
        if clear is not None:
            return clear
        is_incomplete = "*" in read or "?" in read or len(read) < len(registered)
        if is_incomplete and all(place.kind in _LACKS for place in places):
            return MatchClass.PARTIAL
        return MatchClass.NEAR


def _distances(registered: Sequence[str], read: str) -> NDArray[np.int64]:
    table = process.cdist([read], registered, scorer=OSA.distance, dtype=np.int32)
    found: NDArray[np.int64] = table[0].astype(np.int64)
    return found
