"""A figure over years, as numbers that a chart and its table share."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from armstrace.analysis.statistics.indicator import IndicatorValue


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a figure.

    Args:
        year: The label.
        window: The years it rests on.
        value: Percent; None where there is no figure, so the line breaks.
        low: Lower bound at 95 %, percent.
        high: Upper bound at 95 %, percent.
        change: Points since the figure before; None after a break.
        numerator: None where the figure is no single fraction.
        denominator: As ``numerator``.
    """

    year: int
    window: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    change: Decimal | None
    numerator: int | None
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
