"""Stages that narrow: how many came so far, and how many stopped before."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, BAR = 440.0, 44.0, 18.0
LEFT, RIGHT = 4.0, 60.0


@dataclass(frozen=True, slots=True)
class Step:
    """A drawn stage, in pixels: what came so far, and what was lost before."""

    name: str
    count: int
    y: float
    text_y: float
    number_y: float
    length: float
    lost_x: float
    lost_length: float


@dataclass(frozen=True, slots=True)
class Funnel:
    width: float
    height: float
    left: float
    bar: float
    number_x: float
    steps: tuple[Step, ...]


def draw(stages: Sequence[tuple[str, int]]) -> Funnel:
    """Place the stages beneath each other, sized by the first.

    Args:
        stages: Name and how many came so far; no more than at the one before.
    """
    first = stages[0][1] if stages else 0
    room = WIDTH - LEFT - RIGHT
    before = [first, *(count for _, count in stages)]
    return Funnel(
        WIDTH,
        ROW * len(stages),
        LEFT,
        BAR,
        WIDTH,
        tuple(
            _step(stage, place, room / first if first else 0.0, before[place])
            for place, stage in enumerate(stages)
        ),
    )


def _step(stage: tuple[str, int], place: int, scale: float, before: int) -> Step:
    name, count = stage
    top = ROW * place
    length = round(scale * count, 1)
    return Step(
        name,
        count,
        y=top + 18,
        text_y=top + 13,
        number_y=top + 32,
        length=length,
        lost_x=LEFT + length,
        lost_length=round(scale * before, 1) - length,
    )
