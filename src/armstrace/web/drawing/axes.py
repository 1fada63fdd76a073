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
    """The frame of a chart, in pixels."""

    width: float
    height: float
    # Where the axis of heights stands.
    left: float
    # Where the other axis ends.
    right: float
    # The height at which that axis lies.
    floor: float
    # The height of the largest value.
    top: float
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    # What runs along the floor; empty where it needs no words.
    axis: str = ""
