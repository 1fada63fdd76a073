"""Recovered items of one kind as plain columns of codes, alike ones together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.statistics.questionnaire.crosswalk import Decider
from armstrace.analysis.statistics.questionnaire.declared import RowSpec

type Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Columns:
    """Items of one kind, one place for each group of alike ones.

    Args:
        values: The codes that occur, by column.
        codes: For each group the place of its code in ``values``, by column.
        counts: For each group how many items it holds.
        amounts: For each group the pieces or rounds in it; None where items
            are counted.
        unstated: For each group how many items state no quantity.
    """

    values: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Codes]
    counts: Codes
    amounts: Codes | None = None
    unstated: Codes | None = None

    def __len__(self) -> int:
        """Give the number of groups."""
        return len(self.counts)


def columns_of(
    names: Sequence[str],
    groups: Iterable[tuple[Sequence[str], int]],
    readers: Mapping[str, Callable[[str], str]] | None = None,
) -> Columns:
    """Turn groups of alike items into columns.

    Args:
        names: The columns, in the order of the codes of a group.
        groups: Codes of a group, and how many items it holds.
        readers: What a column's written value is read as; as written where a
            column has none.
    """
    given = list(groups)
    parts = list(zip(*(codes for codes, _ in given), strict=True)) if given else []
    values: dict[str, tuple[str, ...]] = {}
    codes: dict[str, Codes] = {}
    for place, name in enumerate(names):
        written = parts[place] if parts else ()
        values[name], codes[name] = _encoded(written, (readers or {}).get(name, str))
    return Columns(values, codes, np.array([count for _, count in given], np.int64))


def _encoded(
    written: Sequence[str], reader: Callable[[str], str]
) -> tuple[tuple[str, ...], Codes]:
    spelt = list(dict.fromkeys(written))
    read = {each: reader(each) for each in spelt}
    known = {value: place for place, value in enumerate(dict.fromkeys(read.values()))}
    place_of = {each: known[read[each]] for each in spelt}
    found = np.fromiter(map(place_of.__getitem__, written), np.int64, len(written))
    return tuple(known), found


def combined(columns: Columns, names: Sequence[str]) -> tuple[Codes, Codes]:
    """Number the combinations of some columns.

    Returns:
        The distinct combinations, each as one number, and for each group the
        place of its combination among them.
    """
    number = np.zeros(len(columns), np.int64)
    for name in names:
        number = number * max(1, len(columns.values[name])) + columns.codes[name]
    distinct, places = np.unique(number, return_inverse=True)
    return distinct, places


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
    """Where groups of items stand in one dimension.

    Args:
        rows: (rows, groups): whether the items of a group stand in a row.
        is_known: (groups): whether anything is known of them there.
    """

    rows: NDArray[np.bool_]
    is_known: NDArray[np.bool_]


def standing(columns: Columns, decider: Decider, rows: Sequence[RowSpec]) -> Standing:
    """Decide one dimension for all groups; each combination is decided once.

    Args:
        columns: The items.
        decider: How the dimension is decided.
        rows: The leaves of the table.

    Raises:
        ValueError: An item falls into a row that the table does not have.
    """
    place_of = {row.code: place for place, row in enumerate(rows)}
    unknown = {row.code for row in rows if row.is_unknown}
    distinct, places = combined(columns, decider.columns)
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
    return Standing(stands[:, places], known[places])
