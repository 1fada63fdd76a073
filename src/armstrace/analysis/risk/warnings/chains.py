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
from datetime import date, timedelta

import scipy

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


type Sale = tuple[date, str, Recovered]
"""When an arm that came up soon with somebody else was sold, and to whom."""


def alarms(facts: Facts, budget: Budget) -> Iterator[Alarm]:
    """Give the chains of which to warn."""
    sales = sales_of(facts)
    fresh = [
        (dealer, one, found)
        for (dealer, _), found in sales.items()
        for one in found
        if facts.is_newly_traced(one[2])
    ]
    if not fresh:
        return
    level = budget.level(WarningKind.STRAW_CHAIN, facts.weeks, len(fresh))
    for dealer, one, found in sorted(fresh, key=lambda each: each[1][2].number):
        near = sales_near(one, found)
        chance = _chance(len(near), len(found)) if near else 1.0
        if chance <= level:
            yield _alarm(dealer, near, chance)


def sales_of(facts: Facts) -> Mapping[tuple[str, str], Sequence[Sale]]:
    """Give, by dealer and type, the sales whose arms were soon with others."""
    found: dict[tuple[str, str], list[Sale]] = defaultdict(list)
    for each in facts.recovered:
        days = each.days_unexplained
        dealers = [key for key in each.sources if _is_dealer(key, facts)]
        buyers = [key for key in each.sources if key not in dealers]
        is_quick = days is not None and days <= QUICK
        if is_quick and each.sold_on and dealers and buyers:
            found[dealers[0], each.arm_type].append((each.sold_on, buyers[0], each))
    return found


def _is_dealer(key: str, facts: Facts) -> bool:
    return key in facts.sources and facts.sources[key].kind is HolderKind.DEALER


def sales_near(one: Sale, sales: Sequence[Sale]) -> list[Sale]:
    """Give the sales near one; none where one person bought, or one case has all.

    Args:
        sales: All of the dealer whose arms of the type came up soon.
    """
    near = [each for each in sales if abs(each[0] - one[0]) <= NEAR]
    buyers = {buyer for _, buyer, _ in near}
    cases = {arm.case for _, _, arm in near}
    return sorted(near, key=_in_order) if min(len(buyers), len(cases)) > 1 else []


def _in_order(sale: Sale) -> tuple[date, str]:
    return sale[0], sale[2].number


def _chance(near: int, all_: int) -> float:
    """Tell how likely so many sales are near one, by those that are not."""
    window = settings()["window"]["recoveries"]
    expected = (all_ - near + 0.5) * (2 * NEAR.days + 1) / window
    return float(scipy.special.pdtrc(near - 2, expected))


def _alarm(dealer: str, near: Sequence[Sale], chance: float) -> Alarm:
    found = [arm for _, _, arm in near]
    buyers = dict.fromkeys(buyer for _, buyer, _ in near)
    first, last = near[0][0], near[-1][0]
    return Alarm(
        kind=WarningKind.STRAW_CHAIN,
        subject=f"{dealer}:{first.toordinal() // (2 * NEAR.days)}",
        unit=unit_of(found),
        evidence=(*(each.number for each in found), dealer, *buyers),
        sentence=message(
            "%(buyers)s people bought %(count)s arms of one type of %(dealer)s within "
            "%(days)s days from %(first)s; each was recovered within a year, and none "
            "was reported lost or stolen before.",
            buyers=len(buyers),
            count=len(found),
            dealer=dealer,
            days=(last - first).days + 1,
            first=first,
        ),
        chance=chance,
        on=max(each.traced_on or each.known_on for each in found),
    )
