"""Recovered items of one kind as plain columns of codes, alike ones together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.statistics.questionnaire.crosswalk import Decider
from armstrace.analysis.statistics.questionnaire.declared import RowSpec

type Codes = NDArray[np.integer[Any]]
type Reader = Callable[[str], str]
CHUNK = 10_000
FEW = 4_000_000  # combinations that are marked one by one; more are sorted


@dataclass(frozen=True, slots=True)
class Columns:
    """Items of one kind, one place for each group of alike ones."""

    values: Mapping[str, tuple[str, ...]]
    # For each group the place of its code in ``values``, by column.
    codes: Mapping[str, Codes]
    counts: Codes
    # For each group the pieces or rounds in it; None where items are counted.
    amounts: Codes | None = None
    # For each group how many items state no quantity.
    unstated: Codes | None = None

    def __len__(self) -> int:
        return len(self.counts)


def columns_of(
    names: Sequence[str], groups: Iterable[tuple[Sequence[str], int]]
) -> Columns:
    """Turn groups of alike items into columns."""
    given = list(groups)
    values: dict[str, tuple[str, ...]] = {}
    codes: dict[str, Codes] = {}
    for place, name in enumerate(names):
        written = [each[place] for each, _ in given]
        known = {value: number for number, value in enumerate(dict.fromkeys(written))}
        values[name] = tuple(known)
        codes[name] = np.array([known[each] for each in written], np.int64)
    return Columns(values, codes, np.array([count for _, count in given], np.int64))


def columns_read(
    parts: Sequence[Sequence[str]],
    rows: Iterable[Sequence[str]],
    readers: Mapping[str, Reader] | None = None,
) -> Columns:
    """Turn rows of joined codes into columns, one place an item.

    Codes come joined by a bar, a few columns in one text: texts are few, however
    many the items, so each is taken apart once.

    Args:
        rows: One text a part for each item; read once.
        readers: What a column's written value is read as; as written where a
            column has none.
    """
    known: list[defaultdict[str, int]] = [defaultdict(count().__next__) for _ in parts]
    found: list[list[Codes]] = [[] for _ in parts]
    for chunk in batched(rows, CHUNK, strict=False):
        for place, column in enumerate(zip(*chunk, strict=True)):
            numbers = map(known[place].__getitem__, column)
            found[place].append(np.fromiter(numbers, np.int32, len(chunk)))
    values: dict[str, tuple[str, ...]] = {}
    codes: dict[str, Codes] = {}
    for names, texts, coded in zip(parts, known, found, strict=True):
        written = [text.split("|", len(names) - 1) for text in texts]
        of_items = np.concatenate(coded) if coded else np.zeros(0, np.int32)
        for place, name in enumerate(names):
            read = (readers or {}).get(name, str)
            taken = [read(each[place]) for each in written]
            places = {value: n for n, value in enumerate(dict.fromkeys(taken))}
            small = np.array([places[each] for each in taken], np.int16)
            values[name], codes[name] = tuple(places), small[of_items]
    size = len(next(iter(codes.values()), ()))
    return Columns(values, codes, np.ones(size, np.int64))


def combine(columns: Columns, names: Sequence[str]) -> tuple[Codes, Codes]:
    """Number the combinations of some columns.

    Returns:
        The distinct combinations, each as one number, and for each group the
        place of its combination among them.
    """
    number = np.zeros(len(columns), np.int64)
    size = 1
    for name in names:
        base = max(1, len(columns.values[name]))
        number = number * base + columns.codes[name]
        size *= base
    if size > FEW:
        distinct, places = np.unique(number, return_inverse=True)
        return distinct, places
    stands = np.bincount(number, minlength=size) > 0
    return np.flatnonzero(stands), (np.cumsum(stands) - 1)[number]


def taken_apart(
    columns: Columns, names: Sequence[str], number: int
) -> Mapping[str, str]:
    """Read the codes of a combination back from its number."""
    found: dict[str, str] = {}
    for name in reversed(names):
        values = columns.values[name]
        number, place = divmod(number, max(1, len(values)))
        found[name] = values[place]
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """Where items stand in one dimension, by the combination of their codes."""

    places: Codes
    # (rows, combinations): whether such items stand in a row.
    rows: NDArray[np.bool_]
    # (combinations): whether anything is known of them there.
    is_known: NDArray[np.bool_]

    def counts(self, members: Codes) -> Codes:
        """Add up the members of each combination.

        Args:
            members: For each group how many of its items are wanted; exact up
                to 2**53 items.
        """
        size = self.rows.shape[1]
        added = np.bincount(self.places, weights=members, minlength=size)
        return added.astype(np.int64)


def standing(columns: Columns, decider: Decider, rows: Sequence[RowSpec]) -> Standing:
    """Decide one dimension for all groups; each combination is decided once.

    Raises:
        ValueError: An item falls into a row that the table does not have.
    """
    place_of = {row.code: place for place, row in enumerate(rows)}
    unknown = {row.code for row in rows if row.is_unknown}
    distinct, places = combine(columns, decider.columns)
    stands = np.zeros((len(rows), len(distinct)), bool)
    known = np.zeros(len(distinct), bool)
    for place, number in enumerate(distinct.tolist()):
        codes = taken_apart(columns, decider.columns, number)
        found = decider.rows_of(codes)
        known[place] = bool(set(found) - unknown)
        for row in filter(None, found):
            if row not in place_of:
                msg = f"There is no row {row} for {dict(codes)}."
                raise ValueError(msg)
            stands[place_of[row], place] = True
    return Standing(places, stands, known)
