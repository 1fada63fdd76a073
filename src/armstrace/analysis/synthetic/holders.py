"""Who may hold arms in Varnia: persons, dealers, importers, clubs, the State.

Names of persons are put together from invented syllables; no real name stands
anywhere, and a name that comes out like one is chance.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from armstrace.analysis.synthetic import catalogue, geography
from armstrace.analysis.synthetic.geography import Town
from armstrace.vocabulary.packaged import read_table

STATE_BODIES = (
    ("S001", "Varnian Army"),
    ("S002", "National Police of Varnia"),
    ("S003", "Prison Service"),
    ("S004", "Customs Guard"),
    ("S005", "Forest Guard"),
    ("S006", "Coast Watch"),
    ("S007", "Central Evidence Store"),
    ("S008", "State Smelting Works"),
)
EVIDENCE_STORE, SMELTING_WORKS = "S007", "S008"
HOME_MAKER = "M001"
# The first dealers of the list sell to straw buyers and off the books.
CORRUPT_DEALERS = 5

FOREIGN_BUYERS = ("XS", "XT", "DE", "US", "IT", "CZ", "AT", "ES")

_NAMES = {
    part: words.split()
    for part, words in read_table(__package__, "data/names.toml").items()
}


class Scale(NamedTuple):
    """How many of each kind of holder a country has."""

    arms: int
    recoveries: int
    persons: int
    dealers: int
    importers: int
    clubs: int


def scale_of(arms: int, recoveries: int) -> Scale:
    """Size a country."""
    return Scale(
        arms,
        recoveries,
        persons=max(60, int(arms * 0.55)),
        dealers=max(12, min(900, arms // 1500)),
        importers=max(4, min(40, arms // 20000)),
        clubs=max(4, arms // 1200),
    )


def scatter(number: int) -> float:
    """Turn a number into a draw in [0, 1) that neighbours do not share."""
    z = (number + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    z = (z ^ (z >> 29)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    return ((z ^ (z >> 32)) & 0xFFFFFFFF) / 2**32


def town_of(holder: str) -> Town:
    """Give the town in which a holder lives or works."""
    number = int(holder[1:]) + ord(holder[0]) * 100_000_007
    if holder[0] == "S":
        return geography.TOWNS[int(holder[1:]) % 5]
    return geography.town(scatter(number))


def person(number: int) -> str:
    """Write the number of a person."""
    return f"P{number:08d}"


def straw_buyer(scale: Scale, group: int) -> int:
    """Give the number of the person who buys for others, after all the rest."""
    return scale.persons + scale.recoveries + group


def dealer(number: int) -> str:
    """Write the number of a dealer."""
    return f"D{number + 1:05d}"


def importer(number: int) -> str:
    """Write the number of an importer."""
    return f"I{number + 1:03d}"


def club(number: int) -> str:
    """Write the number of a club or company."""
    return f"C{number + 1:06d}"


def foreign_maker(make: str, country: str) -> str:
    """Write the number of a maker abroad."""
    return f"F{catalogue.MAKER_NUMBER[make, country]:03d}"


def foreign_buyer(draw: float) -> tuple[str, str]:
    """Give the number and country of a buyer abroad."""
    place = int(draw * len(FOREIGN_BUYERS))
    return f"F9{place:02d}", FOREIGN_BUYERS[place]


def name_of_person(number: int) -> str:
    """Put a person's name together from invented syllables."""
    rest, given = number * 2_654_435_761 + 97, ""
    for part in map(_NAMES.__getitem__, ("heads", "hearts", "tails")):
        rest, place = divmod(rest, len(part))
        given += part[place]
    rest, place = divmod(rest, len(_NAMES["family"]))
    ends = _NAMES["ends"]
    family = _NAMES["family"][place] + ends[rest % len(ends)]
    return f"{given.capitalize()} {family.capitalize()}"


def institutions(scale: Scale, ends_on: date) -> Iterator[dict[str, str]]:
    """Give every holder that is not a person."""
    for body, title in STATE_BODIES:
        yield _row(body, title, "STATE_BODY", licence="", ends_on=ends_on)
    maker = (HOME_MAKER, catalogue.HOME_MAKE.title(), "MANUFACTURER")
    yield _row(*maker, licence="MANUFACTURE", ends_on=ends_on)
    for count, key_of, words, kind, licence in (
        (scale.importers, importer, ("Import",), "IMPORTER", "IMPORT"),
        (scale.dealers, dealer, ("Arms",), "DEALER", "DEAL"),
        (scale.clubs, club, _CLUBS, "CLUB_OR_COMPANY", "POSSESS"),
    ):
        for number in range(count):
            key, word = key_of(number), words[number % len(words)]
            name = f"{town_of(key).name} {word} {number + 1}"
            yield _row(key, name, kind, licence=licence, ends_on=ends_on)
    yield from _foreign()


_CLUBS = ("Shooting Club", "Hunting Society", "Guard Company", "Sport Marksmen")


def person_row(number: int, ends_on: date, ended_on: date | None) -> dict[str, str]:
    """Write a person with the licence.

    Args:
        ended_on: The day the licence ended, None where it is valid.
    """
    licence = "COLLECT" if number % 41 == 0 else "POSSESS"
    who = person(number), name_of_person(number), "PERSON"
    return _row(*who, licence=licence, ends_on=ends_on, ended_on=ended_on)


def _row(
    key: str,
    name: str,
    kind: str,
    *,
    licence: str,
    ends_on: date,
    ended_on: date | None = None,
) -> dict[str, str]:
    town = town_of(key)
    back = int(scatter(int(key[1:]) + 5) * 4 * 365)
    since = date.fromordinal(ends_on.toordinal() - back)
    until = date.fromordinal(since.toordinal() + 5 * 365)
    if ended_on is not None:
        until, since = ended_on, date.fromordinal(ended_on.toordinal() - 4 * 365)
    return {
        "holder_number": key,
        "name": name,
        "kind": kind,
        "licence_number": f"L{key}" if licence else "",
        "licence_type": licence,
        "valid_from": since.isoformat() if licence else "",
        "valid_until": until.isoformat() if licence else "",
        "place": town.name,
        "region": town.region,
        "country": geography.HOME,
    }


def _name_of_make(make: str) -> str:
    """Write a make as a name; letters such as FN or CZ stand."""
    return " ".join(w if len(w) < 4 else w.title() for w in make.split())


def _foreign() -> Iterator[dict[str, str]]:
    abroad = [
        (foreign_maker(make, country), _name_of_make(make), country)
        for make, country in catalogue.MAKERS
        if country != geography.HOME
    ]
    abroad += [
        (f"F9{place:02d}", f"Buyer in {country}", country)
        for place, country in enumerate(FOREIGN_BUYERS)
    ]
    empty = dict.fromkeys(
        ("licence_number", "licence_type", "valid_from", "valid_until"), ""
    )
    for key, name, country in abroad:
        known = {"holder_number": key, "name": name, "kind": "FOREIGN"}
        yield known | empty | {"place": "", "region": "", "country": country}
