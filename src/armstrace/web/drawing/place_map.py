"""Places of records on a map of their surroundings, with the length of a kilometre."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from armstrace.web.drawing.boundaries import Borders, Ring
from armstrace.web.drawing.route_map import Named, choose_names

WIDTH, LEAST_HEIGHT, MOST_HEIGHT = 560.0, 220.0, 420.0
# Share of the width that is left free on each side of the outermost places.
ROOM = 0.2

LEAST_DEGREES = 0.3
LEAST_R, MOST_R = 5.0, 14.0
KM_A_DEGREE = 111.2
LONGEST_BAR = 0.3
STEPS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its records; degrees north and east."""

    name: str
    north: float
    east: float
    count: int


@dataclass(frozen=True, slots=True)
class Dot(Named):
    r: float
    words: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn map."""

    width: float
    height: float
    # Outlines of the countries that are seen, as SVG path data.
    lands: tuple[str, ...]
    # The places, the largest first.
    dots: tuple[Dot, ...]
    # How many kilometres the bar of the scale is long.
    bar_km: int
    # Its length in pixels.
    bar: float
    # Where the borders come from.
    source: str


@dataclass(frozen=True, slots=True)
class View:
    """What part of the earth is seen; a degree east is drawn shorter than one north."""

    west: float
    top: float
    pixels: float
    shrink: float

    def place(self, east: float, north: float) -> tuple[float, float]:
        """Give pixels from the left and from the top."""
        x = (east - self.west) * self.shrink * self.pixels
        return round(x, 1), round((self.top - north) * self.pixels, 1)


def draw(places: Sequence[Place], borders: Borders) -> Drawn | None:
    """Draw places; None where there is none.

    Args:
        places: Each once.
    """
    if not places:
        return None
    view, height = _view(places)
    ordered = sorted(places, key=lambda each: (-each.count, each.name))
    spots = {each.name: view.place(each.east, each.north) for each in ordered}
    named = choose_names(list(spots), spots, {name: name for name in spots})
    most = ordered[0].count
    km = WIDTH / view.pixels * KM_A_DEGREE * LONGEST_BAR
    bar_km = max((step for step in STEPS_KM if step <= km), default=STEPS_KM[0])
    return Drawn(
        WIDTH,
        height,
        tuple(_outlines(borders, view, height)),
        tuple(_dot(each, spots[each.name], most, named) for each in ordered),
        bar_km,
        round(bar_km / KM_A_DEGREE * view.pixels, 1),
        borders.source,
    )


def _view(places: Sequence[Place]) -> tuple[View, float]:
    norths, easts = [p.north for p in places], [p.east for p in places]
    middle = (min(norths) + max(norths)) / 2
    shrink = max(0.1, math.cos(math.radians(middle)))
    across = max(LEAST_DEGREES, (max(easts) - min(easts)) * shrink)
    up = max(LEAST_DEGREES, max(norths) - min(norths))
    inner = 1 - 2 * ROOM
    pixels = min(WIDTH * inner / across, MOST_HEIGHT * inner / up)
    height = min(MOST_HEIGHT, max(LEAST_HEIGHT, up * pixels / inner))
    west = (min(easts) + max(easts)) / 2 - WIDTH / 2 / pixels / shrink
    return View(west, middle + height / 2 / pixels, pixels, shrink), round(height, 1)


def _outlines(borders: Borders, view: View, height: float) -> Iterator[str]:
    for land in borders.lands:
        for ring in land.rings:
            path = _outline(ring, view, height)
            if path:
                yield path


def _outline(ring: Ring, view: View, height: float) -> str:
    """Give the outline of a part of a country; empty where none of it is seen."""
    drawn = [view.place(*spot) for spot in ring]
    xs, ys = [x for x, _ in drawn], [y for _, y in drawn]
    is_seen = min(xs) < WIDTH and max(xs) > 0 and min(ys) < height and max(ys) > 0
    return f"M{'L'.join(f'{x:g} {y:g}' for x, y in drawn)}z" if is_seen else ""


def _dot(
    place: Place, spot: tuple[float, float], most: int, named: dict[str, str]
) -> Dot:
    x, y = spot
    r = LEAST_R + (MOST_R - LEAST_R) * math.sqrt((place.count - 1) / max(1, most - 1))
    is_east = x > 0.7 * WIDTH
    text_x = x - r - 4 if is_east else x + r + 4
    return Dot(
        named.get(place.name, ""),
        x,
        y,
        round(text_x, 1),
        round(r, 1),
        f"{place.name}: {place.count}",
    )
