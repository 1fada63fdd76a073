"""Varnia: an invented country with its regions, towns and neighbours.

Its code XV is one that ISO 3166 leaves to users, and its towns lie in the
middle of an ocean, so that nobody takes them for real ones.
"""

from typing import NamedTuple

HOME = "XV"
NAME = "Varnia"
NEIGHBOURS = ("XS", "XT")
"""Sorrava in the east and Tarnland in the south."""


class Town(NamedTuple):
    """A town of Varnia.

    Args:
        name: Its name.
        region: Name of its region.
        latitude: Degrees north.
        longitude: Degrees east.
        weight: Its share of people, in no unit.
    """

    name: str
    region: str
    latitude: float
    longitude: float
    weight: int


class Crossing(NamedTuple):
    """A place where goods and people enter Varnia.

    Args:
        name: Its name.
        region: Name of its region.
        kind: Code of the kind of place.
        latitude: Degrees north.
        longitude: Degrees east.
        beyond: ISO 3166 alpha-2 of the State beyond, empty at sea and in the air.
    """

    name: str
    region: str
    kind: str
    latitude: float
    longitude: float
    beyond: str


_REGIONS = {
    "Sverin": (46.6, -30.1, "Sverin|Altkroon|Brevno|Dalmin|Estrova", 34),
    "Ostmark": (46.9, -28.4, "Ostrel|Karvin|Milna|Teplin", 17),
    "Harvest": (45.8, -29.2, "Harvel|Ginst|Lopatin|Rudna", 12),
    "Litoral": (46.1, -32.0, "Portavar|Salm|Vessin|Corvana", 16),
    "Tarn Valley": (44.9, -30.4, "Tarnov|Ulmin|Prestel", 8),
    "High Fells": (47.9, -29.6, "Fellheim|Skarn|Ivarra", 5),
    "Southgate": (44.6, -28.9, "Granova|Pelin|Zastrel", 9),
    "Lake Country": (47.4, -31.2, "Jezerin|Mosvale|Quill", 7),
    "Isles": (46.8, -33.4, "Isolmar|Tern", 2),
}


def _towns() -> tuple[Town, ...]:
    found = []
    for region, (north, east, names, weight) in _REGIONS.items():
        for place, name in enumerate(names.split("|")):
            found.append(
                Town(
                    name,
                    region,
                    round(north + 0.11 * place * (-1) ** place, 4),
                    round(east + 0.17 * place, 4),
                    max(1, weight // (place + 1)),
                )
            )
    return tuple(found)


TOWNS = _towns()
_SPREAD = tuple(town for town in TOWNS for _ in range(town.weight))

CROSSINGS = (
    Crossing("Milna Bridge", "Ostmark", "LAND_BORDER", 46.95, -28.05, "XS"),
    Crossing("Teplin Road", "Ostmark", "LAND_BORDER", 46.71, -27.98, "XS"),
    Crossing("Granova Pass", "Southgate", "LAND_BORDER", 44.41, -28.93, "XT"),
    Crossing("Pelin Station", "Southgate", "LAND_BORDER", 44.52, -28.61, "XT"),
    Crossing("Portavar Harbour", "Litoral", "SEAPORT", 46.12, -32.11, ""),
    Crossing("Salm Ferry", "Litoral", "SEAPORT", 46.02, -31.97, ""),
    Crossing("Sverin Airport", "Sverin", "AIRPORT", 46.66, -30.21, ""),
    Crossing("Sverin Parcel Hub", "Sverin", "POST_COURIER_HUB", 46.63, -30.18, ""),
)


def town(draw: float) -> Town:
    """Give the town on which a draw in [0, 1) falls, large ones more often."""
    return _SPREAD[int(draw * len(_SPREAD))]


def crossing(draw: float) -> Crossing:
    """Give the crossing on which a draw in [0, 1) falls."""
    return CROSSINGS[int(draw * len(CROSSINGS))]
