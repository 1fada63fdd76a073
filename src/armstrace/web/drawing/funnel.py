"""Stages that narrow: how many came so far, and how many stopped before."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, BAR = 440.0, 44.0, 18.0
LEFT, RIGHT = 4.0, 60.0


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that arms reach."""

    name: str
    # How many came so far.
    count: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A drawn stage, in pixels: what came so far, and what was lost before."""

    name: str
    count: int
    href: str
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


def draw(stages: Sequence[Stage]) -> Funnel:
    """Place the stages beneath each other, sized by the first.

    Args:
        stages: Each holds no more than the one before.
    """
    first = stages[0].count if stages else 0
    room = WIDTH - LEFT - RIGHT
    before = [first, *(stage.count for stage in stages)]
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


def _step(stage: Stage, place: int, scale: float, before: int) -> Step:
    top = ROW * place
    length = round(scale * stage.count, 1)
    return Step(
        stage.name,
        stage.count,
        stage.href,
        y=top + 18,
        text_y=top + 13,
        number_y=top + 32,
        length=length,
        lost_x=LEFT + length,
        lost_length=round(scale * before, 1) - length,
    )
