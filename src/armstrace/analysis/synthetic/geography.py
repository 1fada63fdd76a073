"""Varnia: an invented country with its regions, towns and neighbours.

Its code XV is one that ISO 3166 leaves to users, and its towns lie in the
middle of an ocean, so that nobody takes them for real ones.
"""

from dataclasses import dataclass

HOME = "XV"
NAME = "Varnia"
# Sorrava in the east and Tarnland in the south.
NEIGHBOURS = ("XS", "XT")


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
    Crossing("Milna Bridge", "Ostmark", 46.95, -28.05, "LAND_BORDER", "XS"),
    Crossing("Teplin Road", "Ostmark", 46.71, -27.98, "LAND_BORDER", "XS"),
    Crossing("Granova Pass", "Southgate", 44.41, -28.93, "LAND_BORDER", "XT"),
    Crossing("Pelin Station", "Southgate", 44.52, -28.61, "LAND_BORDER", "XT"),
    Crossing("Portavar Harbour", "Litoral", 46.12, -32.11, "SEAPORT", ""),
    Crossing("Salm Ferry", "Litoral", 46.02, -31.97, "SEAPORT", ""),
    Crossing("Sverin Airport", "Sverin", 46.66, -30.21, "AIRPORT", ""),
    Crossing("Sverin Parcel Hub", "Sverin", 46.63, -30.18, "POST_COURIER_HUB", ""),
)


def town(draw: float) -> Town:
    """Give the town on which a draw in [0, 1) falls, large ones more often."""
    return _SPREAD[int(draw * len(_SPREAD))]


def crossing(draw: float) -> Crossing:
    """Give the crossing on which a draw in [0, 1) falls."""
    return CROSSINGS[int(draw * len(CROSSINGS))]
