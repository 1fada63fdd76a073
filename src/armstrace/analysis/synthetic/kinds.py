"""Two countries that are not alike: a busy one and a quiet one.

Methods are set on the busy country alone. The quiet one has other rates, other
places and other names; what holds there was not tuned on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from armstrace.analysis.synthetic import geography, holders
from armstrace.analysis.synthetic.slots import STORIES, Rates, Story

_TOWNS = tuple(
    (name, region, round(north + 0.09 * place, 4), round(east - 0.21 * place, 4))
    for region, (north, east, names) in geography.PLACES["quiet"]["regions"].items()
    for place, name in enumerate(names.split("|"))
)
_NAMES = [each.split() for each in holders.NAMES["quiet"].values()]
_PLACE_FIELDS = ("place", "diversion_place")
_REGION_FIELDS = ("region", "diversion_region")


@dataclass(frozen=True, slots=True)
class Kind:
    """The rates of a country and the words that it uses."""

    name: str
    # Its code, one that ISO 3166 leaves to users.
    home: str
    rates: Rates
    recoveries_a_set: int
    straws: int
    illicit: float
    # Weights of the ways to smuggle, in the order of ``Modus``.
    modi: tuple[int, ...]
    # How often illicit goods come with further signs, busy is 1.
    boldness: float = 1.0
    is_elsewhere: bool = False

    def person(self, name: str) -> str:
        """Give the name that a person of Varnia bears in this country."""
        return _rename(name) if self.is_elsewhere and name else name

    def place(self, name: str) -> str:
        """Give the name that a place of Varnia bears in this country."""
        return _PLACES[name][0] if self.is_elsewhere and name in _PLACES else name

    def tell(self, row: Mapping[str, str]) -> dict[str, str]:
        """Write a row of Varnia in the places, names and codes of this country."""
        told = dict(row)
        if not self.is_elsewhere:
            return told
        self._move(told)
        for field, value in row.items():
            if value == geography.HOME:
                told[field] = self.home
            elif field == "import_mark":
                told[field] = value.replace(geography.HOME, self.home).replace(
                    geography.NAME.upper(), self.name.upper()
                )
            elif field == "taken_from" or (field, row.get("kind")) == NAMED:
                told[field] = self.person(value)
            elif field == "name":
                first, _, rest = value.partition(" ")
                renamed = f"{self.place(first)} {rest}"
                for word in (f"{geography.NAME}n", geography.NAME):
                    renamed = renamed.replace(word, self.name)
                told[field] = renamed
        return told

    def _move(self, told: dict[str, str]) -> None:
        for town, region in zip(_PLACE_FIELDS, _REGION_FIELDS, strict=True):
            if told.get(town) in _PLACES:
                name, moved, north, east = _PLACES[told[town]]
                told[town], told[region] = name, moved
                if told.get("latitude"):
                    told["latitude"] = f"{float(told['latitude']) + north:.4f}"
                    told["longitude"] = f"{float(told['longitude']) + east:.4f}"


NAMED = ("name", "PERSON")


def _place_all() -> dict[str, tuple[str, str, float, float]]:
    found = {}
    for number, town in enumerate(geography.TOWNS):
        name, region, north, east = _TOWNS[number % len(_TOWNS)]
        found[town.name] = (name, region, north - town.latitude, east - town.longitude)
    posts = geography.PLACES["quiet"]["posts"].items()
    for post, (name, region) in zip(geography.CROSSINGS, posts, strict=True):
        found[post.name] = (name, region, 11.5, -8.2)
    return found


_PLACES = _place_all()


def _rename(name: str) -> str:
    rest = int.from_bytes(blake2b(name.encode(), digest_size=8).digest())
    parts = []
    for words in _NAMES:
        rest, place = divmod(rest, len(words))
        parts.append(words[place])
    return f"{parts[0]}{parts[1]} {parts[2]}{parts[3]}"


def _quiet_shares() -> tuple[tuple[Story, float], ...]:
    """Give less theft, more arms that were inherited, lost or kept too long."""
    factors = {
        Story.THEFT: 0.5, Story.QUIET_LOSS: 2.5, Story.ESTATE: 3.0,
        Story.LICENCE_ENDED: 2.5, Story.DEALER_SALE: 0.3, Story.STATE_LEAK: 0.4,
        Story.REACTIVATED: 2.0,
    }  # fmt: skip
    return tuple((story, share * factors.get(story, 1)) for story, share in STORIES)


BUSY = Kind(
    geography.NAME, geography.HOME, Rates(), recoveries_a_set=400,
    straws=2, illicit=0.002, modi=(26, 20, 16, 14, 12, 12),
)  # fmt: skip
QUIET = Kind(
    "Norland Isles", "XN", Rates(_quiet_shares(), 0.08), recoveries_a_set=900,
    straws=1, illicit=0.0012, modi=(14, 12, 10, 22, 16, 26), boldness=0.8,
    is_elsewhere=True,
)  # fmt: skip
