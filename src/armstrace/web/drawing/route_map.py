"""Routes over a map: from departure by transit to where the arms were recovered."""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from armstrace.analysis.statistics.routes import FoundRoute
from armstrace.web.drawing.boundaries import WIDTH, Borders, Land, Spot, project

THINNEST, THICKEST = 1.2, 7.0
BEND = 0.22
NAMED = 12
LABEL_HEIGHT, LABEL_WIDTH = 13.0, 95.0
EAST = 0.8 * WIDTH  # names of places beyond it stand to their left
# Where a country stands that the borders do not have: the own one in the open
# sea, others along the lower edge.
OPEN_SEA = (-32.0, 6.0)
EDGE_LATITUDE, EDGE_FROM, EDGE_STEP = -52.0, -150.0, 24.0


@dataclass(frozen=True, slots=True)
class Route(FoundRoute):
    """Arms that came the same way."""

    words: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    width: float
    is_known: bool
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Named:
    """A place with its name beside it; empty where another stands too near."""

    name: str
    x: float
    y: float
    text_x: float

    @property
    def anchor(self) -> str:
        """On which side of the place the name stands, as SVG has it."""
        return "end" if self.text_x < self.x else "start"


@dataclass(frozen=True, slots=True)
class Place(Named):
    code: str
    is_destination: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn map."""

    width: float
    height: float
    # Countries beneath the routes.
    lands: tuple[Land, ...]
    # Code of the own country.
    home: str
    # Routes, the thickest first.
    lines: tuple[Line, ...]
    # Countries that a route touches.
    places: tuple[Place, ...]
    # Countries that the borders do not have; their place is arbitrary.
    apart: tuple[str, ...]
    # Where the borders come from.
    source: str


def draw(
    routes: Sequence[Route], borders: Borders, *, home: str, names: Mapping[str, str]
) -> Drawn:
    """Draw routes over borders.

    Args:
        routes: The routes; a country on none of them is land only.
    """
    used = list(
        dict.fromkeys(
            code
            for route in sorted(routes, key=lambda each: -each.count)
            for code in (route.destination, route.departure, route.transit)
            if code
        )
    )
    apart = tuple(code for code in used if code not in borders.middles)
    spots = {**borders.middles, **_apart(apart, home)}
    most = max((route.count for route in routes), default=1)
    ends = {route.destination for route in routes}
    named = choose_names([code for code in used if code in spots], spots, names)
    return Drawn(
        borders.width,
        borders.height,
        borders.lands,
        home,
        tuple(
            _line(route, spots, most)
            for route in sorted(routes, key=lambda each: -each.count)
        ),
        tuple(
            _place(code, spots[code], named.get(code, ""), is_end=code in ends)
            for code in used
        ),
        apart,
        borders.source,
    )


def choose_names(
    codes: Sequence[str], spots: Mapping[str, Spot], names: Mapping[str, str]
) -> dict[str, str]:
    """Choose which places bear their name: the weightiest that leave room."""
    chosen: dict[str, str] = {}
    for code in codes:
        x, y = spots[code]
        is_free = all(
            abs(y - spots[other][1]) > LABEL_HEIGHT
            or abs(x - spots[other][0]) > LABEL_WIDTH
            for other in chosen
        )
        if is_free and len(chosen) < NAMED:
            chosen[code] = names.get(code, code)
    return chosen


def _apart(codes: Sequence[str], home: str) -> dict[str, Spot]:
    placed = {}
    edge = [code for code in codes if code != home]
    for place, code in enumerate(edge):
        placed[code] = project(EDGE_FROM + EDGE_STEP * place, EDGE_LATITUDE)
    if home in codes:
        placed[home] = project(*OPEN_SEA)
    return placed


def _line(route: Route, spots: Mapping[str, Spot], most: int) -> Line:
    stops = [route.departure, route.transit, route.destination]
    found = [spots[code] for code in stops if code]
    start = f"M{found[0][0]:.0f} {found[0][1]:.0f}"
    legs = "".join(_leg(a, b) for a, b in itertools.pairwise(found))
    width = THINNEST + (THICKEST - THINNEST) * math.sqrt(route.count / most)
    return Line(start + legs, round(width, 1), route.is_known, route.words, route.href)


def _leg(start: Spot, end: Spot) -> str:
    """Bend a leg to its left, so that there and back do not cover each other."""
    along, down = end[0] - start[0], end[1] - start[1]
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    bent = middle[0] + BEND * down, middle[1] - BEND * abs(along)
    return f"Q{bent[0]:.0f} {bent[1]:.0f} {end[0]:.0f} {end[1]:.0f}"


def _place(code: str, spot: Spot, name: str, *, is_end: bool) -> Place:
    x, y = spot
    is_east = x > EAST
    return Place(name, x, y, round(x + (-7.0 if is_east else 7.0), 1), code, is_end)
