"""Set what a store should hold beside what was seen, by the comparison of custody."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from armstrace.custody import counting as comparing
from armstrace.records.lookups import among
from armstrace.registry.models import Arm
from armstrace.stockpiles import reading, standing
from armstrace.stockpiles.models import Depot, StockAnswer, StockCount
from armstrace.vocabulary.arms import ArmState
from armstrace.vocabulary.custody import CountFinding
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.stockpiles import StockAct


def compare_count(count: StockCount) -> comparing.Compared:
    """Compare what should be in the store with what was seen, as of the signature."""
    return compare(count.depot, lines_of(count), at=count.signed_at)


def compare(
    depot: Depot, lines: Sequence[reading.Line], *, at: datetime | None = None
) -> comparing.Compared:
    """Compare a store with a list that was read; nothing is recorded."""
    expected = standing.in_store(depot, at).values_list("arm_id", flat=True)
    seen = [each.name for each in lines if each.text]
    known = {each.name for each in lines if each.arm_id}
    return comparing.compare({f"A{key}" for key in expected}, seen, known)


def whereabouts(numbers: Sequence[str]) -> dict[str, str]:
    """Tell where arms are on record, by number: store, bearer, or nothing."""
    keys = [int(one[1:]) for one in numbers if reading.NUMBER.fullmatch(one)]
    return {
        f"A{key}": " · ".join(filter(None, (one.depot.name, one.place, one.bearer)))
        for key, one in standing.current(keys).items()
        if one.act != StockAct.LEFT
    }


def in_no_store(numbers: Sequence[str], where: Mapping[str, str]) -> list[Message]:
    """Say how the register has arms that no store has."""
    keys = [int(one[1:]) for one in numbers if one not in where]
    rows = Arm.objects.filter(among("pk", keys)).order_by("pk")
    return [
        message(
            "%(number)s is on the register as “%(state)s”, and in no store.",
            number=each.reference,
            state=ArmState(each.state),
        )
        for each in rows
    ]


def waiting_numbers(count: StockCount, finding: CountFinding) -> list[str]:
    """Give the differences of a kind of which nobody has said anything."""
    said = StockAnswer.objects.filter(count=count, finding=finding)
    answered = set(said.values_list("number", flat=True))
    return [one for one in compare_count(count).of(finding) if one not in answered]


def not_answered_for(depot: Depot) -> set[str]:
    """Give the arms that counts of a store did not find, unless somebody explained."""
    counts = StockCount.objects.filter(depot=depot, signed_at__isnull=False)
    return {
        number
        for count in counts.filter(settled_at=None)
        for number in waiting_numbers(count, CountFinding.MISSING)
    }


def lines_of(count: StockCount) -> list[reading.Line]:
    return [
        reading.Line(place, text, key)
        for place, (text, key) in enumerate(count.seen, 1)
    ]
