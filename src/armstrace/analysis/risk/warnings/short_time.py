"""Warn of arms that were recovered unusually soon after they were sold.

Each is held against those that the agency recovered before: the share of them that
came up at least as soon. Where nothing changes, that share is as likely to be small
as it says, so the threshold gives the number of false alarms. Arms that were still
with their holder, or whose theft was reported before, are left out of both.

Source:
    Vovk, Gammerman and Shafer (2005), Algorithmic Learning in a Random World, ch. 2.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from armstrace.analysis.risk.warnings.facts import (
    Alarm,
    Budget,
    Facts,
    Recovered,
    by_unit,
)
from armstrace.vocabulary.messages import counted
from armstrace.vocabulary.warnings import WarningKind

LEAST_BEFORE = 30
LONGEST = 3 * 365
"""Days beyond which no time to crime is short, however rare it is."""


def alarms(facts: Facts, budget: Budget) -> Iterator[Alarm]:
    """Give the recoveries of which to warn."""
    for _, recovered in by_unit(facts):
        timed = [each for each in recovered if each.days_unexplained is not None]
        fresh = [each for each in timed if facts.is_newly_traced(each)]
        before = sorted(days_of(timed, facts))
        if not fresh or len(before) < LEAST_BEFORE:
            continue
        # A quiet week is held to the same level as a usual one.
        usual = facts.weeks * len(before) / _weeks_before(facts)
        tests = max(len(fresh), usual)
        level = budget.level(WarningKind.SHORT_TIME, facts.weeks, tests)
        yield from _short(fresh, before, level)


def _weeks_before(facts: Facts) -> float:
    first = min(each.known_on for each in facts.recovered)
    return max(1.0, (facts.since - first).days / 7)


def days_of(timed: Sequence[Recovered], facts: Facts) -> Iterator[int]:
    """Give the times to crime that were known before what is new."""
    for each in timed:
        known = each.traced_on is not None and each.traced_on <= facts.since
        if each.days is not None and known:
            yield each.days


def _short(
    fresh: Sequence[Recovered], before: Sequence[int], level: float
) -> Iterator[Alarm]:
    for each in sorted(fresh, key=lambda one: one.number):
        if each.days is None or each.days > LONGEST:
            continue
        as_soon = bisect_right(before, each.days)
        chance = (1 + as_soon) / (1 + len(before))
        if chance <= level:
            yield _alarm(each, each.days, as_soon, len(before), chance)


def _alarm(
    found: Recovered, days: int, as_soon: int, before: int, chance: float
) -> Alarm:
    return Alarm(
        kind=WarningKind.SHORT_TIME,
        subject=found.number,
        unit=found.unit,
        evidence=(found.number, *found.sources),
        sentence=counted(
            "%(number)s was recovered %(n)s day after it was sold; of %(before)s "
            "others of the agency, %(soon)s came up as soon.",
            "%(number)s was recovered %(n)s days after it was sold; of %(before)s "
            "others of the agency, %(soon)s came up as soon.",
            number=found.number,
            n=days,
            before=before,
            soon=as_soon,
        ),
        chance=chance,
        on=found.traced_on or found.known_on,
    )
