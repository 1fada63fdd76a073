"""A second country: quieter, elsewhere, with other places and other names.

Methods are set on the busy country alone; what holds here was not tuned on it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from armstrace.analysis.synthetic import geography
from armstrace.analysis.synthetic.kinds import Kind
from armstrace.analysis.synthetic.slots import STORIES, Rates, Story

_TOLD = tomllib.loads(Path(__file__).with_name("quiet.toml").read_text("utf-8"))
_TOWNS = tuple(
    (name, region, round(north + 0.09 * place, 4), round(east - 0.21 * place, 4))
    for region, (north, east, names) in _TOLD["regions"].items()
    for place, name in enumerate(names.split("|"))
)
_NAMES = [each.split() for each in _TOLD["names"].values()]
_PLACE_FIELDS = ("place", "diversion_place")
_REGION_FIELDS = ("region", "diversion_region")


@dataclass(frozen=True, slots=True)
class Elsewhere(Kind):
    """A country with places and names of its own."""

    def person(self, name: str) -> str:
        return _rename(name) if name else name

    def place(self, name: str) -> str:
        return _PLACES[name][0] if name in _PLACES else name

    def tell(self, row: Mapping[str, str]) -> dict[str, str]:
        told = dict(row)
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
    posts = _TOLD["posts"].items()
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


QUIET = Elsewhere(
    "Norland Isles", "XN", Rates(_quiet_shares(), 0.08), recoveries_a_set=900,
    straws=1, illicit=0.0012, modi=(14, 12, 10, 22, 16, 26), boldness=0.8,
)  # fmt: skip
