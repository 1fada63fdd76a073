"""Indicators on recovered arms that were traced.

They point at patterns of arms, sales and losses, and never at a person: a buyer of
two traced arms may have been robbed twice. Traced arms are no random sample of arms
in crime; not each is an arm of crime, and a trace ends with the first lawful sale.

Source:
    Instruments, 5.7 (TR-01 to TR-20); ATF, time to crime and multiple sales.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from armstrace.analysis.risk.catalogue import NO_HIT, UNTOLD, Answer
from armstrace.analysis.risk.traced import TRACED, Others, TracedArm
from armstrace.vocabulary.arms import ArmType, Modification
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sources import Source

HANDGUNS = frozenset({ArmType.PISTOL, ArmType.REVOLVER})
HIDDEN = frozenset(
    {SerialStatus.OBLITERATED, SerialStatus.ALTERED, SerialStatus.RESTAMPED}
)
MADE_LIVE = frozenset({Modification.CONVERTED, Modification.REACTIVATED})
SATURDAY = 5


@TRACED.add(
    "TR-01",
    message("Recovered soon after the first sale"),
    Source("design", "ATF, time to crime"),
    inputs="sold_on recovered_on reported_on",
    parameters="short_days very_short_days",
)
def short_time(arm: TracedArm, others: Others) -> Answer:
    """Hit within three years of the sale, unless a theft was reported before."""
    if arm.days is None:
        return UNTOLD
    if arm.reported_on is not None and arm.reported_on <= arm.recovered_on:
        return NO_HIT
    if arm.days > others.parameters.short_days:
        return NO_HIT
    return message(
        "It was recovered %(days)s days after its first sale, and no theft was "
        "reported before.",
        days=arm.days,
    )


@TRACED.add(
    "TR-02",
    message("Several handguns bought within days"),
    Source("design", "ATF, multiple sale reports"),
    inputs="buyer purchases sold_on arm_type",
    parameters="multiple_sale_arms multiple_sale_days",
)
def multiple_sale(arm: TracedArm, others: Others) -> Answer:
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
    return message(
        "Its buyer bought %(count)s handguns within %(days)s working days.",
        count=len(near),
        days=int(others.parameters.multiple_sale_days),
    )


@TRACED.add(
    "TR-04",
    message("Bought with others and recovered soon after"),
    Source("design", "ATF, multiple sale reports"),
    inputs="buyer purchases sold_on recovered_on",
    parameters="multiple_sale_arms multiple_sale_days short_days",
)
def multiple_and_short(arm: TracedArm, others: Others) -> Answer:
    """Hit where TR-01 and TR-02 both hit."""
    told = [short_time(arm, others), multiple_sale(arm, others)]
    if NO_HIT in told:
        return NO_HIT
    if UNTOLD in told:
        return UNTOLD
    return message(
        "It was one of several handguns bought within days, and recovered %(days)s "
        "days later.",
        days=arm.days or 0,
    )


@TRACED.add(
    "TR-05",
    message("A serial number that was erased or changed"),
    Source("protocol", "art. 5, para. 1 (c)"),
    inputs="serial_status",
)
def serial_hidden(arm: TracedArm, others: Others) -> Answer:
    """Hit by how the serial number was found."""
    del others
    if arm.serial_status is SerialStatus.UNKNOWN:
        return UNTOLD
    if arm.serial_status not in HIDDEN:
        return NO_HIT
    return message("Its serial number is %(status)s.", status=arm.serial_status)


@TRACED.add(
    "TR-06",
    message("A neighbour in its series recovered elsewhere"),
    Source("design", "near-sequential serial numbers in different places"),
    inputs="make model serial place",
    parameters="serial_gap",
)
def near_in_series(arm: TracedArm, others: Others) -> Answer:
    """Hit where an arm of the same make, model and series came up elsewhere."""
    if not arm.serial or not arm.make:
        return UNTOLD
    other = others.near.get(arm.number)
    if other is None:
        return NO_HIT
    return message(
        "%(other)s has a serial number close to it and was recovered elsewhere.",
        other=other.number,
    )


@TRACED.add(
    "TR-07",
    message("Bought by one, soon found with another"),
    Source("design", "straw purchase"),
    inputs="buyer taken_from_holder sold_on recovered_on",
    parameters="straw_days",
)
def straw_pattern(arm: TracedArm, others: Others) -> Answer:
    """Hit where who had it is not the buyer, within a year, without a theft."""
    if not arm.buyer or arm.taken_from_holder is Known.UNKNOWN or arm.days is None:
        return UNTOLD
    is_other = arm.taken_from_holder is Known.NO and arm.reported_on is None
    if not is_other or arm.days > others.parameters.straw_days:
        return NO_HIT
    return message(
        "It was found with somebody else %(days)s days after its sale, and no theft "
        "was reported.",
        days=arm.days,
    )


@TRACED.add(
    "TR-08",
    message("Another traced arm of the same first buyer"),
    Source("design", "two or more traced arms of a buyer"),
    inputs="buyer",
    parameters="buyer_arms buyer_days",
)
def buyer_again(arm: TracedArm, others: Others) -> Answer:
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
    return message(
        "%(count)s arms of the same first buyer were recovered within %(days)s days.",
        count=len(found),
        days=int(others.parameters.buyer_days),
    )


@TRACED.add(
    "TR-11",
    message("Soon recovered in another country than it was sold in"),
    Source("design", "far from its source"),
    inputs="sold_in country sold_on recovered_on",
    parameters="very_short_days",
)
def far_from_sale(arm: TracedArm, others: Others) -> Answer:
    """Hit across a border within a year; distances at home are not known."""
    if not arm.sold_in or not arm.country or arm.days is None:
        return UNTOLD
    if arm.sold_in == arm.country or arm.days > others.parameters.very_short_days:
        return NO_HIT
    return message(
        "It was sold in %(sold)s and recovered in %(country)s %(days)s days later.",
        sold=arm.sold_in,
        country=arm.country,
        days=arm.days,
    )


@TRACED.add(
    "TR-12",
    message("Reported stolen after it was recovered"),
    Source("design", "late report of theft"),
    inputs="reported_on recovered_on",
)
def late_report(arm: TracedArm, others: Others) -> Answer:
    """Hit where the report came after the recovery."""
    del others
    if arm.reported_on is None or arm.reported_on <= arm.recovered_on:
        return NO_HIT
    return message(
        "It was reported lost or stolen on %(day)s, after it was recovered.",
        day=arm.reported_on,
    )


@TRACED.add(
    "TR-14",
    message("Converted or reactivated"),
    Source("paper-2018", "paras. 41 and 45"),
    inputs="modification",
)
def made_live(arm: TracedArm, others: Others) -> Answer:
    """Hit where a device was made to fire, or an arm to fire again."""
    del others
    if arm.modification is Modification.UNKNOWN:
        return UNTOLD
    if arm.modification not in MADE_LIVE:
        return NO_HIT
    return message("It was %(how)s.", how=arm.modification)


@TRACED.add(
    "TR-16",
    message("Taken with other arms"),
    Source("design", "composition of a seizure"),
    inputs="case",
    parameters="taken_arms",
)
def taken_together(arm: TracedArm, others: Others) -> Answer:
    """Hit by how many arms one case has; other things in it are not counted."""
    found = others.by_case.get(arm.case, ())
    if len(found) < others.parameters.taken_arms:
        return NO_HIT
    return message("%(count)s arms were recovered in the same case.", count=len(found))


@TRACED.add(
    "TR-18",
    message("A holder who reported several losses"),
    Source("design", "repeated loss or theft"),
    inputs="losses",
    parameters="losses losses_days",
)
def several_losses(arm: TracedArm, others: Others) -> Answer:
    """Hit where its last lawful holder lost arms more than once within five years."""
    window = timedelta(days=others.parameters.losses_days)
    near = [day for day in arm.losses if abs(arm.recovered_on - day) <= window]
    if len(near) < others.parameters.losses:
        return NO_HIT
    return message(
        "Its last lawful holder reported %(count)s losses or thefts within %(days)s "
        "days.",
        count=len(near),
        days=int(others.parameters.losses_days),
    )


@TRACED.add(
    "TR-19",
    message("An arm of the State in other hands"),
    Source("paper-2018", "paras. 28 and 34"),
    inputs="is_stock taken_from_holder",
)
def of_the_state(arm: TracedArm, others: Others) -> Answer:
    """Hit where it was State stock and was not taken from its holder."""
    del others
    if arm.is_stock is None:
        return UNTOLD
    if not arm.is_stock or arm.taken_from_holder is Known.YES:
        return NO_HIT
    return message("It was in the stock of the State, or bears such a mark.")


@dataclass(frozen=True, slots=True)
class Signs:
    """What indicators say of one recovered arm."""

    arm: TracedArm
    hits: tuple[tuple[str, Message], ...]


def judge(arms: Iterable[TracedArm], others: Others) -> list[Signs]:
    """Ask every indicator of arms; those with most hits come first.

    Args:
        others: The index of them and of those around them.
    """
    told = []
    for arm in arms:
        hits = tuple(
            (code, answer)
            for code, each in sorted(TRACED.indicators.items())
            if isinstance(answer := each.judge(arm, others), Message)
        )
        if hits:
            told.append(Signs(arm, hits))
    return sorted(told, key=lambda one: (-len(one.hits), one.arm.number))


def _working_days(one: date, other: date) -> int:
    """Count the working days from one day to another, both included."""
    first, last = sorted((one, other))
    if (last - first).days > 14:
        return (last - first).days
    days = range((last - first).days + 1)
    return sum((first + timedelta(days=n)).weekday() < SATURDAY for n in days)
