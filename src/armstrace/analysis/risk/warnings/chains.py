"""Warn of arms that several people bought of one dealer within days, soon with others.

Who buys for others sends several people to the same counter. Arms that were still
with their holder, or whose theft was reported, say nothing of it. How many sales of
a dealer lie so near each other by chance is counted from its other sales whose arms
came up as soon, spread over the days of the window: a dealer that sells much, or
whose arms come up often, is no warning of this kind by that alone.

Source:
    ATF, reports on multiple sales (18 U.S.C. 923 (g) (3)); instruments, 5.7 (TR-02,
    TR-04, TR-07).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scipy import special

from armstrace.analysis.risk.warnings.facts import (
    QUICK,
    Alarm,
    Budget,
    Facts,
    Recovered,
    settings,
    unit_of,
)
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.warnings import WarningKind

NEAR = timedelta(days=7)
LEAST_BUYERS = 2


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale of an arm that came up soon with somebody else."""

    on: date
    buyer: str
    arm: Recovered


@dataclass(frozen=True, slots=True)
class Chain:
    """Sales near each other, and how likely so many are."""

    dealer: str
    sales: tuple[Sale, ...]
    chance: float


def alarms(facts: Facts, budget: Budget) -> Iterator[Alarm]:
    """Give the chains of which to warn.

    Args:
        budget: How many false alarms are accepted.
    """
    sales = sales_of(facts)
    fresh = [
        (key, each)
        for key, found in sales.items()
        for each in found
        if facts.is_newly_traced(each.arm)
    ]
    if not fresh:
        return
    level = budget.level(WarningKind.STRAW_CHAIN, facts.weeks, len(fresh))
    for key, one in sorted(fresh, key=lambda pair: pair[1].arm.number):
        chain = chain_about(one, sales[key], key[0])
        if chain is not None and chain.chance <= level:
            yield _alarm(chain, one)


def sales_of(facts: Facts) -> Mapping[tuple[str, str], Sequence[Sale]]:
    """Give, by dealer and type, the sales whose arms were soon with others."""
    found: dict[tuple[str, str], list[Sale]] = defaultdict(list)
    for each in facts.recovered:
        days = each.days_unexplained
        if days is None or days > QUICK or each.sold_on is None:
            continue
        dealers = [key for key in each.sources if _is_dealer(key, facts)]
        buyers = [key for key in each.sources if not _is_dealer(key, facts)]
        if dealers and buyers:
            sale = Sale(each.sold_on, buyers[0], each)
            found[dealers[0], each.arm_type].append(sale)
    return found


def _is_dealer(key: str, facts: Facts) -> bool:
    return key in facts.sources and facts.sources[key].kind is HolderKind.DEALER


def chain_about(one: Sale, sales: Sequence[Sale], dealer: str) -> Chain | None:
    """Give the sales near one of a dealer, if several people bought.

    Args:
        sales: All of the dealer whose arms of the type came up soon.
    """
    near = [each for each in sales if abs(each.on - one.on) <= NEAR]
    if len({each.buyer for each in near}) < LEAST_BUYERS:
        return None
    if len({each.arm.case for each in near}) < LEAST_BUYERS:
        return None
    window = settings()["window"]["recoveries"]
    elsewhere = len(sales) - len(near)
    expected = (elsewhere + 0.5) * (2 * NEAR.days + 1) / window
    chance = float(special.pdtrc(len(near) - 2, expected))
    ordered = sorted(near, key=lambda each: (each.on, each.arm.number))
    return Chain(dealer, tuple(ordered), chance)


def _alarm(chain: Chain, one: Sale) -> Alarm:
    found = [each.arm for each in chain.sales]
    buyers = dict.fromkeys(each.buyer for each in chain.sales)
    days = (chain.sales[-1].on - chain.sales[0].on).days + 1
    return Alarm(
        kind=WarningKind.STRAW_CHAIN,
        subject=f"{chain.dealer}:{one.on.toordinal() // (2 * NEAR.days)}",
        unit=unit_of(found),
        evidence=(*(each.number for each in found), chain.dealer, *buyers),
        sentence=message(
            "%(buyers)s people bought %(count)s arms of one type of %(dealer)s within "
            "%(days)s days from %(first)s; each was recovered within a year, and none "
            "was reported lost or stolen before.",
            buyers=len(buyers),
            count=len(found),
            dealer=chain.dealer,
            days=days,
            first=chain.sales[0].on,
        ),
        chance=chain.chance,
        on=max(each.traced_on or each.known_on for each in found),
    )
