"""What charts with axes share: the frame, and ticks along it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tick:
    """Words at a place along an axis."""

    at: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A lying or standing bar, in pixels."""

    x: float
    y: float
    width: float
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """The frame of a chart, in pixels.

    Args:
        left: Where the axis of heights stands.
        right: Where the other axis ends.
        floor: The height at which that axis lies.
        top: The height of the largest value.
        across: Ticks along the floor.
        up: Ticks of the heights.
        axis: What runs along the floor; empty where it needs no words.
    """

    width: float
    height: float
    left: float
    right: float
    floor: float
    top: float
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    axis: str = ""
