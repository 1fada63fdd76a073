"""What the indicator loses to each recorded reason why arms are not traced.

An arm that a method counts below the line and not above it has one reason. The
points of the reasons and the value of the figure add up to 100.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from armstrace.analysis.statistics import drill, wilson
from armstrace.analysis.statistics.indicator import (
    IndicatorValue,
    Method,
    years_of_window,
)
from armstrace.analysis.statistics.ratios import IDENTIFIED
from armstrace.analysis.statistics.tables import UNTRACEABLE
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.vocabulary.tracing import TraceException, TraceOutcome, TracingCell


class Obstacle(Code):
    """Why an arm is not traced, where no decision on a trace says it."""

    MARK_UNKNOWN = "MARK_UNKNOWN", "not known whether the arm is marked"
    PARTLY_READ = "PARTLY_READ", "mark read in part, and no one arm found by it"
    TAMPERED = "TAMPERED", "mark erased or altered, and not restored"
    NEVER_MARKED = "NEVER_MARKED", "never marked"
    ILLICITLY_MADE = "ILLICITLY_MADE", "illicitly made, without a unique mark"
    NO_DECISION = "NO_DECISION", "no decision: nobody opened a trace"
    OPEN = "OPEN", "trace open, no answer yet"
    CLOSED = "CLOSED", "trace closed without a stated outcome"


type Reason = Obstacle | TraceException | TraceOutcome
OF_CELL: Mapping[TracingCell, Reason] = {
    TracingCell.K: Obstacle.MARK_UNKNOWN,
    TracingCell.NI: Obstacle.ILLICITLY_MADE,
    TracingCell.NE: Obstacle.TAMPERED,
    TracingCell.PE: Obstacle.OPEN,
    TracingCell.LO: TraceOutcome.NO_DIVERSION,
}


@dataclass(frozen=True, slots=True)
class Untraced:
    """Recovered arms that are alike in where they count and why they stopped."""

    year: int
    kind: Acquisition
    cell: TracingCell
    is_established: bool
    serial_status: SerialStatus
    # Code of the ground on which a person excepted them; or empty.
    exception: str = ""
    # Code of how their trace ended; or empty.
    outcome: str = ""
    count: int = 1

    @property
    def reason(self) -> Reason:
        """The one reason why they are not traced."""
        if self.cell is TracingCell.NX:
            is_bare = self.serial_status is SerialStatus.NEVER_MARKED
            return Obstacle.NEVER_MARKED if is_bare else Obstacle.PARTLY_READ
        if self.cell is TracingCell.NO:
            excepted = self.exception in TraceException.__members__
            return TraceException[self.exception] if excepted else Obstacle.NO_DECISION
        if self.cell is TracingCell.AT:
            ended = self.outcome in TraceOutcome.__members__
            return TraceOutcome[self.outcome] if ended else Obstacle.CLOSED
        return OF_CELL[self.cell]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one reason costs."""

    reason: Reason
    # Arms that stopped for it, of all years of the figure.
    count: int
    # Percentage points that the figure would gain if the origin of each of them were
    # established, and nothing else changed; exact.
    points: Fraction

    @property
    def points_as_written(self) -> Decimal:
        """The points with two decimals, as every list writes them."""
        return wilson.percent(self.points / 100)


def is_lost(arms: Untraced, figure: IndicatorValue) -> bool:
    """Tell whether a figure counts arms below its line and not above it."""
    method = figure.method
    if arms.year not in years_of_window(figure):
        return False
    if arms.kind not in drill.kinds_counted(method):
        return False
    if arms.cell not in drill.cells_below(method) or arms.cell in IDENTIFIED:
        return False
    counts_established = method is Method.METADATA and arms.cell in UNTRACEABLE
    return not (counts_established and arms.is_established)


def costs_of(groups: Iterable[Untraced], figure: IndicatorValue) -> tuple[Cost, ...]:
    """Give what each reason costs a figure, the dearest first.

    The points are of this method alone: an arm that the method leaves out costs
    it nothing. They are no forecast, for not every arm can be traced.

    Args:
        groups: All counted arms of the years of the figure.
        figure: A figure with a value, computed from the same records.

    Source:
        Metadata of SDG indicator 16.4.2 (2018), disaggregation by level of
        tracing; design.
    """
    weights = _points_of_an_arm(figure)
    counts: defaultdict[Reason, int] = defaultdict(int)
    points: defaultdict[Reason, Fraction] = defaultdict(Fraction)
    for arms in groups:
        if arms.year in weights and is_lost(arms, figure):
            counts[arms.reason] += arms.count
            points[arms.reason] += arms.count * weights[arms.year]
    costs = (Cost(reason, counts[reason], points[reason]) for reason in counts)
    return tuple(sorted(costs, key=lambda each: (-each.points, str(each.reason.value))))


def _points_of_an_arm(figure: IndicatorValue) -> dict[int, Fraction]:
    """Give the points that one arm of each year is worth to a figure."""
    years = years_of_window(figure)
    if figure.value is None:
        return {}
    if figure.denominator is not None:
        return dict.fromkeys(years, Fraction(100, figure.denominator))
    shares = {int(part.name): part.denominator for part in figure.parts}
    return {year: Fraction(100, len(shares) * shares[year]) for year in shares}
