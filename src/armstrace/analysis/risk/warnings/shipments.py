"""Warn of consignments and authorisations that look like a diversion.

An end-user statement on file of several authorisations, and a receipt that nobody
proved though customs and the importing State were asked, are held against how often
that was so before: where it is usual it is no warning. How often a recipient was
delivered less than left is held against all other arrivals.

Source:
    Vovk, Gammerman and Shafer (2005), Algorithmic Learning in a Random World, ch. 2;
    Fisher (1922), Journal of the Royal Statistical Society 85(1): exact test.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import comb

from armstrace.analysis.risk.warnings.facts import (
    Alarm,
    Budget,
    Facts,
    Shipped,
    Statement,
)
from armstrace.vocabulary.messages import Message, counted
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.warnings import WarningKind

SAID = Sentences(__package__)
LEAST_BEFORE = 30
LEAST_SHORT = 2


def alarms(facts: Facts, budget: Budget) -> Iterator[Alarm]:
    """Give the statements, receipts and recipients of which to warn."""
    yield from _reuses(facts, budget)
    yield from _unproven(facts, budget)
    yield from _short(facts, budget)


@dataclass(frozen=True, slots=True)
class _Usual:
    """How often something was so before, and how rare it has to be."""

    hits: int
    all: int
    level: float

    @property
    def chance(self) -> float:
        return (1 + self.hits) / (1 + self.all)

    @property
    def is_rare(self) -> bool:
        return self.all >= LEAST_BEFORE and self.chance <= self.level


def _usual(
    kind: WarningKind,
    told: Sequence[tuple[Shipped | Statement, bool]],
    facts: Facts,
    budget: Budget,
) -> _Usual:
    """Count what was known before what is new."""
    before = [is_so for each, is_so in told if each.known_on <= facts.since]
    fresh = sum(facts.is_new(each) for each, _ in told)
    return _Usual(
        sum(before), len(before), budget.level(kind, facts.weeks, max(1, fresh))
    )


def _reuses(facts: Facts, budget: Budget) -> Iterator[Alarm]:
    told = [(each, len(each.transfers) > 1) for each in facts.statements]
    usual = _usual(WarningKind.USED_STATEMENT, told, facts, budget)
    for each, is_so in told:
        if is_so and facts.is_new(each) and usual.is_rare:
            sentence = SAID.say(
                "STATEMENT_USED_AGAIN",
                transfers=each.transfers,
                before=usual.all,
                hits=usual.hits,
            )
            kind, subject = WarningKind.USED_STATEMENT, each.transfers[0]
            yield _alarm(kind, (subject, *each.transfers[1:]), usual, sentence, each)


def _unproven(facts: Facts, budget: Budget) -> Iterator[Alarm]:
    told = [(each, each.is_unproven) for each in facts.shipped if each.is_answered]
    usual = _usual(WarningKind.NO_RECEIPT, told, facts, budget)
    for each, is_so in told:
        if is_so and facts.is_new(each) and usual.is_rare:
            sentence = counted(
                "Receipt of the %(sent)s of %(number)s is not proven %(n)s day after "
                "they left, though customs and the importing State were asked; so it "
                "was of %(hits)s of %(before)s others.",
                "Receipt of the %(sent)s of %(number)s is not proven %(n)s days after "
                "they left, though customs and the importing State were asked; so it "
                "was of %(hits)s of %(before)s others.",
                sent=each.sent,
                number=each.number,
                n=(each.known_on - each.left_on).days,
                hits=usual.hits,
                before=usual.all,
            )
            numbers = (each.number, each.authorisation)
            yield _alarm(WarningKind.NO_RECEIPT, numbers, usual, sentence, each)


def _alarm(
    kind: WarningKind,
    evidence: tuple[str, ...],
    usual: _Usual,
    sentence: Message,
    told: Shipped | Statement,
) -> Alarm:
    return Alarm(kind, evidence[0], "", evidence, sentence, usual.chance, told.known_on)


def _short(facts: Facts, budget: Budget) -> Iterator[Alarm]:
    came = [each for each in facts.shipped if each.arrived is not None]
    found: dict[str, list[Shipped]] = defaultdict(list)
    for each in came:
        if each.recipient:
            found[each.recipient].append(each)
    watched = [some for some in found.values() if any(map(facts.is_new, some))]
    kind = WarningKind.SHORT_GOODS
    level = budget.level(kind, facts.weeks, max(1, len(watched)))
    every = sum(each.missing > 0 for each in came)
    for some in watched:
        short = [each for each in some if each.missing > 0]
        chance = tail(len(short), len(some), every, len(came))
        is_new = any(map(facts.is_new, short))
        if len(short) >= LEAST_SHORT and is_new and chance <= level:
            yield _alarm_of(short, some, chance, every, len(came))


def tail(hits: int, drawn: int, every: int, total: int) -> float:
    """Tell how likely as many hits are among those drawn, by chance alone.

    Args:
        every: How many hits there are among all.
        total: How many there are in all.
    """
    ways = sum(
        comb(every, n) * comb(total - every, drawn - n)
        for n in range(hits, min(drawn, every) + 1)
    )
    return ways / comb(total, drawn)


def _alarm_of(
    short: Sequence[Shipped],
    some: Sequence[Shipped],
    chance: float,
    every: int,
    total: int,
) -> Alarm:
    first = min((each.authorisation for each in some), key=lambda g: (len(g), g))
    return Alarm(
        kind=WarningKind.SHORT_GOODS,
        subject=first,
        unit="",
        evidence=tuple(each.number for each in short),
        sentence=SAID.say(
            "ARRIVED_SHORT",
            short=len(short),
            all=len(some),
            number=first,
            missing=sum(each.missing for each in short),
            hits=every - len(short),
            rest=total - len(some),
        ),
        chance=chance,
        on=max(each.known_on for each in short),
    )
