"""Bars over whole or even steps: angles of cells, counts of known pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from armstrace.web.drawing import axes, scale
from armstrace.web.drawing.axes import Axes, Tick

WIDTH, HEIGHT = 640.0, 220.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 12.0, 26.0, 40.0
MOST_LABELS = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar(axes.Bar):
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A line at one value, such as this comparison's count."""

    x: float
    words: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Axes):
    """A drawn chart, in pixels."""

    names: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]
    unit: str
    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands beside the axes."""

    axis: str
    # Written after heights, such as ``%``.
    unit: str = ""
    # Written after steps, such as ``°``.
    step_unit: str = ""


def draw(
    series: Mapping[str, Mapping[float, float]],
    labels: Labels,
    *,
    steps: Sequence[float],
    marker: tuple[float, str] | None = None,
) -> Bars:
    """Place bars side by side at each step.

    Args:
        series: Height at each step, by name; at most four names.
        steps: Even steps of the axis, in order.
        marker: A value among the steps, and its words.
    """
    steps = list(steps) or [0.0]
    highest = max((v for one in series.values() for v in one.values()), default=0.0)
    ticks = scale.ticks(highest)
    room = (WIDTH - LEFT - RIGHT) / len(steps)
    floor, tall = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    wide = room * 0.86 / max(1, len(series))
    bars = [
        Bar(
            x=round(LEFT + room * place + room * 0.07 + wide * number, 1),
            y=round(floor - tall * one[step] / ticks[-1], 1),
            width=max(0.8, round(wide - 0.5, 1)),
            height=round(tall * one[step] / ticks[-1], 1),
            style=f"s{number + 1}",
            words=f"{name}: {step:g}{labels.step_unit}, {one[step]:.4g}{labels.unit}",
        )
        for number, (name, one) in enumerate(series.items())
        for place, step in enumerate(steps)
        if one.get(step)
    ]
    every = -(-len(steps) // MOST_LABELS)
    return Bars(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        floor=floor,
        top=TOP,
        names=tuple((f"s{i + 1}", name) for i, name in enumerate(series)),
        bars=tuple(bars),
        across=tuple(
            Tick(round(LEFT + room * (i + 0.5), 1), f"{step:g}{labels.step_unit}")
            for i, step in enumerate(steps)
            if i % every == 0
        ),
        up=tuple(
            Tick(round(floor - tall * t / ticks[-1], 1), f"{t:g}{labels.unit}")
            for t in ticks
        ),
        axis=labels.axis,
        unit=labels.unit,
        marker=_marker(marker, steps, room),
    )


def _marker(
    marker: tuple[float, str] | None, steps: Sequence[float], room: float
) -> Marker | None:
    if marker is None:
        return None
    value, words = marker
    span = (steps[-1] - steps[0]) or 1.0
    place = min(1.0, max(0.0, (value - steps[0]) / span)) * (len(steps) - 1)
    x = round(LEFT + room * (place + 0.5), 1)
    return Marker(x, words, "end" if x > WIDTH / 2 else "start")
