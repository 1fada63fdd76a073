"""A network: a shape for each kind of record, a solid or dashed line for each link."""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from armstrace.web.drawing import scale

WIDTH, HEIGHT = 960.0, 560.0
WIDE_WIDTH, WIDE_HEIGHT = 1500.0, 1000.0
WIDE_FROM = 70
"""So many things and more are drawn on a wider sheet, which scrolls."""
MARGIN_X, MARGIN_TOP, MARGIN_BOTTOM = 70.0, 28.0, 44.0
RADIUS, MIDDLE_RADIUS = 9.0, 13.0
LABEL_WIDTH, LINE_HEIGHT = 116.0, 13.0
MOST_LINE_WORDS = 24
"""With more lines, their words are in the table and in the titles alone."""
SIDE_BY_SIDE = 7.0
ROW = 72.0


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
    """What is drawn as one.

    Args:
        name: By which joints name it.
        shape: Its outline.
        head: Its first line, such as its number.
        words: Its second line.
        title: All of it in words.
        href: Address that it opens.
        count: How many records it stands for.
        is_middle: Whether the picture is about it.
    """

    name: str
    shape: Shape
    head: str
    words: str
    title: str
    href: str = ""
    count: int = 1
    is_middle: bool = False


@dataclass(frozen=True, slots=True)
class Joint:
    """A line between two things.

    Args:
        words: What links them, in a few words.
        title: All of it in words.
        is_computed: Drawn dashed where it is, else solid.
        count: How many links it stands for.
    """

    start: str
    end: str
    words: str
    title: str
    is_computed: bool
    count: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    y: float
    style: str


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


type Places = Mapping[str, tuple[float, float]]
type Box = tuple[float, float, float, float]


def inner_size(things: int, *, rows: int = 0) -> tuple[float, float]:
    """Give the width and height in which so many things are to be placed.

    Args:
        rows: In how many rows they stand; 0 where they stand in none.
    """
    width, height = _sheet(things, rows)
    return width - 2 * MARGIN_X, height - MARGIN_TOP - MARGIN_BOTTOM


def _sheet(things: int, rows: int) -> tuple[float, float]:
    width, height = (WIDE_WIDTH, WIDE_HEIGHT) if things > WIDE_FROM else (WIDTH, HEIGHT)
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
        joints: The lines, each between two of the things.
        places: Of the things, within ``inner_size``.
        rows: As for ``inner_size``.
    """
    at = {name: (x + MARGIN_X, y + MARGIN_TOP) for name, (x, y) in places.items()}
    radius = {thing.name: _radius(thing) for thing in things}
    width, height = _sheet(len(things), rows)
    is_worded = len(joints) <= MOST_LINE_WORDS
    return Drawn(
        width,
        height,
        _label(things, at, radius),
        tuple(
            _join(joint, at, radius, aside, is_worded=is_worded)
            for joint, aside in _side_by_side(joints)
        ),
    )


def _radius(thing: Thing) -> float:
    if thing.shape is Shape.BUNDLE:
        return min(26.0, 13.0 + 4.0 * math.log10(max(1, thing.count)))
    return MIDDLE_RADIUS if thing.is_middle else RADIUS


def _label(
    things: Iterable[Thing], at: Places, radius: Mapping[str, float]
) -> tuple[PlacedThing, ...]:
    """Put the words of each thing below it, as far as they cover nothing."""
    taken = _Taken()
    for name, (x, y) in at.items():
        reach = radius.get(name, RADIUS)
        taken.take((x - reach, y - reach, x + reach, y + reach))
    placed = []
    for thing in things:
        x, y = at[thing.name]
        reach = radius[thing.name]
        lines = _lines(thing, reach)
        while lines and not taken.is_free(_box(x, y + reach, lines)):
            lines = lines[:-1]
        if lines:
            taken.take(_box(x, y + reach, lines))
        placed.append(PlacedThing(x, y, reach, thing, lines))
    return tuple(placed)


def _lines(thing: Thing, reach: float) -> tuple[Text, ...]:
    told = [(thing.head, "strong-text"), (thing.words, "quiet-text")]
    kept = [(text, style) for text, style in told if text]
    return tuple(
        Text(scale.fit(text, LABEL_WIDTH), reach + LINE_HEIGHT * (line + 1), style)
        for line, (text, style) in enumerate(kept)
    )


def _box(x: float, top: float, lines: tuple[Text, ...]) -> Box:
    half = max(len(line.text) for line in lines) * scale.CHARACTER_PX / 2
    return (x - half, top + 1, x + half, top + LINE_HEIGHT * len(lines))


class _Taken:
    """Where something stands already, looked up by squares of the sheet."""

    SQUARE = 60.0

    def __init__(self) -> None:
        self._boxes: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def take(self, box: Box) -> None:
        """Note that a box is taken."""
        for square in self._squares(box):
            self._boxes[square].append(box)

    def is_free(self, box: Box) -> bool:
        """Tell whether nothing stands in a box."""
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
