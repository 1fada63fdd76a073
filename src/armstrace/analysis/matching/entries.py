"""Learn how serials are misread from arms that two people entered.

Neither entry is the truth: what is learned is how often two people's entries of one
number differ, which is what matching compares. Each pair counts with the probability
that it is of one arm. The likeliest edits are counted under the rates so far, the
counts become the rates, and so on until they settle; what a file shows of too seldom
stays near the rates that are shipped. Lost ends are not learned: they count for
serials, not for characters.

Pairs were found by their serials among other marks, so that a serial misread beyond
recognition is in none of them: what is learned is a floor.

Source:
    E. Brill, R. Moore, "An improved error model for noisy channel spelling
    correction", ACL 2000; B.-H. Juang, L. Rabiner, "The segmental K-means algorithm
    for estimating parameters of hidden Markov models", IEEE ASSP 38 (1990).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from armstrace.analysis.matching.alignment import Aligner
from armstrace.analysis.matching.channel import Channel, SerialRates
from armstrace.vocabulary.matching import Difference
from armstrace.vocabulary.messages import message

FEWEST_PAIRS = 100
SHORTEST = 5
# How many characters the shipped rates count for, and how many of one sign.
WORTH, WORTH_OF_SIGN = 1000, 200
LEAST, MOST = 0.0002, 0.1
MOST_ROUNDS = 8
SETTLED = 1e-5

_KINDS = {
    Difference.SUBSTITUTED: "substituted",
    Difference.MISSED: "missed",
    Difference.ADDED: "added",
    Difference.TRANSPOSED: "transposed",
}

type Table = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Pair:
    """One number as two people entered it."""

    # Search key of one entry, whole.
    one: str
    other: str
    # That both are of one arm, 0 to 1.
    probability: float = 1.0


@dataclass(slots=True)
class Counted:
    """What pairs show."""

    # How many, each with its probability.
    pairs: float = 0.0
    # Those whose entries differ.
    differing: float = 0.0
    # Characters of both entries, halved.
    characters: float = 0.0
    # Errors by the name of their rate.
    kinds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    # How often each sign was met.
    signs: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    # How often a sign was taken for its look-alike.
    taken: dict[str, float] = field(default_factory=lambda: defaultdict(float))


@dataclass(frozen=True, slots=True)
class Learned:
    """Rates of misread serials, and what they were counted from."""

    rates: SerialRates
    counted: Counted


def are_usable(one: str, other: str) -> bool:
    """Tell whether both entries are whole numbers, long enough to be one arm's."""
    both = (one, other)
    return all(len(each) >= SHORTEST and each.isalnum() for each in both)


def learn(pairs: Sequence[Pair], start: SerialRates) -> Learned:
    """Learn the rates of misread characters.

    Args:
        pairs: Numbers entered twice, those that agree among them.
        start: The rates that are shipped; what is rare in the pairs stays near them.

    Returns:
        The rates, each between ``LEAST`` and ``MOST``, and the counts behind them.
        Limits of use: see the module; fewer than ``FEWEST_PAIRS`` prove nothing.
    """
    rates = start
    for _ in range(MOST_ROUNDS):
        counted = count(pairs, rates)
        found = _rates_from(counted, start)
        moved = max(abs(getattr(found, k) - getattr(rates, k)) for k in _KINDS.values())
        rates = found
        if moved < SETTLED:
            break
    return Learned(rates, count(pairs, rates))


def count(pairs: Iterable[Pair], rates: SerialRates) -> Counted:
    """Count the likeliest edits between the entries of pairs, from both sides."""
    aligner, told = Aligner(rates), Counted()
    for pair in pairs:
        told.pairs += pair.probability
        told.differing += pair.probability * (pair.one != pair.other)
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            _count_one(told, aligner, one, other, pair.probability / 2)
    return told


def _count_one(
    told: Counted, aligner: Aligner, one: str, other: str, weight: float
) -> None:
    told.characters += weight * len(one)
    for sign in one:
        told.signs[sign] += weight
    if one == other:
        return
    for place in aligner.align(one, other).places:
        if place.kind is Difference.LOOK_ALIKE:
            told.taken[place.registered + place.read] += weight
        elif place.kind is Difference.TRANSPOSED:  # one error of two columns
            told.kinds["transposed"] += weight / 2
        elif place.kind in _KINDS:
            told.kinds[_KINDS[place.kind]] += weight


def _rates_from(counted: Counted, start: SerialRates) -> SerialRates:
    kinds: dict[str, Any] = {
        kind: _share(
            counted.kinds[kind], counted.characters, getattr(start, kind), WORTH
        )
        for kind in _KINDS.values()
    }
    pairs = {
        pair: _share(
            counted.taken.get(pair, 0.0),
            counted.signs.get(pair[0], 0.0),
            rate,
            WORTH_OF_SIGN,
        )
        for pair, rate in start.look_alikes.items()
    }
    return replace(start, **kinds, look_alikes=pairs)


def _share(found: float, among: float, before: float, worth: float) -> float:
    return min(max((found + before * worth) / (among + worth), LEAST), MOST)


def log_likelihood(pairs: Sequence[Pair], rates: SerialRates) -> float:
    """Give the mean natural logarithm of one entry given the other."""
    aligner = Aligner(rates)
    whole = math.fsum(pair.probability for pair in pairs)
    told = math.fsum(
        pair.probability * aligner.log_probability(pair.one, pair.other)
        for pair in pairs
    )
    return told / max(whole, LEAST)


def table_of(learned: Learned) -> dict[str, dict[str, float]]:
    """Write learned rates as a table that ``channel_with_entries`` reads."""
    rates = learned.rates
    met = {
        pair: round(rate, 5)
        for pair, rate in sorted(rates.look_alikes.items())
        if learned.counted.signs.get(pair[0])
    }
    kinds = {kind: round(getattr(rates, kind), 5) for kind in _KINDS.values()}
    counted = learned.counted
    taken = {pair: round(counted.taken.get(pair, 0.0), 1) for pair in met}
    told = _told(counted)
    return {"serial": kinds, "look_alikes": met, "taken": taken, "counted": told}


def _told(counted: Counted) -> dict[str, float]:
    return {
        "pairs": round(counted.pairs),
        "differing": round(counted.differing),
        "characters": round(counted.characters),
        **{kind: round(counted.kinds[kind], 1) for kind in _KINDS.values()},
        "look_alike": round(math.fsum(counted.taken.values()), 1),
    }


def channel_with_entries(channel: Channel, table: Table, *, name: str) -> Channel:
    """Put learned rates of misread serials into a channel.

    Args:
        table: As ``table_of`` wrote it.
        name: What the version is called from here on.
    """
    pairs = {**channel.serial.look_alikes, **table["look_alikes"]}
    kinds: dict[str, Any] = dict(table["serial"])
    serial = replace(channel.serial, **kinds, look_alikes=pairs)
    counted = table["counted"]
    basis = message(
        "How serial numbers are misread was learned here from %(pairs)s arms that two "
        "people entered (%(characters)s characters, %(differing)s numbers differ).",
        pairs=counted["pairs"],
        characters=counted["characters"],
        differing=counted["differing"],
    )
    return replace(channel, model=name, serial=serial, basis=basis)
