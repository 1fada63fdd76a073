"""The tracing tables 5.1 to 5.3 of one country and year, as counts.

A blank cell is not a zero: a leaf that is absent counts as 0 only where
another leaf of the same table is present.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from armstrace.analysis.statistics import cells, scope
from armstrace.vocabulary.messages import NOTHING, Message
from armstrace.vocabulary.recoveries import ACQUISITION_OF, Acquisition
from armstrace.vocabulary.tracing import TracingCell

UNIQUE_LEAVES = (
    TracingCell.LO, TracingCell.IN, TracingCell.IF, TracingCell.OD, TracingCell.AT,
    TracingCell.PE, TracingCell.NO,
)  # fmt: skip
NOT_UNIQUE_LEAVES = (TracingCell.NI, TracingCell.NE, TracingCell.NX)
UNTRACEABLE = (*NOT_UNIQUE_LEAVES, TracingCell.K)
LEAVES = (*UNIQUE_LEAVES, *UNTRACEABLE)


@dataclass(frozen=True, slots=True)
class CellTable:
    """One tracing table: the arms of one way of recovery in one year."""

    # Count a cell; an absent cell is blank.
    leaves: Mapping[TracingCell, int]
    unique_filed: int | None = None
    # Filed subtotal of the others.
    not_unique_filed: int | None = None
    total_filed: int | None = None
    # Of NI, NE, NX and K, the arms whose origin a competent authority established.
    established: int = 0
    # Records behind each cell, by number; empty where counts are filed.
    items: Mapping[TracingCell, tuple[int, ...]] = field(default_factory=dict)
    established_items: tuple[int, ...] = ()
    # Why the table cannot be used; empty where it can.
    problem: Message = NOTHING

    @property
    def has_leaves(self) -> bool:
        """Whether the table says anything about tracing."""
        return bool(self.leaves) and not self.problem

    @property
    def lacks_unique(self) -> bool:
        """Whether it is filed, and no row of it can hold a trace."""
        traceable = (*UNIQUE_LEAVES, TracingCell.K)
        return (
            self.has_leaves
            and not self.items
            and self.total > 0
            and not self.unique
            and not self.leaves.keys() & set(traceable)
        )

    @property
    def unique(self) -> int:
        """Arms uniquely identifiable: as filed, else the sum of the leaves."""
        return _as_filed_or(self.unique_filed, self.count(*UNIQUE_LEAVES))

    @property
    def not_unique(self) -> int:
        """Arms not uniquely identifiable: as filed, else the sum."""
        return _as_filed_or(self.not_unique_filed, self.count(*NOT_UNIQUE_LEAVES))

    @property
    def total(self) -> int:
        """All arms: as filed, else the subtotals and those not known."""
        known = self.unique + self.not_unique + self.count(TracingCell.K)
        return _as_filed_or(self.total_filed, known)

    def count(self, *wanted: TracingCell) -> int:
        """Sum cells; a blank one adds nothing."""
        return sum(self.leaves.get(cell, 0) for cell in wanted)


@dataclass(frozen=True, slots=True)
class YearTables:
    """All tracing tables of one country and year."""

    year: int
    # One table for each way of recovery that was filed or recorded.
    tables: Mapping[Acquisition, CellTable]
    # Count of records outside the indicator, by reason.
    left_out: Mapping[scope.Exclusion, int] = field(default_factory=dict)
    left_out_items: Mapping[scope.Exclusion, tuple[int, ...]] = field(
        default_factory=dict
    )

    def table(self, kind: Acquisition) -> CellTable:
        """Give the table of one way of recovery, an empty one where none is."""
        return self.tables.get(kind, EMPTY)

    @property
    def items(self) -> dict[str, tuple[int, ...]]:
        """The records under ``SEIZED.IN``, ``OUT.ANTIQUE`` and the like."""
        found = {
            f"{kind.value}.{cell.value}": behind
            for kind in Acquisition
            for cell, behind in self.table(kind).items.items()
        }
        out = {f"OUT.{why.value}": each for why, each in self.left_out_items.items()}
        return found | out


@dataclass(frozen=True, slots=True)
class RecoveredGroup:
    """Recovered items that are alike in everything that decides how they count."""

    year: int
    scope: scope.ScopeFacts
    facts: cells.RecoveryFacts
    count: int = 1
    # Their numbers; empty where only the count is wanted.
    items: tuple[int, ...] = ()


EMPTY = CellTable(leaves={})


def tables_of(groups: Iterable[RecoveredGroup]) -> dict[int, YearTables]:
    """Count recovered items into the tracing tables of their years.

    Every item stands in exactly one cell or under exactly one exclusion.

    Args:
        groups: Recovered items of any years, in any order; a group may be one.

    Source:
        UNODC illicit arms flows questionnaire, tables 5.1-5.3.
    """
    years: defaultdict[int, _Tally] = defaultdict(_Tally)
    for group in groups:
        years[group.year].add(group)
    return {year: years[year].tables(year) for year in sorted(years)}


@dataclass(slots=True)
class _Pile:
    """Records that count alike: how many, and which."""

    count: int = 0
    items: list[int] = field(default_factory=list)

    def add(self, group: RecoveredGroup) -> None:
        self.count += group.count
        self.items.extend(group.items)


class _Tally:
    """The counting of one year, while it goes on."""

    def __init__(self) -> None:
        self.cells: defaultdict[Acquisition, defaultdict[TracingCell, _Pile]]
        self.cells = defaultdict(lambda: defaultdict(_Pile))
        self.established: defaultdict[Acquisition, _Pile] = defaultdict(_Pile)
        self.left_out: defaultdict[scope.Exclusion, _Pile] = defaultdict(_Pile)

    def add(self, group: RecoveredGroup) -> None:
        reason = scope.exclusion_of(group.scope)
        kind = group.scope.recovery_kind
        if reason is not None or kind is None:
            self.left_out[reason or scope.Exclusion.NO_KIND].add(group)
            return
        cell = cells.tracing_cell(group.facts)
        way = ACQUISITION_OF[kind]
        self.cells[way][cell].add(group)
        if cell in UNTRACEABLE and group.facts.established is cells.Answer.YES:
            self.established[way].add(group)

    def tables(self, year: int) -> YearTables:
        return YearTables(
            year,
            {kind: self._table(kind) for kind in Acquisition if kind in self.cells},
            {reason: pile.count for reason, pile in self.left_out.items()},
            {reason: tuple(pile.items) for reason, pile in self.left_out.items()},
        )

    def _table(self, kind: Acquisition) -> CellTable:
        # In a register that is complete nothing is blank: no arm is zero arms.
        found = self.cells[kind]
        counted = {cell: found[cell] for cell in LEAVES}
        return CellTable(
            leaves={cell: pile.count for cell, pile in counted.items()},
            established=self.established[kind].count,
            items={cell: tuple(p.items) for cell, p in counted.items() if p.items},
            established_items=tuple(self.established[kind].items),
        )


def _as_filed_or(filed: int | None, computed: int) -> int:
    return computed if filed is None else filed
