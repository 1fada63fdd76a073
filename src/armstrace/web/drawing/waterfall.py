"""Evidence added up: bits for and against, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass

from armstrace.web.drawing import axes

# The figures stand beside the names, where a narrow screen shows them first.
NAMES, FIGURES, BARS = 150.0, 44.0, 320.0
LEFT = NAMES + FIGURES + 12
ROW, BAR = 24.0, 14.0


@dataclass(frozen=True, slots=True)
class Step:
    """What one field adds, in bits; below zero speaks against."""

    name: str
    bits: float
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar(axes.Bar):
    step: Step
    text_y: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    width: float
    height: float
    zero: float
    bar_height: float
    value_x: float
    bars: tuple[Bar, ...]


def draw(steps: Sequence[Step], *, total_name: str) -> Waterfall:
    """Place a waterfall that ends in a bar of the total.

    Args:
        steps: In the order in which they are added.
    """
    reached = [0.0]
    for step in steps:
        reached.append(reached[-1] + step.bits)
    low, high = min(reached), max(reached)
    per_bit = BARS / max(1.0, high - low)

    def x(bits: float) -> float:
        return round(LEFT + (bits - low) * per_bit, 1)

    bars = [
        _bar(i, step, (x(min(reached[i : i + 2])), x(max(reached[i : i + 2]))))
        for i, step in enumerate(steps)
    ]
    total = Step(total_name, reached[-1])
    ends = sorted((x(0.0), x(reached[-1])))
    bars.append(_bar(len(steps), total, (ends[0], ends[1]), "total"))
    return Waterfall(
        width=LEFT + BARS + 2,
        height=ROW * len(bars) + 6,
        zero=x(0.0),
        bar_height=BAR,
        value_x=NAMES + FIGURES,
        bars=tuple(bars),
    )


def _bar(index: int, step: Step, ends: tuple[float, float], style: str = "") -> Bar:
    return Bar(
        step=step,
        x=ends[0],
        y=ROW * index + 5,
        width=max(1.0, round(ends[1] - ends[0], 1)),
        text_y=ROW * index + 16,
        style=style or ("for" if step.bits >= 0 else "against"),
    )
