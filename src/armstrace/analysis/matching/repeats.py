"""Tell a second recovery of one arm from the recovery of its sibling.

Two records with nearly equal serials may be one arm read twice, or two arms of one
series that came into the same hands: police find the pistols of a stolen crate
together, and a fleet's pistols are recovered one by one. A ranking knows the first
and the stranger; here the sibling is weighed beside both, by how dense the series
is on record and by whether both stand in one procedure, where an arm is listed
once. And two records of one make and whole number are of one arm, unless the kind
of arm or its bore speaks against it (``same_mark``).

Source:
    I. Fellegi, A. Sunter, "A theory for record linkage", JASA 64 (1969), with a
    third class.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from armstrace.analysis.marks.folding import fold
from armstrace.analysis.matching import same_mark
from armstrace.analysis.matching.alignment import Aligner
from armstrace.analysis.matching.channel import Channel, standard
from armstrace.analysis.matching.rank import Candidate, Ranking
from armstrace.analysis.matching.same_mark import NumberRates
from armstrace.analysis.matching.series import (
    Numbered,
    NumbersRead,
    fits,
    numbers_read,
    split_number,
)
from armstrace.vocabulary.packaged import read_table

LEAST = 1e-300
# Laying signs under each other takes time; what is less likely decides nothing.
WORTH_LAYING = 0.001


@dataclass(frozen=True, slots=True)
class RepeatRates:
    """How often recoveries repeat and how often they are siblings."""

    model: str
    repeated: float
    siblings_in_one_procedure: float
    reach: float
    clustered: float
    cluster_reach: float
    numbers: NumberRates


@dataclass(frozen=True, slots=True)
class Repeat:
    """An earlier recovery that may be of the same arm."""

    # The earlier record as it was ranked.
    candidate: Candidate
    # That it is the same arm, 0 to 1.
    probability: float
    # That it is another arm of the same series.
    probability_sibling: float


@dataclass(frozen=True, slots=True)
class Repeats:
    """The earlier recoveries for one recovery, the likeliest first."""

    repeats: tuple[Repeat, ...]
    # That the arm was not recovered before, or cannot be recognised; None where nothing
    # was compared.
    probability_none: float | None


@cache
def default_rates() -> RepeatRates:
    """Give the rates that are shipped."""
    table = read_table(__package__, "data/repeats.toml")
    return RepeatRates(**table | {"numbers": NumberRates(**table["numbers"])})


def channel_of(rates: RepeatRates, channel: Channel | None = None) -> Channel:
    """Give the channel under which recoveries are ranked among each other."""
    read = channel or standard()
    model = f"{read.model} {rates.model}"
    return replace(read, model=model, absent=1 - rates.repeated)


class OnRecord(Protocol):
    """How dense the series on record are, as ``series.Series`` tells it."""

    def beginning_so(self, make: str, serial: str) -> int:
        """Count the long serials of a make on record that go on from a serial."""

    def density(self, make: str, own: Numbered, read: NumbersRead) -> float:
        """Give the share of the numbers about a reading that are on record."""


class Teller:
    """Tells repeats from siblings by one set of rates."""

    def __init__(self, channel: Channel, rates: RepeatRates, series: OnRecord) -> None:
        self._rates = rates
        self._series = series
        self._fields = channel.fields
        self._aligner = Aligner(channel.serial)

    def tell(self, ranking: Ranking, *, in_one: Callable[[str], bool]) -> Repeats:
        """Weigh siblings beside the same arm and strangers.

        Args:
            ranking: Earlier recoveries as ranked under ``channel_of``; its
                probabilities must not be calibrated.
            in_one: Tells of a record's identifier whether it stands in the same
                procedure as the recovery that was looked for.

        Returns:
            The same records. Those of one make and serial are taken for sightings
            of one arm and each states what all of them have together; counted
            once, these, the siblings, those not listed and none sum to one.
        """
        found = [self.with_mark(one, ranking) for one in ranking.candidates]
        same = [one.probability for one in found]
        siblings = self._siblings(ranking, found, in_one)
        rest = ranking.probability_absent + ranking.probability_others
        total = max(math.fsum([*same, *siblings, rest]), LEAST)
        together: dict[tuple[str, str], float] = defaultdict(float)
        for one, p in zip(found, same, strict=True):
            together[_arm(one)] += p
        told = [
            Repeat(one, min(together[_arm(one)] / total, 1.0), sibling / total)
            for one, sibling in zip(found, siblings, strict=True)
        ]
        told.sort(key=lambda each: -each.probability)
        none = (ranking.probability_absent + math.fsum(siblings)) / total
        return Repeats(tuple(told), none if ranking.is_compared else None)

    def with_mark(self, one: Candidate, ranking: Ranking) -> Candidate:
        """Weigh one make and whole number as what one arm alone bears.

        What long serials on record go on from is their beginning, no number.
        """
        told = same_mark.told(
            one, ranking.query, rates=self._rates.numbers, fields=self._fields
        )
        if told is None or self._series.beginning_so(one.card.make, one.card.serial):
            return one
        weight = one.probability * 2**told.gain
        return replace(one, probability=weight, told=told)

    def _siblings(
        self,
        ranking: Ranking,
        candidates: list[Candidate],
        in_one: Callable[[str], bool],
    ) -> list[float]:
        """Give the weight of a sibling of each record, beside its own weight.

        That the arm is another one of the series is one hypothesis, however many
        of the series are listed; they share it. Where a likelier one has the very
        number that was read, there is no sibling: an arm has its number alone.
        """
        near = [self._near(one, ranking.query.serial) for one in candidates]
        taken: dict[tuple[str, str, int], float] = {}
        for one, each in zip(candidates, near, strict=True):
            if each.is_same_number:
                known = taken.get(each.series, 0.0)
                taken[each.series] = max(known, one.probability)
        fleet, lots = [], []
        for one, each in zip(candidates, near, strict=True):
            is_taken = taken.get(each.series, 0.0) > one.probability
            share = 0.0 if is_taken else one.probability
            fleet.append(share * each.elsewhere)
            lots.append(share * each.in_one if in_one(one.registry_id) else 0.0)
        whole = math.fsum(fleet)
        shared = max(fleet, default=0.0) / whole if whole else 0.0
        return [f * shared + lot for f, lot in zip(fleet, lots, strict=True)]

    def _lay(self, serial: str, read: str) -> str:
        """Write a reading sign by sign under a serial; ``?`` where it has none."""
        places = self._aligner.align(serial, read).places
        return "".join(place.read or "?" for place in places if place.registered)

    def _near(self, one: Candidate, read: str) -> "_Near":
        """Give how much likelier a sibling of a record is than the same arm."""
        own = split_number(one.card.serial)
        if own is None:
            return _Near()
        found = numbers_read(own, read)
        same = math.exp(self._aligner.log_probability(one.card.serial, read))
        if found is None and one.probability >= WORTH_LAYING:
            # What was left out or not read is so on a sibling just as well.
            laid = self._lay(one.card.serial, read)
            found = numbers_read(own, laid)
            same = math.exp(self._aligner.log_probability(one.card.serial, laid))
        if found is None:
            return _Near()
        series = (own.before, own.after, own.size)
        rates = self._rates
        alike = self._series.beginning_so(one.card.make, one.card.serial)
        if alike:  # all of them may have been read so
            return _Near(series, alike / rates.repeated / max(same, LEAST))
        if found.pattern == own.pattern and "?" not in own.pattern:
            return _Near(series, is_same_number=True)
        others = _others(own, found)
        siblings = max(
            others * self._series.density(one.card.make, own, found),
            rates.clustered * _weigh_clusters(own, found, reach=rates.cluster_reach),
        )
        fleet = min(siblings, others) * (1 - rates.repeated) / rates.repeated
        lot = rates.siblings_in_one_procedure * sibling_share(
            own, found, reach=rates.reach
        )
        return _Near(series, fleet / max(same, LEAST), lot / max(same, LEAST))


def _others(own: Numbered, read: NumbersRead) -> float:
    """Count the numbers of a series that fit a reading, but for the arm's own."""
    if "?" in own.pattern:
        pairs = zip(own.pattern, read.pattern, strict=True)
        return float(10 ** sum("?" in pair for pair in pairs) - 1)
    return float(read.fitting - fits(own.pattern, read.pattern))


def _weigh_clusters(own: Numbered, read: NumbersRead, *, reach: float) -> float:
    """Sum, over the numbers that fit, how much rarer siblings are further away.

    Only the end of the number is left open: what differs further to the left is far
    away.

    Args:
        own: The arm's place in its series.
        reach: The distance at which siblings are half as common.
    """

    def within(gap: int) -> float:
        return reach * math.log1p(max(gap, 0) / reach)

    head = read.pattern.rstrip("?")
    filled = "".join(
        one if sign == "?" else sign
        for sign, one in zip(head, own.pattern, strict=False)
    ).replace("?", "0")
    open_numbers = 10 ** (own.size - len(head))
    lowest = int(filled or "0") * open_numbers
    below, above = own.number - lowest, lowest + open_numbers - 1 - own.number
    if below >= 0 and above >= 0:
        return within(below) + within(above)
    gap = max(-below, -above)
    return within(gap + open_numbers) - within(gap)


def _arm(one: Candidate) -> tuple[str, str]:
    return one.card.make, fold(one.card.serial)


@dataclass(frozen=True, slots=True)
class _Near:
    """How a record stands to a reading as a number of its series."""

    # What all serials of the series share; empty for no series.
    series: tuple[str, str, int] = ("", "", 0)
    # Odds of a sibling against the same arm, whatever the procedure.
    elsewhere: float = 0.0
    # Odds of a sibling found with it, where both stand in one procedure.
    in_one: float = 0.0
    is_same_number: bool = False


def sibling_share(own: Numbered, read: NumbersRead, *, reach: float) -> float:
    """Give the share of the siblings of an arm, found with it, that fit a reading.

    Args:
        own: The arm's place in its series.
        reach: The distance in numbers at which siblings are a quarter as common.
    """
    if "?" in own.pattern:
        return float(_joint_share(own, read))
    if read.fitting == 1:
        gap = abs(read.lowest - own.number)
        return _share(gap, reach) if gap else 0.0
    furthest = int(10 * reach)
    numbers = range(max(0, own.number - furthest), own.number + furthest + 1)
    return math.fsum(
        _share(abs(number - own.number), reach)
        for number in numbers
        if number != own.number and fits(str(number).zfill(own.size), read.pattern)
    )


def _joint_share(own: Numbered, read: NumbersRead) -> bool:
    """Tell whether a sibling fits as well as the arm, whose number is not whole."""
    pairs = zip(own.pattern, read.pattern, strict=True)
    return all("?" in pair or pair[0] == pair[1] for pair in pairs)


def _share(gap: int, reach: float) -> float:
    return 0.5 / reach / (1 + gap / reach) ** 2


def in_one_procedure(
    procedure: str, procedures: Mapping[str, str]
) -> Callable[[str], bool]:
    """Tell whether records stand in a procedure; unknown ones stand in none."""
    return lambda record: bool(procedure) and procedures.get(record) == procedure
