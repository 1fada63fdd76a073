"""Warn of losses and thefts that lie near each other in place and time.

The space-time permutation scan: of all circles about a place and all spans of the last
weeks with a loss that is newly known, the one that holds most losses against what its
place and its days make likely. A span may end before today, since losses are reported
late. How striking it is, is told by the same search after the days were dealt out anew
among the losses: so neither a large town nor a busy season is a warning.

Source:
    Kulldorff, Heffernan, Hartman, Assuncao and Mostashari (2005), PLoS Medicine
    2(3):e59.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.risk.warnings.facts import Alarm, Budget, Facts, Lost
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.warnings import WarningKind

LONGEST_AGO = 70
SPANS = tuple(
    (ended, days)
    for ended in (0, 7, 14, 28, 42)
    for days in (3, 7, 14, 28, 56)
    if ended + days <= LONGEST_AGO
)
"""How many days ago a cluster may have ended, and how many days it may span."""
DEALT = 499
MOST_PLACES = 400
LARGEST_CIRCLE = 12
"""Places in one circle at most."""
LEAST_LOSSES = 3
SEED = 20050215

type Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Zone:
    """A circle: its middle and the places in it, nearest first."""

    middle: str
    places: tuple[str, ...]


def alarms(facts: Facts, budget: Budget) -> Iterator[Alarm]:
    """Give the cluster of which to warn, if there is one."""
    losses = _keep_placed(facts)
    if not any(facts.is_new(each) for each in losses):
        return
    places = sorted({each.place for each in losses})
    zones = zones_of(places, facts.spots)
    ages = np.array([(facts.until - each.on).days for each in losses])
    at = np.array([places.index(each.place) for each in losses])
    new = np.array([facts.is_new(each) for each in losses])
    members = _members(zones, places)
    ratios = _scan(at, ages, new, members)
    if not ratios.max(initial=0.0):
        return
    chance = _chance(float(ratios.max()), at, ages, new, members)
    if chance <= budget.level(WarningKind.LOSS_CLUSTER, facts.weeks, 1):
        zone, span = np.unravel_index(int(ratios.argmax()), ratios.shape)
        is_in = _is_within(ages, SPANS[span]) & (members[zone, at] > 0)
        found = [losses[place] for place in np.flatnonzero(is_in)]
        yield _alarm(SPANS[span][1], found, chance)


def _keep_placed(facts: Facts) -> list[Lost]:
    """Keep losses of known places; of the most frequent places, if there are many."""
    kept = [each for each in facts.losses if each.place and each.on <= facts.until]
    often = {
        place
        for place, _ in Counter(each.place for each in kept).most_common(MOST_PLACES)
    }
    return [each for each in kept if each.place in often]


def zones_of(
    places: Sequence[str], spots: Mapping[str, tuple[float, float]]
) -> list[Zone]:
    """Give circles about each place; itself alone where nobody knows where it lies.

    Args:
        spots: Degrees north and east, as far as they are known.
    """
    known = {p: spots[p] for p in places if p in spots}
    zones = [Zone(place, (place,)) for place in places]
    for middle, spot in known.items():
        nearest = sorted(known, key=lambda p: (_apart(spot, known[p]), p))
        zones += [
            Zone(middle, tuple(nearest[:size]))
            for size in range(2, min(LARGEST_CIRCLE, len(nearest) // 2) + 1)
        ]
    return zones


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    east = (one[1] - other[1]) * math.cos(math.radians(one[0]))
    return math.hypot(one[0] - other[0], east)


def _members(zones: Sequence[Zone], places: Sequence[str]) -> NDArray[np.float64]:
    index = {place: n for n, place in enumerate(places)}
    members = np.zeros((len(zones), len(places)))
    for number, zone in enumerate(zones):
        members[number, [index[place] for place in zone.places]] = 1.0
    return members


def _is_within(ages: Ints, span: tuple[int, int]) -> NDArray[np.bool_]:
    ended, days = span
    return (ages >= ended) & (ages < ended + days)


def _scan(
    at: Ints, ages: Ints, new: NDArray[np.bool_], members: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the log likelihood ratio of each zone and span; 0 where nothing is new."""
    places = members.shape[1]
    recent, fresh = np.zeros((2, places, len(SPANS)))
    for column, span in enumerate(SPANS):
        is_in = _is_within(ages, span)
        recent[:, column] = np.bincount(at[is_in], minlength=places)
        fresh[:, column] = np.bincount(at[is_in & new], minlength=places)
    sizes = members @ np.bincount(at, minlength=places)
    expected = np.outer(sizes, recent.sum(axis=0)) / len(at)
    ratios = _ratio(members @ recent, expected, len(at))
    return np.where(members @ fresh > 0, ratios, 0.0)


def _ratio(
    counts: NDArray[np.float64], expected: NDArray[np.float64], total: int
) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = counts * np.log(counts / expected)
        rest = total - counts
        outside = np.where(rest > 0, rest * np.log(rest / (total - expected)), 0.0)
        ratio = inside + outside
    is_more = (counts > expected) & (counts >= LEAST_LOSSES) & (expected > 0)
    return np.where(is_more, ratio, 0.0)


def _chance(
    reached: float,
    at: Ints,
    ages: Ints,
    new: NDArray[np.bool_],
    members: NDArray[np.float64],
) -> float:
    """Tell how often as striking a cluster comes up where days are dealt anew."""
    rng = np.random.default_rng(SEED)
    beyond = 0
    for number in range(1, DEALT + 1):
        dealt = rng.permutation(len(ages))
        ratios = _scan(at, ages[dealt], new[dealt], members)
        beyond += bool(ratios.max() >= reached)
        if beyond > DEALT // 4:
            return (1 + beyond) / (1 + number)
    return (1 + beyond) / (1 + DEALT)


def _alarm(span: int, found: Sequence[Lost], chance: float) -> Alarm:
    places = Counter(each.place for each in found)
    middle = places.most_common(1)[0][0]
    return Alarm(
        kind=WarningKind.LOSS_CLUSTER,
        subject=middle,
        unit="",
        evidence=tuple(each.number for each in found),
        sentence=message(
            "%(count)s arms were lost or stolen about %(place)s within %(days)s days "
            "(%(places)s); as many so near come up by chance in %(percent)s %% of "
            "weeks.",
            count=len(found),
            place=middle,
            days=span,
            places=sorted(places),
            percent=round(100 * chance, 1),
        ),
        chance=chance,
        on=max(each.known_on for each in found),
    )
