"""Who sends and who receives goods: traders, persons, families, blocks of flats."""

import random
from functools import lru_cache
from typing import NamedTuple

from armstrace.analysis.synthetic import geography, holders, ties
from armstrace.analysis.synthetic.kinds import Kind

_ABROAD = {
    "goods": ("CN", "CN", "CN", "DE", "IT", "TR", "VN", "IN", "FR", "XS", "XT", "US"),
    "arms": ("AT", "IT", "CZ", "DE", "BE", "US", "TR", "BR"),
    "kit": ("US", "CN", "CN", "TR", "XT", "DE"),
}
# Who sends arms sends little else; who sends kits hides among small shops.
_FIRST = {"arms": 5_000, "hunter": 5_000, "blank": 5_000, "kit": 7_000}

_TRADES = ("Trading", "Imports", "Tools", "Retail", "Workshop", "Parts", "Sports")
_RECIPIENTS = 90_000
_FIRMS = 2_500
_BLOCKS = 8
_FAMILY = 3


class Party(NamedTuple):
    """A sender or receiver as a declaration writes it."""

    name: str
    address: str
    # ISO 3166-1 alpha-2 of the sender.
    country: str = ""
    is_person: bool = False
    is_registered: bool = False
    phone: str = ""
    # Its account at a market place or carrier.
    account: str = ""


def person(rng: random.Random, kind: Kind) -> Party:
    """Give a person; three of a family share an address, a block many names."""
    return _person(int(rng.random() ** 1.4 * _RECIPIENTS), kind)


@lru_cache(_RECIPIENTS)
def _person(number: int, kind: Kind) -> Party:
    name = kind.person(holders.name_of_person(3 * 10**8 + number))
    home = number // _FAMILY
    is_block = home % 25 == 0
    place = _address(-1 - home // 25 % _BLOCKS if is_block else home, kind)
    if is_block and number % 7 < 4:
        place = place.replace(",", f", flat {home // 25 + 1},")
    return Party(name, place, is_person=True, phone=_phone(number))


def firm(rng: random.Random, kind: Kind) -> Party:
    """Give a firm that trades in no arms."""
    number = int(rng.random() ** 2 * _FIRMS)
    town = kind.place(geography.town(holders.scatter(number)).name)
    name = f"{town} {_TRADES[number % len(_TRADES)]} {number + 1}"
    return Party(name, _address(10**6 + number, kind), phone=_phone(10**6 + number))


def dealer(rng: random.Random, kind: Kind) -> Party:
    """Give a dealer or importer of arms who stands in the register."""
    number = holders.dealer(int(rng.random() ** 1.3 * 60))
    town = kind.place(holders.town_of(number).name)
    digits = int(number[1:])
    name, place = f"{town} Arms {digits}", _address(2 * 10**6 + digits, kind)
    return Party(name, place, is_registered=True, phone=_phone(2 * 10**6 + digits))


def sender(rng: random.Random, use: str) -> Party:
    """Give a sender abroad; large ones send much, others once."""
    where = _ABROAD.get(use, _ABROAD["goods"])
    country = where[int(rng.random() * len(where))]
    number = _FIRST.get(use, 0) + int(rng.random() ** 2.5 * 4000)
    name = f"{country} {_TRADES[number % len(_TRADES)]} {number}"
    if rng.random() < 0.3:
        number = 10**4 + int(rng.random() * 10**6)
        name = f"Shop {number}"
    place = f"Export Road {number % 300 + 1}, {country}"
    return Party(name, place, country, account=f"acc{number}")


def _address(number: int, kind: Kind) -> str:
    draw = holders.scatter(number + 10**7)
    street = ties.STREETS[int(draw * 10**6) % len(ties.STREETS)]
    town = kind.place(geography.town(draw).name)
    return f"{street} {int(draw * 10**8) % 990 + 1}, {town}"


def _phone(number: int) -> str:
    digits = int(holders.scatter(number + 3 * 10**7) * 10**7)
    return f"+999 7{digits:07d}"
