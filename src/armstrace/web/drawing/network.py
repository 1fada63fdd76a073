"""A network: a shape for each kind of record, a solid or dashed line for each link."""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from armstrace.web.drawing import scale

WIDTH, HEIGHT = 960.0, 560.0
WIDE_WIDTH, WIDE_HEIGHT = 1500.0, 1000.0
# So many things and more are drawn on a wider sheet, which scrolls.
WIDE_FROM = 70
# With more things the sheet grows, so that their words find room.
WIDE_HOLDS = 120
MARGIN_X, MARGIN_TOP, MARGIN_BOTTOM = 70.0, 28.0, 44.0
RADIUS, MIDDLE_RADIUS = 9.0, 13.0
LABEL_WIDTH, LINE_HEIGHT = 116.0, 13.0
# A line of words left out is as bad as three lines that run through them.
LEFT_OUT = 3
# With more lines, their words are in the table and in the titles alone.
MOST_LINE_WORDS = 24
SIDE_BY_SIDE = 7.0
ROW = 72.0


type Places = Mapping[str, tuple[float, float]]
type Box = tuple[float, float, float, float]
type Segments = NDArray[np.float64]


class Shape(StrEnum):
    """How a kind of record is drawn; the shapes differ without colour."""

    ARM = "M-9 -7H9V7H-9Z"
    RECOVERY = "M0 -11L11 0L0 11L-11 0Z"
    PARTY = "M9 0A9 9 0 1 1 -9 0A9 9 0 1 1 9 0Z"
    GROUP = "M-10 0L-5 -9H5L10 0L5 9H-5Z"
    PLACE = "M0 -10L10 8H-10Z"
    THING = "M-10 -5Q-10 -7 -8 -7H8Q10 -7 10 -5V5Q10 7 8 7H-8Q-10 7 -10 5Z"
    CASE = "M-9 -8H-2L1 -5H9V8H-9Z"
    LOSS = "M-9 -9L0 -4L9 -9L4 0L9 9L0 4L-9 9L-4 0Z"
    BUNDLE = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is drawn as one."""

    # By which joints name it.
    name: str
    shape: Shape
    # Its first line, such as its number.
    head: str
    # Its second line.
    words: str
    title: str
    href: str = ""
    # How many records it stands for.
    count: int = 1
    # Whether the picture is about it.
    is_middle: bool = False


@dataclass(frozen=True, slots=True)
class Joint:
    """A line between two things."""

    start: str
    end: str
    words: str
    title: str
    # Drawn dashed where it is, else solid.
    is_computed: bool
    # How many links it stands for.
    count: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    x: float
    y: float
    style: str
    anchor: str


@dataclass(frozen=True, slots=True)
class PlacedThing:
    x: float
    y: float
    radius: float
    thing: Thing
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class PlacedJoint:
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    joint: Joint
    words: str
    middle_x: float
    middle_y: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn network, in pixels."""

    width: float
    height: float
    things: tuple[PlacedThing, ...]
    joints: tuple[PlacedJoint, ...]


def inner_size(things: int, *, rows: int = 0) -> tuple[float, float]:
    """Give the width and height in which so many things are to be placed.

    Args:
        rows: In how many rows they stand; 0 where they stand in none.
    """
    width, height = _sheet(things, rows)
    return width - 2 * MARGIN_X, height - MARGIN_TOP - MARGIN_BOTTOM


def _sheet(things: int, rows: int) -> tuple[float, float]:
    width, height = (WIDE_WIDTH, WIDE_HEIGHT) if things > WIDE_FROM else (WIDTH, HEIGHT)
    more = max(1.0, math.sqrt(things / WIDE_HOLDS))
    width, height = round(more * width), round(more * height)
    return (width, rows * ROW + MARGIN_BOTTOM) if rows else (width, height)


def draw(
    things: Sequence[Thing],
    joints: Sequence[Joint],
    places: Places,
    *,
    rows: int = 0,
) -> Drawn:
    """Draw things at their places and the lines between them.

    Args:
        things: The weightiest first: their words find room before those of others.
        places: Of the things, within ``inner_size``.
        rows: As for ``inner_size``.
    """
    at = {name: (x + MARGIN_X, y + MARGIN_TOP) for name, (x, y) in places.items()}
    radius = {thing.name: _radius(thing) for thing in things}
    width, height = _sheet(len(things), rows)
    is_worded = len(joints) <= MOST_LINE_WORDS
    lines = tuple(
        _join(joint, at, radius, aside, is_worded=is_worded)
        for joint, aside in _side_by_side(joints)
    )
    placed = _label(things, at, radius, lines, (width, height))
    return Drawn(width, height, placed, lines)


def _radius(thing: Thing) -> float:
    if thing.shape is Shape.BUNDLE:
        return min(26.0, 13.0 + 4.0 * math.log10(max(1, thing.count)))
    return MIDDLE_RADIUS if thing.is_middle else RADIUS


@dataclass(frozen=True, slots=True)
class _Place:
    """Where words can stand beside a thing, and what they would cover there."""

    lines: tuple[Text, ...]
    box: Box


def _label(
    things: Iterable[Thing],
    at: Places,
    radius: Mapping[str, float],
    joints: Sequence[PlacedJoint],
    sheet: tuple[float, float],
) -> tuple[PlacedThing, ...]:
    """Put the words of each thing where they cover nothing and few lines cross them."""
    taken = _Taken(*sheet)
    ends = [(each.x1, each.y1, each.x2, each.y2) for each in joints]
    segments = np.array(ends).reshape(-1, 4)
    for name, (x, y) in at.items():
        reach = radius.get(name, RADIUS)
        taken.take((x - reach, y - reach, x + reach, y + reach))
    placed = []
    for thing in things:
        x, y = at[thing.name]
        reach = radius[thing.name]
        told = [(thing.head, "strong-text"), (thing.words, "quiet-text")]
        kept = [(scale.fit(text, LABEL_WIDTH), style) for text, style in told if text]
        free = [
            (LEFT_OUT * (len(kept) - count), number, place)
            for count in range(len(kept), 0, -1)
            for number, place in enumerate(_places(kept[:count], x, y, reach))
            if taken.is_free(place.box)
        ]
        lines: tuple[Text, ...] = ()
        if free:
            crossed = _count_crossed([place.box for _, _, place in free], segments)
            # Fewest lines through the words and words left out; then the first place.
            costs = [
                (cost + lost, number)
                for cost, (lost, number, _) in zip(crossed, free, strict=True)
            ]
            best = free[costs.index(min(costs))][2]
            taken.take(best.box)
            lines = best.lines
        placed.append(PlacedThing(x, y, reach, thing, lines))
    return tuple(placed)


def _places(
    told: Sequence[tuple[str, str]], x: float, y: float, reach: float
) -> Iterator[_Place]:
    """Give the places for words: below, above, to the right and to the left."""
    wide = max(len(text) for text, _ in told) * scale.CHARACTER_PX
    high = LINE_HEIGHT * len(told)
    for anchor, dx, top in (
        ("middle", 0.0, reach),
        ("middle", 0.0, -reach - high - 3),
        ("start", reach + 4, -high / 2 - 2),
        ("end", -reach - 4, -high / 2 - 2),
    ):
        left = x + dx - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        lines = tuple(
            Text(text, dx, top + LINE_HEIGHT * (line + 1), style, anchor)
            for line, (text, style) in enumerate(told)
        )
        yield _Place(lines, (left, y + top + 1, left + wide, y + top + high))


def _count_crossed(boxes: Sequence[Box], segments: Segments) -> list[int]:
    """Count for each box the segments that run through it, by clipping all at once."""
    start, along = segments[:, :2], segments[:, 2:] - segments[:, :2]
    along = np.where(along == 0, 1e-9, along)
    sides = np.array(boxes)[:, np.newaxis]
    low, high = (sides[..., :2] - start) / along, (sides[..., 2:] - start) / along
    near, far = np.minimum(low, high), np.maximum(low, high)
    enter = np.maximum(np.maximum(near[..., 0], near[..., 1]), 0.0)
    leave = np.minimum(np.minimum(far[..., 0], far[..., 1]), 1.0)
    crossed: list[int] = (enter < leave).sum(axis=1).tolist()
    return crossed


class _Taken:
    """Where something stands already, looked up by squares of the sheet."""

    SQUARE = 60.0

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._boxes: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def take(self, box: Box) -> None:
        for square in self._squares(box):
            self._boxes[square].append(box)

    def is_free(self, box: Box) -> bool:
        """Tell whether a box is on the sheet and nothing stands in it."""
        if min(box[:2]) < 0 or box[2] > self._width or box[3] > self._height:
            return False
        return not any(
            box[0] < other[2]
            and other[0] < box[2]
            and box[1] < other[3]
            and other[1] < box[3]
            for square in self._squares(box)
            for other in self._boxes[square]
        )

    def _squares(self, box: Box) -> Iterable[tuple[int, int]]:
        left, top, right, bottom = (int(side // self.SQUARE) for side in box)
        return itertools.product(range(left, right + 1), range(top, bottom + 1))


def _side_by_side(joints: Iterable[Joint]) -> Iterable[tuple[Joint, float]]:
    """Give each joint with how far it stands aside from the others of its two ends."""
    between: dict[frozenset[str], list[Joint]] = defaultdict(list)
    for joint in joints:
        between[frozenset((joint.start, joint.end))].append(joint)
    for each in between.values():
        middle = (len(each) - 1) / 2
        for place, joint in enumerate(each):
            aside = SIDE_BY_SIDE * (place - middle)
            yield joint, aside if joint.start <= joint.end else -aside


def _join(
    joint: Joint,
    at: Places,
    radius: Mapping[str, float],
    aside: float,
    *,
    is_worded: bool,
) -> PlacedJoint:
    (x1, y1), (x2, y2) = at[joint.start], at[joint.end]
    length = max(1.0, math.hypot(x2 - x1, y2 - y1))
    along, down = (x2 - x1) / length, (y2 - y1) / length
    left, right = radius[joint.start] + 1, radius[joint.end] + 1
    if left + right >= length:
        left = right = 0.0
    shift_x, shift_y = -down * aside, along * aside
    ends = (
        x1 + along * left + shift_x,
        y1 + down * left + shift_y,
        x2 - along * right + shift_x,
        y2 - down * right + shift_y,
    )
    x1, y1, x2, y2 = (round(each, 1) for each in ends)
    return PlacedJoint(
        x1,
        y1,
        x2,
        y2,
        min(5.0, 1.4 + 0.9 * math.log10(joint.count)),
        joint,
        joint.words if is_worded else "",
        (x1 + x2) / 2,
        (y1 + y2) / 2 + 2 * aside,
    )
