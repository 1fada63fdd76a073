"""Withhold small counts, and as many others as keep them from being worked out.

The rule: a count below the threshold, zero included, is withheld; and whoever
knows everything that is published, and how the tables add up, can still take
for each withheld count values that lie at least the threshold apart. So no
withheld count can be told to be below the threshold, and none is known.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import scipy

THRESHOLD = 5
SOLVED = 0


@dataclass(frozen=True, slots=True)
class Sum:
    """A total that its parts add up to."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtMost:
    """A count that is no larger than another, such as arms in one context."""

    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Counts with everything that is known of how they hang together."""

    # Count by cell. A cell that stands in several tables is one.
    values: Mapping[str, int]
    # Totals and their parts; a part without a count is left aside.
    sums: tuple[Sum, ...] = ()
    at_most: tuple[AtMost, ...] = ()


def withheld(
    tables: Tables,
    *,
    threshold: int = THRESHOLD,
    always: Collection[str] = (),
) -> frozenset[str]:
    """Choose the cells that may not be published.

    Args:
        always: Cells that stay withheld whatever their count, such as those
            withheld from an earlier edition of the same year.

    Returns:
        Cells below the threshold and those withheld to protect them.

    Source:
        Hundepool et al., Statistical Disclosure Control (2012), ch. 4: cell
        suppression with feasibility intervals. It protects against what follows
        from the tables, not against someone who knows single cases.
    """
    one_of = _same_cells(tables)
    merged = _merge(tables, one_of)
    values = merged.values
    known = {one_of[cell] for cell in always if cell in one_of}
    primary = {cell for cell, value in values.items() if value < threshold} | known
    hidden = _protect(merged, primary, threshold)
    for cell in sorted(hidden - primary, key=lambda each: (-values[each], each)):
        fewer = hidden - {cell}
        if not _open_to_view(merged, fewer, threshold):
            hidden = fewer
    return frozenset(cell for cell, one in one_of.items() if one in hidden)


def cell_opened(
    tables: Tables,
    hidden: Collection[str],
    cell: str,
    *,
    threshold: int = THRESHOLD,
) -> str:
    """Name a withheld count that publishing a withheld cell would give away.

    Returns:
        A cell that could be worked out too closely; empty where none could.
    """
    one_of = _same_cells(tables)
    fewer = {one_of[each] for each in hidden if each in one_of} - {one_of[cell]}
    return _open_to_view(_merge(tables, one_of), fewer, threshold)


def _same_cells(tables: Tables) -> dict[str, str]:
    """Name each cell by one of those that a sum of a single part says it equals."""
    one_of = {cell: cell for cell in tables.values}

    def found(cell: str) -> str:
        while one_of[cell] != cell:
            cell = one_of[cell]
        return cell

    for each in tables.sums:
        parts = [part for part in each.parts if part in one_of]
        is_same = len(parts) == 1 and each.total in one_of
        if is_same and tables.values[parts[0]] == tables.values[each.total]:
            first, second = sorted((found(each.total), found(parts[0])))
            one_of[second] = first
    return {cell: found(cell) for cell in one_of}


def _merge(tables: Tables, one_of: Mapping[str, str]) -> Tables:
    sums = {
        Sum(
            one_of[each.total],
            tuple(one_of[part] for part in each.parts if part in one_of),
        )
        for each in tables.sums
        if each.total in one_of
    }
    bounds = {
        AtMost(one_of[each.part], one_of[each.whole])
        for each in tables.at_most
        if each.part in one_of and each.whole in one_of
    }
    return Tables(
        {one: tables.values[one] for one in one_of.values()},
        tuple(sorted((s for s in sums if len(s.parts) > 1), key=repr)),
        tuple(sorted(bounds, key=repr)),
    )


def _protect(tables: Tables, primary: set[str], threshold: int) -> set[str]:
    hidden = set(primary)
    spans = _Spans(tables.values)
    while True:
        bare = _first_bare(_System(tables, hidden), spans, threshold)
        if not bare:
            return hidden
        hidden.add(_next_to_hide(tables, hidden, bare))


def _open_to_view(tables: Tables, hidden: set[str], threshold: int) -> str:
    """Give a hidden cell that can be worked out too closely; empty where none."""
    spans = _Spans(tables.values)
    return _first_bare(_System(tables, hidden), spans, threshold)


def _first_bare(system: "_System", spans: "_Spans", threshold: int) -> str:
    for cell in system.cells:
        for direction in (-1, 1):
            if spans.width(cell) < threshold:
                spans.seen(system.extreme(cell, direction))
        if spans.width(cell) < threshold:
            return cell
    return ""


def _next_to_hide(tables: Tables, hidden: set[str], bare: str) -> str:
    """Choose a cell that hangs together with one that can be worked out.

    Beside it stand the cells of its sums, and of the sums of hidden cells that
    are reached so. The smallest count is lost first, and the total that most
    sums need last.
    """
    totals = Counter(each.total for each in tables.sums)
    in_sums = Counter(part for each in tables.sums for part in each.parts) + totals
    near = {bare}
    while True:
        beside = _beside(tables, near) & tables.values.keys()
        if beside & hidden <= near:
            break
        near |= beside & hidden
    free = beside - hidden or tables.values.keys() - hidden
    return min(free, key=lambda c: (c in totals, in_sums[c], tables.values[c], c))


def _beside(tables: Tables, cells: Collection[str]) -> set[str]:
    found: set[str] = set()
    for each in tables.sums:
        members = {each.total, *each.parts}
        if not members.isdisjoint(cells):
            found |= members
    for bound in tables.at_most:
        if bound.part in cells or bound.whole in cells:
            found |= {bound.part, bound.whole}
    return found


class _Spans:
    """The values that each cell was seen to be able to have.

    What was possible stays so when more is hidden, so a span only grows.
    """

    def __init__(self, values: Mapping[str, int]) -> None:
        self.low = dict(values)
        self.high = dict(values)

    def width(self, cell: str) -> int:
        return self.high[cell] - self.low[cell]

    def seen(self, possible: Mapping[str, int]) -> None:
        for cell, value in possible.items():
            self.low[cell] = min(self.low[cell], value)
            self.high[cell] = max(self.high[cell], value)


class _System:
    """What is published, as equations between the counts that are not."""

    def __init__(self, tables: Tables, hidden: Collection[str]) -> None:
        self.cells = sorted(cell for cell in hidden if cell in tables.values)
        self.place = {cell: at for at, cell in enumerate(self.cells)}
        self.values = tables.values
        # Where nothing bounds a count, a bound far above all others stands in.
        self.most = 2 * max(tables.values.values(), default=0) + 1_000
        self.rows: list[np.ndarray] = []
        self.low: list[float] = []
        self.high: list[float] = []
        for each in tables.sums:
            self._add(self._terms(each.parts, each.total), at_most=False)
        for bound in tables.at_most:
            self._add(self._terms((bound.part,), bound.whole), at_most=True)

    def extreme(self, cell: str, direction: int) -> dict[str, int]:
        """Solve for the least (1) or most (-1) of a cell; all counts with it."""
        aim = np.zeros(len(self.cells))
        aim[self.place[cell]] = direction
        limits = [
            scipy.optimize.LinearConstraint(np.array(self.rows), self.low, self.high)
        ]
        found = scipy.optimize.milp(
            aim,
            constraints=limits if self.rows else (),
            integrality=np.ones(len(self.cells)),
            bounds=scipy.optimize.Bounds(0, self.most),
        )
        if found.status != SOLVED:
            return {cell: self.values[cell]}
        counts = np.rint(found.x).astype(int)
        return dict(zip(self.cells, counts.tolist(), strict=True))

    def _terms(self, parts: Iterable[str], total: str) -> list[tuple[str, int]]:
        terms = [(part, 1) for part in parts if part in self.values]
        return [*terms, (total, -1)] if terms and total in self.values else []

    def _add(self, terms: list[tuple[str, int]], *, at_most: bool) -> None:
        row = np.zeros(len(self.cells))
        published = 0
        for cell, sign in terms:
            if cell in self.place:
                row[self.place[cell]] += sign
            else:
                published += sign * self.values[cell]
        if row.any():
            self.rows.append(row)
            self.low.append(-np.inf if at_most else -published)
            self.high.append(-published)
