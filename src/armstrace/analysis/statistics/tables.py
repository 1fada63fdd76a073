"""The tracing tables 5.1 to 5.3 of one country and year, as counts.

A blank cell is not a zero: a leaf that is absent counts as 0 only where
another leaf of the same table is present.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from armstrace.analysis.statistics import cells, scope
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.tracing import TracingCell

UNIQUE_LEAVES = (
    TracingCell.LO,
    TracingCell.IN,
    TracingCell.IF,
    TracingCell.OD,
    TracingCell.AT,
    TracingCell.PE,
    TracingCell.NO,
)
NOT_UNIQUE_LEAVES = (TracingCell.NI, TracingCell.NE, TracingCell.NX)
UNTRACEABLE = (*NOT_UNIQUE_LEAVES, TracingCell.K)
LEAVES = (*UNIQUE_LEAVES, *UNTRACEABLE)


@dataclass(frozen=True, slots=True)
class CellTable:
    """One tracing table: the arms of one way of recovery in one year.

    Args:
        leaves: Count a cell; an absent cell is blank.
        unique_filed: Filed subtotal of uniquely identifiable arms.
        not_unique_filed: Filed subtotal of the others.
        total_filed: Filed total.
        established: Of NI, NE, NX and K, the arms whose origin a competent
            authority established.
        items: Records behind each cell, by number; empty where counts are filed.
        problem: Why the table cannot be used; empty where it can.
    """

    leaves: Mapping[TracingCell, int]
    unique_filed: int | None = None
    not_unique_filed: int | None = None
    total_filed: int | None = None
    established: int = 0
    items: Mapping[TracingCell, tuple[int, ...]] = field(default_factory=dict)
    problem: str = ""

    @property
    def has_leaves(self) -> bool:
        """Whether the table says anything about tracing."""
        return bool(self.leaves) and not self.problem

    @property
    def unique(self) -> int:
        """Arms uniquely identifiable: as filed, else the sum of the leaves."""
        return _filed_or(self.unique_filed, self.count(*UNIQUE_LEAVES))

    @property
    def not_unique(self) -> int:
        """Arms not uniquely identifiable: as filed, else the sum."""
        return _filed_or(self.not_unique_filed, self.count(*NOT_UNIQUE_LEAVES))

    @property
    def total(self) -> int:
        """All arms: as filed, else the subtotals and those not known."""
        known = self.unique + self.not_unique + self.count(TracingCell.K)
        return _filed_or(self.total_filed, known)

    def count(self, *wanted: TracingCell) -> int:
        """Sum cells; a blank one adds nothing."""
        return sum(self.leaves.get(cell, 0) for cell in wanted)


@dataclass(frozen=True, slots=True)
class YearTables:
    """All tracing tables of one country and year.

    Args:
        year: Year in which the arms were recovered.
        tables: One table for each way of recovery that was filed or recorded.
        left_out: Records outside the indicator, by reason.
    """

    year: int
    tables: Mapping[RecoveryKind, CellTable]
    left_out: Mapping[scope.Exclusion, tuple[int, ...]] = field(default_factory=dict)

    def table(self, kind: RecoveryKind) -> CellTable:
        """Give the table of one way of recovery, an empty one where none is."""
        return self.tables.get(kind, EMPTY)


@dataclass(frozen=True, slots=True)
class RecoveredItem:
    """One recovered item with what decides how it counts.

    Args:
        item: Number of the record.
        year: Year of recovery.
        scope: What decides whether it counts.
        facts: What decides its cell.
    """

    item: int
    year: int
    scope: scope.ScopeFacts
    facts: cells.RecoveryFacts


EMPTY = CellTable(leaves={})


def tables_of(items: Iterable[RecoveredItem]) -> dict[int, YearTables]:
    """Count recovered items into the tracing tables of their years.

    Every item stands in exactly one cell or under exactly one exclusion.

    Args:
        items: Recovered items of any years, in any order.

    Source:
        UNODC illicit arms flows questionnaire, tables 5.1-5.3.
    """
    years: defaultdict[int, _Tally] = defaultdict(_Tally)
    for item in items:
        years[item.year].add(item)
    return {year: years[year].tables(year) for year in sorted(years)}


class _Tally:
    """The counting of one year, while it goes on."""

    def __init__(self) -> None:
        self.cells: defaultdict[RecoveryKind, defaultdict[TracingCell, list[int]]]
        self.cells = defaultdict(lambda: defaultdict(list))
        self.established: Counter[RecoveryKind] = Counter()
        self.left_out: defaultdict[scope.Exclusion, list[int]] = defaultdict(list)

    def add(self, item: RecoveredItem) -> None:
        reason = scope.exclusion_of(item.scope)
        kind = item.scope.recovery_kind
        if reason is not None or kind is None:
            self.left_out[reason or scope.Exclusion.NO_KIND].append(item.item)
            return
        cell = cells.tracing_cell(item.facts)
        self.cells[kind][cell].append(item.item)
        if cell in UNTRACEABLE and item.facts.established is cells.Established.YES:
            self.established[kind] += 1

    def tables(self, year: int) -> YearTables:
        return YearTables(
            year,
            {kind: self._table(kind) for kind in RecoveryKind if kind in self.cells},
            {reason: tuple(items) for reason, items in self.left_out.items()},
        )

    def _table(self, kind: RecoveryKind) -> CellTable:
        # In a register that is complete nothing is blank: no arm is zero arms.
        found = self.cells[kind]
        return CellTable(
            leaves={cell: len(found.get(cell, ())) for cell in LEAVES},
            established=self.established[kind],
            items={cell: tuple(found[cell]) for cell in LEAVES if cell in found},
        )


def _filed_or(filed: int | None, computed: int) -> int:
    return computed if filed is None else filed
