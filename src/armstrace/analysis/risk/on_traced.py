"""Indicators on recovered arms that were traced.

They point at patterns of arms, sales and losses, and never at a person: a buyer of
two traced arms may have been robbed twice. Traced arms are no random sample of arms
in crime; not each is an arm of crime, and a trace ends with the first lawful sale.

Source:
    Instruments, 5.7 (TR-01 to TR-20); ATF, time to crime and multiple sales; Firearms
    Protocol, art. 5, para. 1 (c) (TR-05); background paper (Vienna, 2018), paras. 28
    and 34 (TR-19), 41 and 45 (TR-14).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from armstrace.analysis.risk.catalogue import NO_HIT, UNTOLD, Answer, Parameters
from armstrace.analysis.risk.scoring import Point
from armstrace.vocabulary.arms import ArmType, Modification
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.messages import Message, counted, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
_NUMBERED = re.compile(r"(.*?)(\d{3,12})")
HANDGUNS = frozenset({ArmType.PISTOL, ArmType.REVOLVER})
HIDDEN = frozenset(
    {SerialStatus.OBLITERATED, SerialStatus.ALTERED, SerialStatus.RESTAMPED}
)
MADE_LIVE = frozenset({Modification.CONVERTED, Modification.REACTIVATED})
SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedArm:
    """One recovered arm with what its trace found."""

    # Of the recovery, as people write it: ``R12``.
    number: str
    recovered_on: date
    # Number of the case; its own number where none is stated.
    case: str
    place: str = ""
    country: str = ""
    arm_type: ArmType = ArmType.UNKNOWN
    make: str = ""
    model: str = ""
    # As it is searched; empty where it was not read.
    serial: str = ""
    serial_status: SerialStatus = SerialStatus.UNKNOWN
    modification: Modification = Modification.UNKNOWN
    # Whether it was taken from its lawful holder.
    taken_from_holder: Known = Known.UNKNOWN
    # The first sale to a licensed holder; None where it is not known.
    sold_on: date | None = None
    # Country of that sale; empty where it is not known.
    sold_in: str = ""
    # Key of who bought it then; empty where it is not known.
    buyer: str = ""
    purchases: tuple[date, ...] = ()
    # When its theft or loss was reported; None for no report.
    reported_on: date | None = None
    # Days of all losses and thefts that its last holder reported.
    losses: tuple[date, ...] = ()
    # Whether its last lawful holder was a State body, or a mark of inventory or arsenal
    # was seen on it.
    is_stock: bool | None = None

    @property
    def days(self) -> int | None:
        """Days from the first sale to the recovery; None where they make no sense."""
        if self.sold_on is None or self.sold_on > self.recovered_on:
            return None
        return (self.recovered_on - self.sold_on).days


@dataclass(slots=True)
class Others:
    """The other traced arms, indexed by what an arm may share with them."""

    parameters: Parameters
    by_buyer: dict[str, list[TracedArm]] = field(default_factory=dict)
    by_case: dict[str, list[TracedArm]] = field(default_factory=dict)
    near: dict[str, TracedArm] = field(default_factory=dict)


def index(arms: Sequence[TracedArm], parameters: Parameters) -> Others:
    """Index arms, in time of one sort."""
    others = Others(parameters)
    for each in arms:
        if each.buyer:
            others.by_buyer.setdefault(each.buyer, []).append(each)
        others.by_case.setdefault(each.case, []).append(each)
    series: dict[tuple[str, str, str], list[tuple[int, TracedArm]]] = defaultdict(list)
    for each in arms:
        found = _NUMBERED.fullmatch(each.serial)
        if found and each.make:
            kind = (each.make, each.model, found[1])
            series[kind].append((int(found[2]), each))
    for numbered in series.values():
        numbered.sort(key=lambda pair: (pair[0], pair[1].number))
        for (low, one), (high, other) in pairwise(numbered):
            if 0 < high - low <= parameters.serial_gap and one.place != other.place:
                others.near.setdefault(one.number, other)
                others.near.setdefault(other.number, one)
    return others


def _short_time(arm: TracedArm, others: Others) -> Answer:
    """Hit within three years of the sale, unless a theft was reported before."""
    if arm.days is None:
        return UNTOLD
    if arm.reported_on is not None and arm.reported_on <= arm.recovered_on:
        return NO_HIT
    if arm.days > others.parameters.short_days:
        return NO_HIT
    return counted(
        "It was recovered %(n)s day after its first sale, and no theft was reported "
        "before.",
        "It was recovered %(n)s days after its first sale, and no theft was reported "
        "before.",
        n=arm.days,
    )


def _multiple_sale(arm: TracedArm, others: Others) -> Answer:
    """Hit where the buyer bought enough handguns within consecutive working days."""
    if not arm.buyer or arm.sold_on is None:
        return UNTOLD
    if arm.arm_type not in HANDGUNS:
        return NO_HIT
    near = [
        day
        for day in arm.purchases
        if _working_days(arm.sold_on, day) <= others.parameters.multiple_sale_days
    ]
    if len(near) < others.parameters.multiple_sale_arms:
        return NO_HIT
    return SAID.say(
        "MULTIPLE_SALE", count=len(near), days=int(others.parameters.multiple_sale_days)
    )


def _multiple_and_short(arm: TracedArm, others: Others) -> Answer:
    """Hit where TR-01 and TR-02 both hit."""
    told = [_short_time(arm, others), _multiple_sale(arm, others)]
    if NO_HIT in told:
        return NO_HIT
    if UNTOLD in told:
        return UNTOLD
    return counted(
        "It was one of several handguns bought within days, and recovered %(n)s day "
        "later.",
        "It was one of several handguns bought within days, and recovered %(n)s days "
        "later.",
        n=arm.days or 0,
    )


def _serial_hidden(arm: TracedArm, _others: Others) -> Answer:
    """Hit by how the serial number was found."""
    if arm.serial_status is SerialStatus.UNKNOWN:
        return UNTOLD
    if arm.serial_status not in HIDDEN:
        return NO_HIT
    return message("Its serial number is %(status)s.", status=arm.serial_status)


def _near_in_series(arm: TracedArm, others: Others) -> Answer:
    """Hit where an arm of the same make, model and series came up elsewhere."""
    if not arm.serial or not arm.make:
        return UNTOLD
    other = others.near.get(arm.number)
    if other is None:
        return NO_HIT
    return SAID.say("NEAR_IN_SERIES", other=other.number)


def _straw_pattern(arm: TracedArm, others: Others) -> Answer:
    """Hit where who had it is not the buyer, within a year, without a theft."""
    if not arm.buyer or arm.taken_from_holder is Known.UNKNOWN or arm.days is None:
        return UNTOLD
    is_other = arm.taken_from_holder is Known.NO and arm.reported_on is None
    if not is_other or arm.days > others.parameters.straw_days:
        return NO_HIT
    return counted(
        "It was found with somebody else %(n)s day after its sale, and no theft was "
        "reported.",
        "It was found with somebody else %(n)s days after its sale, and no theft was "
        "reported.",
        n=arm.days,
    )


def _buyer_again(arm: TracedArm, others: Others) -> Answer:
    """Hit by how many arms of a buyer were recovered within two years."""
    if not arm.buyer:
        return UNTOLD
    window = timedelta(days=others.parameters.buyer_days)
    found = [
        each
        for each in others.by_buyer.get(arm.buyer, ())
        if abs(each.recovered_on - arm.recovered_on) <= window
    ]
    if len(found) < others.parameters.buyer_arms:
        return NO_HIT
    return SAID.say(
        "BUYER_AGAIN", count=len(found), days=int(others.parameters.buyer_days)
    )


def _far_from_sale(arm: TracedArm, others: Others) -> Answer:
    """Hit across a border within a year; distances at home are not known."""
    if not arm.sold_in or not arm.country or arm.days is None:
        return UNTOLD
    if arm.sold_in == arm.country or arm.days > others.parameters.very_short_days:
        return NO_HIT
    return counted(
        "It was sold in %(sold)s and recovered in %(country)s %(n)s day later.",
        "It was sold in %(sold)s and recovered in %(country)s %(n)s days later.",
        sold=arm.sold_in,
        country=arm.country,
        n=arm.days,
    )


def _late_report(arm: TracedArm, _others: Others) -> Answer:
    """Hit where the report came after the recovery."""
    if arm.reported_on is None or arm.reported_on <= arm.recovered_on:
        return NO_HIT
    return SAID.say("REPORTED_LATE", day=arm.reported_on)


def _made_live(arm: TracedArm, _others: Others) -> Answer:
    """Hit where a device was made to fire, or an arm to fire again."""
    if arm.modification is Modification.UNKNOWN:
        return UNTOLD
    if arm.modification not in MADE_LIVE:
        return NO_HIT
    return message("It was %(how)s.", how=arm.modification)


def _taken_together(arm: TracedArm, others: Others) -> Answer:
    """Hit by how many arms one case has; other things in it are not counted."""
    found = others.by_case.get(arm.case, ())
    if len(found) < others.parameters.taken_arms:
        return NO_HIT
    return message("%(count)s arms were recovered in the same case.", count=len(found))


def _several_losses(arm: TracedArm, others: Others) -> Answer:
    """Hit where its last lawful holder lost arms more than once within five years."""
    window = timedelta(days=others.parameters.losses_days)
    near = [day for day in arm.losses if abs(arm.recovered_on - day) <= window]
    if len(near) < others.parameters.losses:
        return NO_HIT
    return SAID.say(
        "SEVERAL_LOSSES", count=len(near), days=int(others.parameters.losses_days)
    )


def _of_the_state(arm: TracedArm, _others: Others) -> Answer:
    """Hit where it was State stock and was not taken from its holder."""
    if arm.is_stock is None:
        return UNTOLD
    if not arm.is_stock or arm.taken_from_holder is Known.YES:
        return NO_HIT
    return message("It was in the stock of the State, or bears such a mark.")


SIGNS: dict[str, Callable[[TracedArm, Others], Answer]] = {
    "TR-01": _short_time,
    "TR-02": _multiple_sale,
    "TR-04": _multiple_and_short,
    "TR-05": _serial_hidden,
    "TR-06": _near_in_series,
    "TR-07": _straw_pattern,
    "TR-08": _buyer_again,
    "TR-11": _far_from_sale,
    "TR-12": _late_report,
    "TR-14": _made_live,
    "TR-16": _taken_together,
    "TR-18": _several_losses,
    "TR-19": _of_the_state,
}
"""Those of TR-01 to TR-20 that the records support."""


def judge(
    arms: Iterable[TracedArm], others: Others
) -> list[tuple[TracedArm, tuple[Point, ...]]]:
    """Ask every indicator of arms; those with most hits come first."""
    told = []
    for arm in arms:
        hits = tuple(
            Point(code, 0.0, answer)
            for code, sign in SIGNS.items()
            if isinstance(answer := sign(arm, others), Message)
        )
        if hits:
            told.append((arm, hits))
    return sorted(told, key=lambda one: (-len(one[1]), one[0].number))


def _working_days(one: date, other: date) -> int:
    """Count the working days from one day to another, both included."""
    first, last = sorted((one, other))
    if (last - first).days > 14:
        return (last - first).days
    days = range((last - first).days + 1)
    return sum((first + timedelta(days=n)).weekday() < SATURDAY for n in days)
