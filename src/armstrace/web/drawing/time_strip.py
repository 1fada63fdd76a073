"""Days on a strip, one lane a kind: dots for days with counts, bars for spans."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from armstrace.web.drawing import scale
from armstrace.web.drawing.axes import Tick

WIDTH, LEFT, RIGHT = 960.0, 40.0, 40.0
TOP, LANE, FOOT = 8.0, 64.0, 24.0
# How many dots stand beside each other at most; what is nearer is one dot.
BINS = 90
LEAST_R, MOST_R = 4.0, 11.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the strip; ``lane`` counts from 0."""

    lane: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Dot:
    """Things of about one day: where, how large, how many."""

    x: float
    y: float
    r: float
    count: int
    first: date
    last: date
    style: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days."""

    x: float
    y: float
    width: float
    style: str


@dataclass(frozen=True, slots=True)
class LaneDrawn:
    name: str
    text_y: float
    line_y: float


@dataclass(frozen=True, slots=True)
class Strip:
    """A drawn strip, in pixels."""

    width: float
    height: float
    lanes: tuple[LaneDrawn, ...]
    bars: tuple[Bar, ...]
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    floor: float


def draw(marks: Sequence[Mark], names: Sequence[str]) -> Strip | None:
    """Place marks on a strip; None where there are none.

    Args:
        marks: The things, in any order.
        names: Of the lanes, from the top.
    """
    if not marks:
        return None
    begin = min(mark.first for mark in marks)
    days = max(1, (max(mark.last for mark in marks) - begin).days)
    floor = TOP + LANE * len(names)

    def x(day: date) -> float:
        room = WIDTH - LEFT - RIGHT
        return round(LEFT + room * (day - begin).days / days, 1)

    spans = {mark for mark in marks if x(mark.last) - x(mark.first) > 2 * LEAST_R}
    return Strip(
        width=WIDTH,
        height=floor + FOOT,
        lanes=tuple(
            LaneDrawn(name, TOP + LANE * i + 14, _middle(i))
            for i, name in enumerate(names)
        ),
        bars=tuple(
            Bar(x(m.first), _middle(m.lane), x(m.last) - x(m.first), _style(m.lane))
            for m in sorted(spans, key=lambda m: (m.lane, m.first, m.last))
        ),
        dots=tuple(_dots([m for m in marks if m not in spans], begin, days, x)),
        ticks=tuple(_ticks(begin, days, x)),
        floor=floor,
    )


def _dots(
    marks: Sequence[Mark], begin: date, days: int, x: Callable[[date], float]
) -> Iterator[Dot]:
    binned: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        binned[mark.lane, BINS * (mark.first - begin).days // (days + 1)].append(mark)
    for (lane, _), some in sorted(binned.items()):
        first, last = min(m.first for m in some), max(m.last for m in some)
        radius = min(MOST_R, LEAST_R + len(some) ** 0.5 - 1)
        middle = first + (last - first) / 2
        yield Dot(
            x(middle), _middle(lane), radius, len(some), first, last, _style(lane)
        )


def _ticks(begin: date, days: int, x: Callable[[date], float]) -> Iterator[Tick]:
    """Mark years, or months where all lies within two years."""
    end = begin.toordinal() + days
    months = 12 if days > 730 else 1
    every = max(1, int(scale.ticks(days / (365.25 / 12 * months), wanted=8)[1]))
    year, month = begin.year, begin.month if months == 1 else 1
    while (day := date(year, month, 1)).toordinal() <= end:
        if day >= begin:
            yield Tick(x(day), f"{day:%Y}" if months == 12 else f"{day:%Y-%m}")
        month += every * months
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1


def _middle(lane: int) -> float:
    return TOP + LANE * lane + 46


def _style(lane: int) -> str:
    return f"s{lane % 4 + 1}"
