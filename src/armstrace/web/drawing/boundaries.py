"""Borders of countries from a file, on the Equal Earth projection.

The file that comes along shows borders as Natural Earth draws them; a setting
names another one. A border on a map here is no statement on whose it is.
"""

import itertools
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.messages import message

WIDTH = 900.0
# Equal Earth spans 5.4125 across and 2.6342 up, in units of the globe's radius.
SCALE = WIDTH / (2 * 2.70630)
NORTH, SOUTH = 84.0, -60.0
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
ROOT = math.sqrt(3) / 2
CODE_NAMES = ("ISO_A2_EH", "ISO_A2", "iso_a2", "ISO3166-1-Alpha-2", "code")

type Spot = tuple[float, float]
type Ring = tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Land:
    """One country, drawn."""

    # ISO 3166 alpha-2; empty where the file gives none.
    code: str
    # Its outlines, as SVG path data.
    path: str
    # Centre of its largest part.
    middle: Spot
    # Its outlines, in degrees east and north.
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Borders:
    """A base map."""

    width: float
    height: float
    lands: tuple[Land, ...]
    # Where the borders come from, in words.
    source: str

    @property
    def middles(self) -> Mapping[str, Spot]:
        """Where each country stands, by code."""
        return {land.code: land.middle for land in self.lands if land.code}


def project(longitude_deg: float, latitude_deg: float) -> Spot:
    """Place a point of the globe on the map.

    Returns:
        Pixels from the left and from the top.

    Source:
        Šavrič, Patterson and Jenny, The Equal Earth map projection, Int. J.
        Geogr. Inf. Sci. 33 (2019), 454-465.
    """
    angle = math.asin(ROOT * math.sin(math.radians(latitude_deg)))
    square = angle * angle
    sixth = square**3
    slope = 9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1
    x = math.radians(longitude_deg) * math.cos(angle) / (ROOT * slope)
    y = angle * (A1 + A2 * square + sixth * (A3 + A4 * square))
    return WIDTH / 2 + SCALE * x, _TOP - SCALE * y


def read(path: str = "") -> Borders:
    """Read the borders of a file, the one that comes along where none is named.

    Args:
        path: A GeoJSON file whose features name their ISO 3166 code, or a file
            in the layout of the one that comes along.

    Raises:
        SourceUnavailable: The file cannot be read or holds no borders.
    """
    if not path:
        return _borders("", 0)
    try:
        changed = Path(path).stat().st_mtime_ns
    except OSError as error:
        msg = message(
            "ARMSTRACE_BOUNDARIES names %(path)s, which cannot be read.", path=str(path)
        )
        raise SourceUnavailable(msg) from error
    return _borders(path, changed)


@lru_cache(maxsize=2)
def _borders(path: str, changed: int) -> Borders:
    del changed
    text = (
        Path(path).read_text(encoding="utf-8")
        if path
        else resources.files(__package__)
        .joinpath("data", "countries.json")
        .read_text(encoding="utf-8")
    )
    try:
        document = json.loads(text)
        rings = dict(_geojson(document) if "features" in document else _own(document))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        msg = message(
            "%(path)s is not a file of borders; name a GeoJSON file of countries.",
            path=str(path),
        )
        raise SourceUnavailable(msg) from error
    lands = tuple(land for code, found in rings.items() for land in _lands(code, found))
    height = project(0, SOUTH)[1]
    return Borders(WIDTH, round(height, 1), lands, str(document.get("source", path)))


def _own(document: Mapping[str, Any]) -> Iterator[tuple[str, list[Ring]]]:
    unit = document["per_degree"]
    for code, packed in document["countries"].items():
        yield code, [tuple(_unpack(steps, unit)) for steps in packed]


def _unpack(steps: Sequence[int], unit: int) -> Iterator[Spot]:
    x = y = 0
    for along, up in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + along, y + up
        yield x / unit, y / unit


def _geojson(document: Mapping[str, Any]) -> Iterator[tuple[str, list[Ring]]]:
    found: dict[str, list[Ring]] = {}
    for feature in document["features"]:
        shape = feature["geometry"]
        named = feature.get("properties") or {}
        code = next((str(named[n]) for n in CODE_NAMES if named.get(n)), "")
        parts = shape["coordinates"]
        polygons = [parts] if shape["type"] == "Polygon" else parts
        rings = found.setdefault(code if len(code) == len("XX") else "", [])
        rings += [tuple((p[0], p[1]) for p in r) for part in polygons for r in part]
    yield from found.items()


def _lands(code: str, rings: Sequence[Ring]) -> Iterator[Land]:
    drawn = [tuple(project(*spot) for spot in ring) for ring in rings]
    drawn = [ring for ring in drawn if len(ring) > 2]
    if drawn:
        path = "".join(_path(ring) for ring in drawn)
        middle = _middle(max(drawn, key=lambda ring: abs(_area(ring))))
        yield Land(code, path, middle, tuple(rings))


def _path(ring: Ring) -> str:
    """Write a ring in whole pixels, each point relative to the last."""
    points: list[tuple[int, int]] = []
    for x, y in ring:
        point = round(x), round(y)
        if not points or points[-1] != point:
            points.append(point)
    if len(points) < 3:
        return ""
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in itertools.pairwise(points)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z"


def _area(ring: Ring) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def _middle(ring: Ring) -> Spot:
    area = _area(ring)
    if not area:
        return ring[0]
    x = y = 0.0
    for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x += (a[0] + b[0]) * cross
        y += (a[1] + b[1]) * cross
    return round(x / (6 * area), 1), round(y / (6 * area), 1)


def _height_of(latitude_deg: float) -> float:
    angle = math.asin(ROOT * math.sin(math.radians(latitude_deg)))
    square = angle * angle
    return SCALE * angle * (A1 + A2 * square + square**3 * (A3 + A4 * square))


_TOP = _height_of(NORTH)
