"""Warn of a source whose arms are recovered more often than others of its kind.

What is expected of a source is its share of the arms that its kind had or sold.
Sources of a kind differ: their true rates are taken to follow a gamma distribution
about the kind's, whose spread is estimated from all of them, so that the ordinary
large dealer is no warning. Recovered arms are no random sample of arms in crime.

Source:
    Clayton and Kaldor (1987), Biometrics 43: empirical Bayes estimates of rates.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import scipy

from armstrace.analysis.risk.warnings.facts import (
    QUICK,
    Alarm,
    Budget,
    Facts,
    Others,
    Recovered,
    Source,
    unit_of,
)
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.messages import Message, Parameter, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.warnings import WarningKind

SAID = Sentences(__package__)
LEAST_CASES = 2
TRIMMED = 0.02
MOST_TRIMMED = 5
LEAST_SHAPE, MOST_SHAPE = 0.3, 2.0
"""Sources are never taken to be more alike than the latter says."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often arms of a kind of source are recovered, and how sources differ."""

    # Cases for each arm that a source had or sold.
    mean: float
    # Of the gamma distribution of a source's own rate; large where sources are alike.
    shape: float


@dataclass(frozen=True, slots=True)
class Observed:
    """A source with what was recovered of it."""

    source: Source
    cases: int
    # Cases, by the arms that it had or sold.
    expected: float
    # Observed over expected, shrunken towards 1.
    ratio: float
    # How likely as many cases are for a source of its kind.
    chance: float
    # Whether only cases soon after the sale are counted.
    is_quick: bool = False


def alarms(facts: Facts, budget: Budget) -> Iterator[Alarm]:
    """Give the sources of which to warn.

    All cases are counted, and those soon after the sale by themselves: a source that
    is used for crime shows in the latter first.
    """
    seen = _by_source(facts.recovered)
    fresh = [
        key
        for key, found in seen.items()
        if key in facts.sources and any(facts.is_newly_traced(each) for each in found)
    ]
    if not fresh:
        return
    level = budget.level(WarningKind.REPEAT_SOURCE, facts.weeks, len(fresh))
    quick = {key: [r for r in found if _is_quick(r)] for key, found in seen.items()}
    counted = [(seen, False), (quick, True)]
    rates = [_rates(facts, each) for each, _ in counted]
    for key in sorted(fresh):
        source = facts.sources[key]
        told = [
            (observe(source, _cases(each[key]), rate, is_quick=is_quick), each[key])
            for (each, is_quick), rate in zip(counted, rates, strict=True)
        ]
        best, found = min(told, key=lambda one: one[0].chance)
        chance = min(1.0, best.chance * len(counted))
        if best.cases >= LEAST_CASES and chance <= level:
            yield _alarm(replace(best, chance=chance), found)


def _rates(
    facts: Facts, seen: Mapping[str, Sequence[Recovered]]
) -> dict[HolderKind, Rate]:
    cases = {key: _cases(found) for key, found in seen.items()}
    return rates_of(facts.sources.values(), cases, facts.others)


def _is_quick(found: Recovered) -> bool:
    return found.days is not None and found.days <= QUICK


def observe(
    source: Source,
    cases: int,
    rates: Mapping[HolderKind, Rate],
    *,
    is_quick: bool = False,
) -> Observed:
    """Hold what was recovered of a source against what is expected of it.

    Args:
        is_quick: Whether only cases soon after the sale are counted.
    """
    rate = rates[source.kind]
    expected = rate.mean * max(1, source.arms)
    ratio = (cases + rate.shape) / (expected + rate.shape)
    share = expected / (expected + rate.shape)
    chance = float(scipy.special.betainc(cases, rate.shape, share)) if cases else 1.0
    return Observed(source, cases, expected, ratio, chance, is_quick)


def rates_of(
    sources: Iterable[Source],
    cases: Mapping[str, int],
    others: Mapping[HolderKind, Others],
) -> dict[HolderKind, Rate]:
    """Estimate the rate of each kind of source, and how sources of it differ."""
    kinds: dict[HolderKind, list[tuple[int, int]]] = defaultdict(list)
    for each in sources:
        kinds[each.kind].append((cases.get(each.key, 0), max(1, each.arms)))
    none = Others(0, 0)
    return {kind: _rate(found, others.get(kind, none)) for kind, found in kinds.items()}


def _rate(found: Sequence[tuple[int, int]], others: Others) -> Rate:
    """Fit by moments; the most striking are left out, as they may be warnings."""
    ordered = sorted(found, key=lambda pair: pair[0] / (pair[1] + 1))
    left_out = round(TRIMMED * (len(ordered) + others.sources))
    kept = ordered[: max(1, len(ordered) - min(left_out, MOST_TRIMMED))]
    arms = sum(had for _, had in kept) + others.arms
    mean = max(sum(count for count, _ in kept), 0.5) / arms
    usual = mean * others.arms / max(1, others.sources)
    beyond = others.sources * (usual * usual - usual)
    squares = others.sources * usual * usual
    for count, had in kept:
        expected = mean * had
        beyond += (count - expected) ** 2 - expected
        squares += expected * expected
    shape = squares / beyond if beyond > 0 else MOST_SHAPE
    return Rate(mean, min(max(shape, LEAST_SHAPE), MOST_SHAPE))


def _by_source(recovered: Iterable[Recovered]) -> dict[str, list[Recovered]]:
    found: dict[str, list[Recovered]] = defaultdict(list)
    for each in recovered:
        for key in each.sources:
            found[key].append(each)
    return found


def _cases(found: Iterable[Recovered]) -> int:
    return len({each.case for each in found})


def _alarm(told: Observed, found: Sequence[Recovered]) -> Alarm:
    return Alarm(
        kind=WarningKind.REPEAT_SOURCE,
        subject=told.source.key,
        unit=unit_of(found),
        evidence=(told.source.key, *(each.number for each in found)),
        sentence=_say(told),
        chance=told.chance,
        on=max(each.traced_on or each.known_on for each in found),
    )


def _say(told: Observed) -> Message:
    said: dict[str, Parameter] = {
        "source": told.source.key,
        "kind": told.source.kind,
        "arms": told.source.arms,
        "cases": told.cases,
        "usual": _usual(told.expected),
    }
    if told.is_quick:
        return message(
            "Arms of %(source)s (%(kind)s; arms: %(arms)s) were recovered within a "
            "year of their sale in %(cases)s cases. A source of its kind and size "
            "usually has %(usual)s. Recovered arms are no random sample.",
            **said,
        )
    return message(
        "Arms of %(source)s (%(kind)s; arms: %(arms)s) were recovered in %(cases)s "
        "cases. A source of its kind and size usually has %(usual)s. Recovered arms "
        "are no random sample.",
        **said,
    )


def _usual(expected: float) -> Message:
    """Say in words how many cases are usual."""
    if expected >= 1:
        return message("about %(count)s", count=round(expected))
    if expected >= 0.5:
        return message("fewer than one")
    return SAID.say("ONE_IN_MANY", count=round(1 / expected))
