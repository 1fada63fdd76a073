"""Read models of figures, as the doors show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from armstrace.analysis.statistics.indicator import SIDE_BY_SIDE, IndicatorValue, Method
from armstrace.analysis.statistics.ratios import TRACED
from armstrace.recoveries.queries.rows import ItemRow
from armstrace.vocabulary.arms import ArmType, ItemKind
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.vocabulary.tracing import TracingCell


@dataclass(frozen=True, slots=True)
class PartRequest:
    """Which records behind a figure are wanted."""

    year: int
    method: Method
    # As ``statistics.drill.part_items`` names it: ``NUMERATOR``, ``SEIZED.IN``,
    # ``OUT.ANTIQUE``, ``LO``.
    part: str
    # As known at that moment; now where None.
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class CountedRecord(ItemRow):
    """One record behind a figure; an item that is no arm has no marks here.

    Args:
        recovery_id: Number of the recovery; 0 for what became of a registered
            arm, which ``arm_id`` then names.
        arm_id: Number of the registered arm; None for a recovery.
        quantity: Pieces or rounds; None for an arm, or where not stated.
    """

    item_kind: ItemKind
    arm_type: ArmType
    make: str
    model: str
    serial_status: SerialStatus
    arm_id: int | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class TracingRow:
    """One row of the tracing tables, for all ways of recovery."""

    cell: TracingCell
    # Arms by way of recovery; a way without any arm is absent.
    counts: Mapping[Acquisition, int]
    total: int


@dataclass(frozen=True, slots=True)
class TypeFigures:
    """The figures of one type of arm, in the order of the methods asked for."""

    arm_type: ArmType
    figures: tuple[IndicatorValue, ...]


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """All that the page of one year shows."""

    year: int
    years: tuple[int, ...]
    # The state of knowledge; now where None.
    as_of: datetime | None
    figures: tuple[IndicatorValue, ...]
    # The figures of the years by both main definitions.
    trends: Mapping[Method, tuple[IndicatorValue, ...]]
    rows: tuple[TracingRow, ...]

    @property
    def main_first(self) -> list[IndicatorValue]:
        """The figures of the year, the two main definitions first."""
        return sorted(self.figures, key=lambda one: one.method not in SIDE_BY_SIDE)

    @property
    def by_year(self) -> list[tuple[int, tuple[IndicatorValue, ...]]]:
        """Each year's value by each of the two main definitions."""
        both = zip(*self.trends.values(), strict=True)
        return list(zip(self.years, both, strict=True))

    @property
    def diversions_found(self) -> dict[str, int] | None:
        """How the points of diversion counted by the metadata were found."""
        one = next((f for f in self.figures if f.method is Method.METADATA), None)
        both = one.numerator_and_denominator if one else None
        if both is None:
            return None
        traced = sum(row.total for row in self.rows if row.cell in TRACED)
        return {"traced": traced, "otherwise": both[0] - traced, "whole": both[1]}


@dataclass(frozen=True, slots=True)
class KeptFigure:
    """A figure as it was kept."""

    figure_id: int
    method: Method
    method_version: str
    year: int
    as_of: datetime
    window: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    content_hash: str
    kept_at: datetime
    kept_by: str
