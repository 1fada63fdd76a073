"""What people report of a ring and of others: subjects and the links between them."""

import random
from collections.abc import Callable, Iterator, Sequence
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
    draft = _Draft(key, people.since, rng)
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


def of_others(
    seen: Sequence[tuple[str, str, str, date]], rng: random.Random
) -> Reported:
    """Report others whom investigators meet: strangers, families, busy places.

    Some things are shared by many who have nothing to do with each other: a block
    of flats, a hired car, the telephone of a lawyer. They join what is apart.
    """
    draft = _Draft("BG", date(2024, 1, 1), rng)
    hubs = list(_busy_places(draft, 2 + len(seen) // 60))
    before = ""
    for name, recovery, case, day in seen:
        person = draft.add(NodeKind.PERSON, name)
        draft.tie(person, recovery, LinkKind.HAD, day)
        draft.tie(person, case, LinkKind.IN_CASE, day)
        if rng.random() < 0.3:
            draft.tie(person, draft.add(NodeKind.PHONE, phone(rng)), LinkKind.USES)
        if rng.random() < 0.25:
            hub, link = rng.choice(hubs)
            draft.tie(person, hub, link)
        if before and rng.random() < 0.12:
            draft.tie(person, before, rng.choice((_RELATIVE, LinkKind.ASSOCIATE_OF)))
        before = person
    return Reported(tuple(draft.subjects), tuple(draft.ties))


_RELATIVE = LinkKind.RELATIVE_OF


def _busy_places(draft: "_Draft", count: int) -> Iterator[tuple[str, LinkKind]]:
    for number in range(count):
        if number % 3 == 0:
            yield draft.add(NodeKind.ADDRESS, address(draft.rng)), LinkKind.LIVES_AT
        elif number % 3 == 1:
            yield draft.add(NodeKind.VEHICLE, vehicle(draft.rng)), LinkKind.USES
        else:
            yield draft.add(NodeKind.PHONE, phone(draft.rng)), LinkKind.USES


def cross(reported: Reported, others: Reported, rng: random.Random) -> Iterator[Tie]:
    """Tie a ring to others by what many use and by chance acquaintances."""
    persons = [s.key for s in reported.subjects if s.kind is NodeKind.PERSON]
    for kind, link in (
        (NodeKind.ADDRESS, LinkKind.LIVES_AT),
        (NodeKind.PHONE, LinkKind.USES),
        (NodeKind.PERSON, LinkKind.ASSOCIATE_OF),
    ):
        known = [s.key for s in others.subjects if s.kind is kind]
        if known:
            end = rng.choice(known[:40])
            yield Tie(rng.choice(persons), end, link, "X4", date(2025, 1, 1))


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


class _Draft:
    def __init__(self, key: str, since: date, rng: random.Random) -> None:
        self.key, self.since, self.rng = key, since, rng
        self.subjects: list[Subject] = []
        self.ties: list[Tie] = []

    def add(self, kind: NodeKind, label: str) -> str:
        key = f"{self.key}-{kind.value[:2]}{len(self.subjects) + 1}"
        self.subjects.append(Subject(key, kind, label))
        return key

    def tie(
        self, start: str, end: str, kind: LinkKind, day: date | None = None
    ) -> None:
        on = day or self.since - timedelta(days=self.rng.randrange(300))
        self.ties.append(Tie(start, end, kind, self.rng.choice(_GRADES), on))
