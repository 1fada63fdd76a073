"""A figure over years, as numbers that a chart and its table share."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from armstrace.analysis.statistics.indicator import IndicatorValue


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a figure."""

    year: int
    window: str
    # Percent; None where there is no figure, so the line breaks.
    value: Decimal | None
    # Lower bound at 95 %, percent.
    low: Decimal | None
    # Upper bound at 95 %, percent.
    high: Decimal | None
    # Points since the figure before; None after a break.
    change: Decimal | None
    # None where the figure is no single fraction.
    numerator: int | None
    # As ``numerator``.
    denominator: int | None


def points_of(figures: Sequence[IndicatorValue]) -> tuple[Point, ...]:
    """Lay out figures as points; a year without one breaks the line.

    Args:
        figures: Figures of one method, by ascending year.
    """
    points: list[Point] = []
    for figure in figures:
        before = points[-1] if points else None
        points.append(
            Point(
                figure.year,
                figure.window,
                figure.value,
                figure.interval.low if figure.interval else None,
                figure.interval.high if figure.interval else None,
                _change(before, figure),
                figure.numerator,
                figure.denominator,
            )
        )
    return tuple(points)


def _change(before: Point | None, figure: IndicatorValue) -> Decimal | None:
    if before is None or before.value is None or figure.value is None:
        return None
    return figure.value - before.value if before.year == figure.year - 1 else None
