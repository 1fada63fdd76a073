"""Arms of the register that a consignment names: locked, and free to cross."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from armstrace.analysis.marks.search_keys import search_key
from armstrace.analysis.provenance.state import HELD
from armstrace.licensing.checking import Missing
from armstrace.records import jurisdiction
from armstrace.records.lookups import among
from armstrace.registry import at_desk, marking
from armstrace.registry.models import ArmRecord
from armstrace.transfers import rules
from armstrace.transfers.inputs import ItemInput
from armstrace.transfers.models import (
    Authorisation,
    ConsignedItem,
    Consignment,
    ConsignmentStep,
    GoodsLine,
)
from armstrace.vocabulary.arms import MISSING, ArmState, ItemKind, LifeEventKind
from armstrace.vocabulary.profiles import MarkAsked, Strength
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.transfers import Direction, Step

SAID = Sentences(__package__)
GONE = frozenset({ArmState.EXPORTED, ArmState.DESTROYED})
AT_HOME = HELD | {
    *(ArmState.RECOVERED, ArmState.CONFISCATED, ArmState.RETAINED_MARKED),
    ArmState.DESTROYED,
}
NOT_AT_HAND = MISSING | {ArmState.RECOVERED, ArmState.DEACTIVATED}
BARRED = {Direction.EXPORT: GONE | NOT_AT_HAND, Direction.IMPORT: AT_HOME}
"""Where an arm stands that does not leave, or does not come."""
CROSSED = {
    Direction.EXPORT: LifeEventKind.EXPORTED,
    Direction.IMPORT: LifeEventKind.IMPORTED,
}
MARKS, MOST_NAMED = "TX-MARKS", 20


def require_free(authorisation: Authorisation, items: Sequence[ItemInput]) -> None:
    """Refuse arms that cannot leave under an authorisation; lock the others.

    Raises:
        NotFound: There is no such arm.
        RuleBroken: ``TX-20`` to ``TX-23``, ``TX-26``, ``RG-05``, ``RG-12``, ``RG-25``.
    """
    marks = Counter(search_key(each.serial) for each in items if each.serial)
    twice = next((each for each in marks if marks[each] > 1), "")
    rules.NAMED_ONCE.require((twice.upper(), not twice))
    before = _left_before(authorisation) if marks else {}
    again = next(
        (each.serial for each in items if search_key(each.serial) in before), ""
    )
    rules.LEFT_ONCE.require((again, before.get(search_key(again), ""), not again))
    named = Counter(each.arm_id for each in items if each.arm_id is not None)
    for key in sorted(named):
        rules.NAMED_ONCE.require((f"A{key}", named[key] == 1))
        taken = require_standing(authorisation, key)
        other = _on_its_way(key)
        rules.NOT_ON_ITS_WAY.require((taken.arm.reference, other, not other))
        if authorisation.direction == Direction.EXPORT:
            _require_at_hand(authorisation, taken)


def require_standing(authorisation: Authorisation, arm_id: int) -> at_desk.AtDesk:
    """Refuse an arm that is gone already, or that never left; lock it.

    Raises:
        RuleBroken: ``TX-21``.
    """
    taken = at_desk.take_arm(arm_id)
    barred = BARRED.get(Direction(authorisation.direction), frozenset())
    told = (taken.arm.reference, taken.now.state, taken.now.state not in barred)
    rules.FREE_TO_CROSS.require(told)
    return taken


def arms_without_marks(
    authorisation: Authorisation, items: Iterable[ItemInput], on: date
) -> Iterator[Missing]:
    """Name arms that lack marks which the law of a day asks for at the border."""
    event = CROSSED.get(Direction(authorisation.direction))
    named = {each.arm_id for each in items if each.arm_id is not None}
    if event is None or not named:
        return
    records = ArmRecord.objects.current().filter(among("arm_id", named))
    rows = list(records.order_by("arm_id").values())
    for law in jurisdiction.profile().markings_asked(event, on):
        found = defaultdict(list)
        for row in rows:
            found[marking.lacking(row, law)].append(f"A{row['arm_id']}")
        for lacks, arms in found.items():
            if lacks:
                said = SAID.say("MARKS_LACKING", arms=arms[:MOST_NAMED], marks=lacks)
                strength, source = law.strength, law.source
                yield Missing(MARKS, strength, said, source, law.is_verified)


def arms_not_named(
    authorisation: Authorisation, items: Iterable[ItemInput], on: date
) -> Iterator[Missing]:
    """Say how many arms are sent by number alone where each is to bear a number."""
    event = CROSSED.get(Direction(authorisation.direction))
    loose = Counter[int]()
    for each in items:
        if each.arm_id is None and not each.serial:
            loose[each.line] += each.quantity
    rows = GoodsLine.objects.current().filter(
        authorisation=authorisation, item_kind=ItemKind.ARM, line__in=loose
    )
    many = sum(loose[line] for line in rows.values_list("line", flat=True))
    if event is None or not many:
        return
    for law in jurisdiction.profile().markings_asked(event, on):
        # Below a duty to mark, the documents state what leaves: Protocol, art. 10 (3).
        if law.strength is Strength.REFUSES and MarkAsked.SERIAL in law.marks:
            said = SAID.say("SERIALS_LACKING", many=many)
            yield Missing(MARKS, law.strength, said, law.source, law.is_verified)


def _require_at_hand(authorisation: Authorisation, taken: at_desk.AtDesk) -> None:
    arm, has = taken.arm.reference, taken.now.holder
    at_desk.require_not_kept(taken.arm.pk, LifeEventKind.EXPORTED)
    named = authorisation.holder.number if authorisation.holder else ""
    fits = not (has and named) or has == named
    rules.OF_HOLDER.require((arm, has, authorisation.reference, named, fits))


def _left_before(authorisation: Authorisation) -> dict[str, str]:
    """Give the serial numbers that left under it and are away, with where."""
    rows = ConsignedItem.objects.filter(consignment__authorisation=authorisation)
    left = rows.exclude(serial="").exclude(consignment__step=Step.TAKEN_BACK)
    told = list(left.values_list("serial", "consignment_id"))
    back = _came_back(key for _, key in told)
    return {search_key(serial): f"J{key}" for serial, key in told if key not in back}


def _came_back(consignments: Iterable[int]) -> set[int]:
    """Give those of some consignments of which all came back."""
    made = Consignment.objects.filter(among("pk", consignments))
    sent = dict(made.values_list("pk", "sent"))
    steps = ConsignmentStep.objects.current().filter(
        among("consignment_id", sent), kind=Step.RETURNED, is_removed=False
    )
    back = Counter[int]()
    for key, many in steps.values_list("consignment_id", "quantity"):
        back[key] += sent[key] if many is None else many
    return {key for key, many in back.items() if many >= sent[key]}


def _on_its_way(arm_id: int) -> str:
    """Give the number of a consignment of an arm that neither arrived nor came back."""
    over = ConsignmentStep.objects.current().filter(is_removed=False, kind=Step.ARRIVED)
    rows = ConsignedItem.objects.get_queryset().filter(arm=arm_id)
    left = rows.exclude(consignment__step=Step.TAKEN_BACK)
    found = left.exclude(consignment__in=over.values("consignment"))
    keys = list(found.order_by("pk").values_list("consignment_id", flat=True))
    back = _came_back(keys)
    return next((f"J{key}" for key in keys if key not in back), "")
