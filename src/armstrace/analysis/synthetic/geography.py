"""Varnia: an invented country with its regions, towns and neighbours.

Its code XV is one that ISO 3166 leaves to users; ``data/places.toml`` has the places.
"""

from dataclasses import dataclass

from armstrace.vocabulary.packaged import read_table

HOME = "XV"
NAME = "Varnia"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of Varnia; degrees north and east."""

    name: str
    region: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Town(Spot):
    """A town; its weight is its share of people, in no unit."""

    weight: int


@dataclass(frozen=True, slots=True)
class Crossing(Spot):
    """A place where goods and people enter Varnia."""

    # Code of the kind of place.
    kind: str
    # ISO 3166 alpha-2 of the State beyond, empty at sea and in the air.
    beyond: str


PLACES = read_table(__package__, "data/places.toml")
TOWNS = tuple(
    Town(
        name,
        region,
        round(north + 0.11 * place * (-1) ** place, 4),
        round(east + 0.17 * place, 4),
        max(1, weight // (place + 1)),
    )
    for region, (north, east, names, weight) in PLACES["regions"].items()
    for place, name in enumerate(names.split("|"))
)
_SPREAD = tuple(town for town in TOWNS for _ in range(town.weight))

CROSSINGS = tuple(Crossing(name, *told) for name, told in PLACES["posts"].items())


def town(draw: float) -> Town:
    """Give the town on which a draw in [0, 1) falls, large ones more often."""
    return _SPREAD[int(draw * len(_SPREAD))]


def crossing(draw: float) -> Crossing:
    """Give the crossing on which a draw in [0, 1) falls."""
    return CROSSINGS[int(draw * len(CROSSINGS))]
