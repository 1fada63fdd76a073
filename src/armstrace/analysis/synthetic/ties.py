"""What people report of a ring and of others: subjects and the links between them."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from armstrace.analysis.synthetic import holders
from armstrace.analysis.synthetic.plants import Subject, Tie
from armstrace.vocabulary.networks import LinkKind, NodeKind

_GROUPS = ("Quay", "Mill", "Orchard", "Brick Lane", "Lantern", "North Yard", "Bell")
_MODELS = ("grey van", "white van", "blue saloon", "black estate", "red hatchback")
_STRANGERS = 2 * 10**8
_GRADES = ("A1", "B2", "B2", "B2", "C3", "C3", "X4")
STREETS = (
    "Harbour Street", "Station Road", "Mill Lane", "Castle Street", "Long Row",
    "Chapel Street", "Orchard Way", "Market Square", "Ferry Road", "Old Tannery",
    "Linden Avenue", "Brewer Street",
)  # fmt: skip


type Telling = Callable[[str], str]
"""Gives the name that a person bears in a country."""


class People(NamedTuple):
    """The persons of a ring by name, the buyer first, and since when."""

    names: tuple[str, ...]
    since: date


class Reported(NamedTuple):
    """Subjects and what was reported of them."""

    subjects: tuple[Subject, ...]
    ties: tuple[Tie, ...]


def of_ring(
    key: str,
    people: People,
    had: Sequence[tuple[str, str, str, date]],
    rng: random.Random,
) -> Reported:
    """Report a ring as investigators come to know it: in part, by several ways.

    Args:
        had: Who had what: name, number of the recovery, of the case, and the day.
    """
    draft = Draft(key, people.since, rng)
    persons = [draft.add(NodeKind.PERSON, name) for name in people.names]
    group = draft.add(NodeKind.GROUP, f"{rng.choice(_GROUPS)} crew")
    leader = persons[-1]
    draft.tie(leader, group, LinkKind.LEADS)
    for place, person in enumerate(persons[:-1]):
        if rng.random() < 0.6:
            draft.tie(person, group, LinkKind.MEMBER_OF)
        if rng.random() < 0.7:
            draft.tie(person, persons[place + 1], LinkKind.ASSOCIATE_OF)
    for kind, label, link, most in (
        (NodeKind.PHONE, phone, LinkKind.USES, 2),
        (NodeKind.PHONE, phone, LinkKind.USES, 3),
        (NodeKind.VEHICLE, vehicle, LinkKind.USES, 3),
        (NodeKind.ADDRESS, address, LinkKind.LIVES_AT, 3),
    ):
        thing = draft.add(kind, label(rng))
        for person in rng.sample(persons, min(most, len(persons))):
            draft.tie(person, thing, link)
    by_name = dict(zip(people.names, persons, strict=True))
    for name, recovery, case, day in had:
        if name in by_name:
            draft.tie(by_name[name], recovery, LinkKind.HAD, day)
            draft.tie(by_name[name], case, LinkKind.IN_CASE, day)
    return Reported(tuple(draft.subjects), tuple(draft.ties))


def stranger(rng: random.Random) -> str:
    """Give somebody who stands in no register."""
    return holders.name_of_person(_STRANGERS + rng.randrange(10**7))


def phone(rng: random.Random) -> str:
    """Write a telephone number of a range that is kept for fiction."""
    return f"+999 55 {rng.randrange(10**3):03d} {rng.randrange(10**3):03d}"


def vehicle(rng: random.Random) -> str:
    """Write a vehicle as it is described."""
    return f"{rng.choice(_MODELS)} V-{rng.randrange(10**5):05d}"


def address(rng: random.Random) -> str:
    """Write an address without its town."""
    return f"{rng.choice(STREETS)} {rng.randint(1, 180)}"


class Draft:
    """Subjects and ties of one ring while they are reported."""

    def __init__(self, key: str, since: date, rng: random.Random) -> None:
        self.key, self.since, self.rng = key, since, rng
        self.subjects: list[Subject] = []
        self.ties: list[Tie] = []

    def add(self, kind: NodeKind, label: str) -> str:
        """Report a subject; give its key."""
        key = f"{self.key}-{kind.value[:2]}{len(self.subjects) + 1}"
        self.subjects.append(Subject(key, kind, label))
        return key

    def tie(
        self, start: str, end: str, kind: LinkKind, day: date | None = None
    ) -> None:
        """Report a link, on a day before all is known where none is said."""
        on = day or self.since - timedelta(days=self.rng.randrange(300))
        self.ties.append(Tie(start, end, kind, self.rng.choice(_GRADES), on))
