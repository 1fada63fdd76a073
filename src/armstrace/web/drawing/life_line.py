"""The chain as a horizontal life line from manufacture to recovery."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from armstrace.web.drawing import scale

MARGIN = 84.0
LEAST = 88.0
LEAST_GAP = 150.0
LINE_Y = 112.0
BELOW_Y = LINE_Y + 36.0
ROW = 15.0
SPAN_HEIGHT = 22.0


class Mood(StrEnum):
    """How a stop is drawn; the words beside it say the same."""

    PLAIN = "plain"
    ALARM = "alarm"
    END = "end"


@dataclass(frozen=True, slots=True)
class Stop:
    """An event on the line, in the order of time."""

    # When; None where not known.
    on: date | None
    # What happened, in a few words.
    title: str
    # The date as it is written on the page.
    when: str
    # Where, empty where not known.
    place: str = ""
    # Address of the record, empty for none.
    href: str = ""
    mood: Mood = Mood.PLAIN
    # Words of a highlight, such as a proposed point of diversion.
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Who held the arm between two stops (indexes; both included)."""

    name: str
    first: int
    last: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch that the records do not cover, after a stop."""

    after: int
    words: str


@dataclass(frozen=True, slots=True)
class Border:
    """A border crossed at a stop."""

    at: int
    words: str


@dataclass(frozen=True, slots=True)
class LifeLine:
    stops: tuple[Stop, ...]
    spans: tuple[Span, ...] = ()
    gaps: tuple[Gap, ...] = ()
    borders: tuple[Border, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    y: float
    style: str


@dataclass(frozen=True, slots=True)
class PlacedStop:
    x: float
    y: float
    stop: Stop
    lines: tuple[Line, ...]
    leader_from: float
    leader_to: float


@dataclass(frozen=True, slots=True)
class PlacedSpan:
    x: float
    y: float
    width: float
    height: float
    middle: float
    text_y: float
    name: str
    full_name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the line; dashed where it is a gap."""

    x1: float
    x2: float
    y: float
    words: str
    middle: float


@dataclass(frozen=True, slots=True)
class PlacedBorder:
    """A crossing: ticks on the line, dots down to its words, clear of labels."""

    x: float
    words: str
    dots_from: float
    dots_to: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn life line, in pixels."""

    width: float
    height: float
    stops: tuple[PlacedStop, ...]
    spans: tuple[PlacedSpan, ...]
    stretches: tuple[Stretch, ...]
    borders: tuple[PlacedBorder, ...]


def draw(life: LifeLine, *, width: float = 960.0) -> Picture:
    """Place a life line; it grows wider than asked when stops need room.

    Args:
        life: Stops in the order of time, with what lies between them.
        width: Width to fill, in pixels.
    """
    places = stop_places(life, width)
    right = (places[-1] if places else MARGIN) + MARGIN
    stops = tuple(_place_stop(i, s, places[i]) for i, s in enumerate(life.stops))
    lane = _lane(stops)
    return Picture(
        width=round(right, 1),
        height=lane + SPAN_HEIGHT + 34,
        stops=stops,
        spans=tuple(_place_span(span, places, lane) for span in life.spans if places),
        stretches=_stretches(life, places),
        borders=tuple(_place_border(b, stops[b.at], lane) for b in life.borders),
    )


def _lane(stops: Sequence[PlacedStop]) -> float:
    """Give the top of the holders' lane, below the lowest label."""
    lowest = max((stop.lines[-1].y for stop in stops if stop.lines), default=0.0)
    return max(lowest, BELOW_Y + 2 * ROW) + 16


def _place_border(border: Border, stop: PlacedStop, lane: float) -> PlacedBorder:
    is_below = stop.lines[-1].y > LINE_Y
    start = stop.lines[-1].y + 6 if is_below else LINE_Y + 14
    return PlacedBorder(stop.x, border.words, start, lane + SPAN_HEIGHT + 6)


def stop_places(life: LifeLine, width: float) -> list[float]:
    """Give the x of each stop: by date, but far enough apart to read."""
    count = len(life.stops)
    if count == 0:
        return []
    gaps = {gap.after for gap in life.gaps}
    lengths = [_days(life.stops[i], life.stops[i + 1]) for i in range(count - 1)]
    least = [LEAST_GAP if i in gaps else LEAST for i in range(count - 1)]
    widths = scale.spread(lengths, least, width - 2 * MARGIN)
    places = [MARGIN]
    for step in widths:
        places.append(round(places[-1] + step, 1))
    return places


def _days(one: Stop, other: Stop) -> float:
    if one.on is None or other.on is None:
        return 0.0
    return float(max(0, (other.on - one.on).days))


def _place_stop(index: int, stop: Stop, x: float) -> PlacedStop:
    above = index % 2 == 0
    rows = [(row, "halo-text") for row in scale.wrap(stop.flag, 2 * LEAST - 6) if row]
    rows += [(row, "strong-text") for row in scale.wrap(stop.title, 2 * LEAST - 10)]
    rows.append((stop.when, "quiet-text"))
    if stop.place:
        rows.append((scale.fit(stop.place, 2 * LEAST - 10), "quiet-text"))
    top = LINE_Y - 34 - ROW * (len(rows) - 1) if above else BELOW_Y
    lines = tuple(
        Line(text, top + ROW * i, style) for i, (text, style) in enumerate(rows)
    )
    return PlacedStop(
        x=x,
        y=LINE_Y,
        stop=stop,
        lines=lines,
        leader_from=LINE_Y - 28 if above else LINE_Y + 8,
        leader_to=LINE_Y - 8 if above else LINE_Y + 24,
    )


def _place_span(span: Span, places: Sequence[float], lane: float) -> PlacedSpan:
    last = min(span.last, len(places) - 1)
    left, right = places[span.first], places[last]
    if right - left < 6:
        right = left + LEAST - 8
    left, right = left + 2, right - 2
    return PlacedSpan(
        x=round(left, 1),
        y=lane,
        width=round(right - left, 1),
        height=SPAN_HEIGHT,
        middle=round((left + right) / 2, 1),
        text_y=lane + 15,
        name=scale.fit(span.name, right - left - 8),
        full_name=span.name,
        kind=span.kind,
    )


def _stretches(life: LifeLine, places: Sequence[float]) -> tuple[Stretch, ...]:
    words = {gap.after: gap.words for gap in life.gaps}
    return tuple(
        Stretch(
            x1=places[i],
            x2=places[i + 1],
            y=LINE_Y,
            words=words.get(i, ""),
            middle=round((places[i] + places[i + 1]) / 2, 1),
        )
        for i in range(len(places) - 1)
    )
