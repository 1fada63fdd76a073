"""Write out what a reading may stand for, as tables of code points.

The registry stores few keys an arm, so the reading carries the expansion: second
edits, unread characters and lost ends are filled here, in folded characters, of
which there are fewer than of letters and digits.
"""

import string
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.marks.folding import Folding
from armstrace.analysis.matching.hashing import Codes, codes_of

LONGEST_EDITABLE = 24
LONGEST_TWICE_EDITED = 14
FEWEST_READ = 2
MOST_FILLED = {1: 1000, 2: 2600}
MOST_FILLED_AND_EDITED = 6000
STAR_LENGTHS = {1: 3, 2: 5}


def variants(pattern: str, *, tier: int, folding: Folding) -> list[Codes]:
    """Give the folded strings to look up for a serial as read.

    Args:
        pattern: Search key as read, with ``?`` and ``*``.
        tier: 1 or 2; see ``keys.query_keys``.
        folding: The classes of look-alikes that the stored keys were made with.

    Returns:
        Tables of code points, (strings, characters) each; none where fewer than
        ``FEWEST_READ`` characters were read.
    """
    folded = folding.fold(pattern)
    if read_count(folded) < FEWEST_READ:
        return []
    if "?" in folded or "*" in folded:
        tables = _Filling(tier, folding.symbols).fill(folded)
    else:
        tables = _edit(pattern, tier, folding)
        tables += [codes_of([folding.fold(part)]) for part in shorten(pattern)]
    return [table for table in tables if table.size]


def read_count(pattern: str) -> int:
    """Count the characters that were read."""
    return len(pattern) - pattern.count("?") - pattern.count("*")


def _edit(pattern: str, tier: int, folding: Folding) -> list[Codes]:
    whole = codes_of([folding.fold(pattern)])
    size = len(pattern)
    if size > LONGEST_EDITABLE + 1:
        return [whole]
    shorter = _deletions(whole)
    if tier == 1:
        return [whole, shorter]
    every = _codes(folding.symbols)
    exchanged = _transpositions(whole)
    tables = [
        _substitutions(whole, every),
        _insertions(whole, every),
        exchanged,
        _deletions(shorter),
        _deletions(exchanged),
        *_ends(pattern, whole),
    ]
    if size <= LONGEST_TWICE_EDITED:
        tables += _second_substitutions(whole, pattern, every)
    return tables


def shorten(pattern: str) -> list[str]:
    """Give a reading without the letters before it, and without those after it."""
    bare = pattern.lstrip(string.ascii_uppercase)
    cut = pattern.rstrip(string.ascii_uppercase)
    return [
        part for part in (bare, cut) if len(part) >= FEWEST_READ + 1 and part != pattern
    ]


def _ends(pattern: str, whole: Codes) -> list[Codes]:
    """Add two digits where digits may have been lost; one sign more is stored."""
    pairs = _grid(_codes(string.digits), 2)
    repeated = np.repeat(whole, len(pairs), axis=0)
    found = []
    if pattern[-1].isdigit():
        found.append(np.hstack([repeated, pairs]))
    if pattern[0].isdigit():
        found.append(np.hstack([pairs, repeated]))
    return found


def _second_substitutions(whole: Codes, pattern: str, every: Codes) -> list[Codes]:
    """Leave one character out and put another in the place of a second.

    One of the two errors may be of any kind; the other puts a digit for a digit.
    """
    size = len(pattern)
    if size < 2:
        return []
    is_digit = np.array([sign.isdigit() for sign in pattern])[_others(size)]
    puts_digit = np.isin(every, _codes(string.digits))
    is_kept = ~is_digit[:, :, None] | puts_digit[None, None, :]
    return [_substitutions(_deletions(whole), every)[is_kept.ravel()]]


@dataclass(frozen=True, slots=True)
class _Filling:
    """Fills unread characters with the symbols of one folding."""

    tier: int
    symbols: str

    def fill(self, folded: str) -> list[Codes]:
        tables: list[Codes] = []
        for pattern in _without_stars(folded, STAR_LENGTHS[self.tier]):
            tables += self._without_holes(pattern)
        return tables

    def _without_holes(self, pattern: str) -> list[Codes]:
        holes = [place for place, character in enumerate(pattern) if character == "?"]
        choices = [self._choices(pattern, place) for place in holes]
        if _size(choices) > MOST_FILLED[self.tier] * len(self.symbols):
            choices = [string.digits] * len(holes)
        if not holes:
            read = codes_of([pattern])
            return [read, _deletions(read)] if self.tier > 1 else [read]
        if len(pattern) > LONGEST_EDITABLE:
            return _fill(pattern, holes, choices) if _size(choices) <= 700 else []
        tables = self._fill_all_but_one(pattern, holes, choices)
        if self.tier > 1 and _size(choices) * len(pattern) <= MOST_FILLED_AND_EDITED:
            whole = _fill(pattern, holes, choices)
            tables += [*whole, *map(_deletions, whole)]
        return tables

    def _fill_all_but_one(
        self, pattern: str, holes: list[int], choices: list[str]
    ) -> list[Codes]:
        """Leave one hole out: the stored one-deletion keys stand for any filling."""
        spared = max(range(len(holes)), key=lambda n: len(choices[n]))
        place = holes[spared]
        shorter = pattern[:place] + pattern[place + 1 :]
        left = [hole - (hole > place) for hole in holes if hole != place]
        kept = choices[:spared] + choices[spared + 1 :]
        if _size(kept) > MOST_FILLED[self.tier]:
            return []
        return _fill(shorter, left, kept)

    def _choices(self, pattern: str, place: int) -> str:
        if self.tier > 1:
            return self.symbols
        before = pattern[:place].rstrip("?")[-1:]
        after = pattern[place:].lstrip("?")[:1]
        return string.digits if (before + after).isdigit() else self.symbols


def _without_stars(folded: str, lengths: int) -> list[str]:
    """Replace the first star by runs of unread characters, the others by none."""
    first, star, rest = folded.partition("*")
    if not star:
        return [folded]
    rest = rest.replace("*", "")
    return [first + "?" * size + rest for size in range(lengths)]


def _fill(pattern: str, holes: list[int], choices: list[str]) -> list[Codes]:
    if not pattern:
        return []
    if not holes:
        return [codes_of([pattern])]
    fillings = np.array(
        [[ord(c) for c in filling] for filling in product(*choices)], np.uint64
    ).reshape(-1, len(holes))
    table = np.repeat(codes_of([pattern]), len(fillings), axis=0)
    table[:, holes] = fillings
    return [table]


def _size(choices: list[str]) -> int:
    return int(np.prod([len(choice) for choice in choices], dtype=float))


def _codes(symbols: str) -> Codes:
    return np.array([ord(symbol) for symbol in symbols], np.uint64)


def _grid(symbols: Codes, width: int) -> Codes:
    parts = np.meshgrid(*[symbols] * width, indexing="ij")
    return np.stack([part.ravel() for part in parts], axis=1)


def _others(size: int) -> NDArray[np.intp]:
    """Index of the places that stay when each place in turn is left out."""
    places = np.arange(size - 1)
    left_out = np.arange(size)[:, None]
    return places + (places >= left_out)


def _deletions(table: Codes) -> Codes:
    size = table.shape[1]
    if size < 2:
        return table[:0]
    return table[:, _others(size)].reshape(-1, size - 1)


def _transpositions(table: Codes) -> Codes:
    size = table.shape[1]
    places = np.tile(np.arange(size), (size - 1, 1))
    swaps = np.arange(size - 1)
    places[swaps, swaps], places[swaps, swaps + 1] = swaps + 1, swaps
    return table[:, places].reshape(-1, size)


def _substitutions(table: Codes, symbols: Codes) -> Codes:
    count, size = table.shape
    spread = np.empty((count, size, len(symbols), size), np.uint64)
    spread[:] = table[:, None, None, :]
    for place in range(size):
        spread[:, place, :, place] = symbols
    return spread.reshape(-1, size)


def _insertions(table: Codes, symbols: Codes) -> Codes:
    count, size = table.shape
    spread = np.empty((count, size + 1, len(symbols), size + 1), np.uint64)
    for place in range(size + 1):
        spread[:, place, :, :place] = table[:, None, :place]
        spread[:, place, :, place] = symbols
        spread[:, place, :, place + 1 :] = table[:, None, place:]
    return spread.reshape(-1, size + 1)
