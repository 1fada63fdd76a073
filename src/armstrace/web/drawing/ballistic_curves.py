"""Curves of a reference set's test: Tippett and reliability."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from armstrace.web.drawing.axes import Axes, Tick

WIDTH, HEIGHT = 460.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 14.0, 14.0, 42.0

type Pairs = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Curve:
    """One line."""

    # As the legend says it.
    name: str
    # (x, share) in order of x.
    points: Pairs
    # (x, low, high) beside the points; empty for none.
    intervals: Sequence[tuple[float, float, float]] = ()


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    style: str
    points: str
    dots: tuple[tuple[float, float, str], ...]
    bars: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves(Axes):
    """A drawn chart, in pixels; heights are shares from 0 to 1."""

    lines: tuple[Line, ...]
    marks: tuple[Tick, ...]
    diagonal: str


def draw(
    curves: Sequence[Curve],
    *,
    axis: str,
    span: tuple[float, float],
    marks: Sequence[tuple[float, str]] = (),
    has_diagonal: bool = False,
) -> Curves:
    """Place curves whose heights are shares.

    Args:
        curves: Lines; dots are drawn where intervals are given.
        span: First and last value of the axis.
        marks: Values at which a line stands, with words.
        has_diagonal: Draw what perfect agreement would be.
    """
    low, high = span
    wide, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(value: float) -> float:
        kept = min(max(value, low), high)
        return round(LEFT + wide * (kept - low) / ((high - low) or 1), 1)

    def y(share: float) -> float:
        return round(HEIGHT - BOTTOM - tall * min(max(share, 0.0), 1.0), 1)

    lines = [
        Line(
            name=one.name,
            style=f"s{number + 1}",
            points=" ".join(f"{x(a)},{y(b)}" for a, b in one.points),
            dots=tuple((x(a), y(b), f"{b:.3g}") for a, b in one.points)
            if one.intervals
            else (),
            bars=tuple((x(a), y(b), y(c)) for a, b, c in one.intervals),
        )
        for number, one in enumerate(curves)
    ]
    return Curves(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        floor=HEIGHT - BOTTOM,
        top=TOP,
        lines=tuple(lines),
        across=tuple(Tick(x(value), f"{value:g}") for value in _steps(low, high)),
        up=tuple(Tick(y(share), f"{share:g}") for share in (0, 0.25, 0.5, 0.75, 1)),
        axis=axis,
        marks=tuple(Tick(x(value), words) for value, words in marks),
        diagonal=f"{x(low)},{y(0)} {x(high)},{y(1)}" if has_diagonal else "",
    )


def _steps(low: float, high: float) -> list[float]:
    """Choose round values between two ends."""
    step = next(s for s in (0.25, 0.5, 1, 2, 5, 10, 20) if (high - low) / s <= 8)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(number * step, 3) for number in range(first, last + 1)]
