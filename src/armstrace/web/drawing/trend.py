"""Lines over years, with intervals where they are known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from armstrace.web.drawing import scale
from armstrace.web.drawing.axes import Axes, Tick

DODGE = 5.0  # pixels between two lines at one year, so that intervals stay apart
LEFT, RIGHT, TOP, BOTTOM = 44.0, 16.0, 12.0, 26.0


@dataclass(frozen=True, slots=True)
class Point:
    """A value of one year."""

    # The year, or another whole number that is spaced evenly.
    year: int
    # The value; None leaves the line open.
    value: float | None
    # Lower end of the interval, None for none.
    low: float | None = None
    # Upper end of the interval, None for none.
    high: float | None = None
    # Address of what lies behind the value.
    href: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    value: float
    when: str
    low_y: float | None
    high_y: float | None
    href: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line: its pieces as point lists, and its dots."""

    name: str
    style: str
    pieces: tuple[str, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Axes):
    """A drawn chart, in pixels."""

    unit: str
    lines: tuple[Drawn, ...]
    breaks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True)
class Size:
    width: float = 640.0
    height: float = 240.0


def draw(
    series: Sequence[Series],
    *,
    unit: str = "",
    size: Size | None = None,
    words: Callable[[int], str] = str,
) -> Chart:
    """Place lines over years.

    Args:
        series: Lines; all share one axis.
        unit: Written after the axis values, such as ``%``.
        words: Says a year, or what else is spaced evenly.
    """
    size = size or Size()
    frame = _Frame.around(series, size)
    return Chart(
        width=size.width,
        height=size.height,
        left=LEFT,
        right=size.width - RIGHT,
        floor=size.height - BOTTOM,
        top=TOP,
        unit=unit,
        lines=tuple(
            _drawn(i, one, frame, words, dodge=DODGE * (i - (len(series) - 1) / 2))
            for i, one in enumerate(series)
        ),
        across=tuple(Tick(frame.x(y), words(y)) for y in frame.shown_years()),
        up=tuple(Tick(frame.y(t), f"{t:g}{unit}") for t in frame.ticks),
        breaks=tuple(Tick(frame.x(y), words(y)) for y in _broken(series)),
    )


def _broken(series: Sequence[Series]) -> list[int]:
    """Give the years inside the span for which no line has a value."""
    known = {p.year for one in series for p in one.points if p.value is not None}
    return [y for y in range(min(known), max(known)) if y not in known] if known else []


@dataclass(frozen=True, slots=True)
class _Frame:
    years: tuple[int, ...]
    ticks: tuple[float, ...]
    size: Size

    @classmethod
    def around(cls, series: Sequence[Series], size: Size) -> "_Frame":
        points = [point for one in series for point in one.points]
        years = sorted({point.year for point in points}) or [0]
        highs = [p.high if p.high is not None else p.value or 0.0 for p in points]
        span = tuple(range(years[0], years[-1] + 1))
        whole = all(float(high).is_integer() for high in highs)
        return cls(span, scale.ticks(max(highs, default=0.0), whole=whole), size)

    def x(self, year: int) -> float:
        room = self.size.width - LEFT - RIGHT - 24
        steps = max(1, len(self.years) - 1)
        shift = room / 2 if len(self.years) == 1 else 0.0
        return round(LEFT + 12 + shift + room * (year - self.years[0]) / steps, 1)

    def y(self, value: float) -> float:
        room = self.size.height - TOP - BOTTOM
        return round(self.size.height - BOTTOM - room * value / self.ticks[-1], 1)

    def shown_years(self) -> tuple[int, ...]:
        most = max(2, int((self.size.width - LEFT - RIGHT) / 52))
        every = -(-len(self.years) // most)
        return self.years[:: max(1, every)]


def _drawn(
    index: int,
    series: Series,
    frame: _Frame,
    words: Callable[[int], str],
    *,
    dodge: float,
) -> Drawn:
    pieces: list[list[str]] = [[]]
    dots: list[Dot] = []
    for point in sorted(series.points, key=lambda p: p.year):
        if point.value is None:
            pieces.append([])
            continue
        dot = _dot(point, point.value, frame, dodge, words(point.year))
        pieces[-1].append(f"{dot.x},{dot.y}")
        dots.append(dot)
    whole = tuple(" ".join(piece) for piece in pieces if len(piece) > 1)
    return Drawn(series.name, f"s{index % 4 + 1}", whole, tuple(dots))


def _dot(point: Point, value: float, frame: _Frame, dodge: float, when: str) -> Dot:
    return Dot(
        x=round(frame.x(point.year) + dodge, 1),
        y=frame.y(value),
        value=value,
        when=when,
        low_y=None if point.low is None else frame.y(point.low),
        high_y=None if point.high is None else frame.y(point.high),
        href=point.href,
    )
