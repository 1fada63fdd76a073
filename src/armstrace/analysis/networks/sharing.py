"""Recoveries that have more than one rare thing in common: proposals to look at.

One thing in common may be chance: two arms of one dealer, two in one town. Two things
that have nothing to do with each other, such as a buyer and a week of sale, seldom
are. A group is a reason for an analyst to look, never a finding.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from statistics import median
from typing import NamedTuple

import numpy as np
import scipy

from armstrace.vocabulary.messages import Message, message

LEAST_MEMBERS = 3
MOST_SHARED = 20
"""What more recoveries have in common, such as a large dealer, joins none of them."""
BEYOND_ONE = 1.0
"""How much more than the rarest single thing two recoveries must have in common."""
WEEK, FORTNIGHT, RUN = 7, 14, 10
SAID = {
    "case": message("%(count)s in case %(value)s"),
    "place": message("%(count)s in %(value)s within two weeks"),
    "person": message("%(count)s linked with %(value)s"),
    "buyer": message("%(count)s last bought by %(value)s"),
    "sale": message("%(count)s sold by %(value)s within a week"),
    "serial": message("%(count)s with serial numbers near each other: %(value)s"),
}
SERIAL = re.compile(r"(.*?)(\d{4,12})(\D*)")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one recovery; empty and None are not known."""

    # Its number, such as R12.
    key: str
    on: date
    # Agency and number of the case.
    case: str = ""
    place: str = ""
    make: str = ""
    serial: str = ""
    # Number of the last lawful holder.
    buyer: str = ""
    dealer: str = ""
    sold_on: date | None = None
    # Numbers, or names, of those who had it.
    people: tuple[str, ...] = ()


class Thing(NamedTuple):
    """One thing that recoveries can have in common."""

    # Things of one aspect count once: they come together anyway.
    aspect: str
    kind: str
    # Which it is, as people read it.
    value: str
    # Which days or numbers.
    span: int = 0


@dataclass(frozen=True, slots=True)
class Sharing:
    """Recoveries that share things."""

    # Their numbers, in the order given.
    keys: tuple[str, ...]
    # What they share, that of most of them first.
    why: tuple[Message, ...]
    # How rare it is, in natural logarithms.
    weight: float
    # From the sale to the recovery, the middle one of them; None where no sale is
    # known.
    days: float | None


def find_groups(recovered: Iterable[Facts]) -> tuple[Sharing, ...]:
    """Find recoveries that share two or more rare things, soonest first.

    A thing that n of N recoveries have weighs log(N / n); two recoveries are joined
    where what they share weighs more than any single thing can.
    """
    known = list(recovered)
    held: dict[Thing, list[int]] = defaultdict(list)
    for place, each in enumerate(known):
        for thing in things(each):
            held[thing].append(place)
    weights = {
        thing: math.log(len(known) / len(places))
        for thing, places in held.items()
        if 1 < len(places) <= MOST_SHARED
    }
    joined = _join(held, weights, math.log(max(2, len(known)) / 2) + BEYOND_ONE)
    found = [
        _tell(part, known, weights)
        for part in _parts(joined, len(known))
        if len(part) >= LEAST_MEMBERS
    ]
    return tuple(sorted(found, key=_by_days))


def things(of: Facts) -> Iterator[Thing]:
    """Give what a recovery can share; what has a span stands in two that overlap."""
    if of.case:
        yield Thing("scene", "case", of.case)
    if of.place:
        yield from _spans("scene", "place", of.place, of.on.toordinal(), FORTNIGHT)
    for person in of.people:
        yield Thing("scene", "person", person)
    if of.buyer:
        yield Thing("buyer", "buyer", of.buyer)
    if of.dealer and of.sold_on:
        yield from _spans("sale", "sale", of.dealer, of.sold_on.toordinal(), WEEK)
    if of.make and (found := SERIAL.fullmatch(of.serial)):
        before, digits, after = found.groups()
        written = f"{of.make} {before}{'·' * len(digits)}{after}"
        yield from _spans("serial", "serial", written, int(digits), RUN)


def _spans(
    aspect: str, kind: str, value: str, number: int, size: int
) -> Iterator[Thing]:
    yield Thing(aspect, kind, value, 2 * (number // size))
    yield Thing(aspect, kind, value, 2 * ((number + size // 2) // size) + 1)


def _join(
    held: Mapping[Thing, list[int]], weights: Mapping[Thing, float], floor: float
) -> list[tuple[int, int]]:
    shared: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
    for thing, weight in weights.items():
        for pair in combinations(held[thing], 2):
            by_aspect = shared[pair]
            by_aspect[thing.aspect] = max(weight, by_aspect.get(thing.aspect, 0.0))
    return [pair for pair, each in shared.items() if sum(each.values()) >= floor]


def _parts(pairs: list[tuple[int, int]], size: int) -> Iterable[list[int]]:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    matrix = scipy.sparse.coo_matrix((np.ones(len(ends)), ends.T), shape=(size, size))
    parts: dict[int, list[int]] = defaultdict(list)
    _, labels = scipy.sparse.csgraph.connected_components(matrix, directed=False)
    for place in np.unique(ends):
        parts[int(labels[place])].append(int(place))
    return parts.values()


def _tell(
    part: list[int],
    known: list[Facts],
    weights: Mapping[Thing, float],
) -> Sharing:
    counts = Counter(
        thing for place in part for thing in things(known[place]) if thing in weights
    )
    best: dict[tuple[str, str], Thing] = {}
    for thing in sorted(counts, key=lambda each: (-counts[each], -weights[each])):
        if counts[thing] > 1:
            best.setdefault((thing.kind, thing.value), thing)
    ranked = sorted(
        best.values(), key=lambda each: (-counts[each], -weights[each], each)
    )
    days = [
        (each.on - each.sold_on).days
        for each in map(known.__getitem__, part)
        if each.sold_on
    ]
    return Sharing(
        tuple(known[place].key for place in part),
        tuple(
            Message(
                SAID[thing.kind].template,
                {"count": counts[thing], "value": thing.value},
            )
            for thing in ranked
        ),
        sum(weights[thing] for thing in ranked),
        median(days) if days else None,
    )


def _by_days(group: Sharing) -> tuple[float, float, tuple[str, ...]]:
    days = math.inf if group.days is None else group.days
    return days, -group.weight, group.keys
