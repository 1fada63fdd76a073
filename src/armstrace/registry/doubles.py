"""Arms that were withdrawn, on record twice, and events that did not happen."""

from collections.abc import Collection

from armstrace.analysis.provenance.state import fold_state
from armstrace.records.lookups import among
from armstrace.registry import arm_state, rules, same_arm
from armstrace.registry.models import (
    Arm,
    ArmRecord,
    EventWithdrawal,
    LifeEvent,
    Withdrawal,
)
from armstrace.vocabulary.actors import Actor


def withdrawn_among(source: str, numbers: Collection[str]) -> frozenset[str]:
    """Give those numbers of a register whose arms were withdrawn."""
    rows = Withdrawal.objects.current().filter(
        among("arm__source_number", numbers), arm__source=source
    )
    return frozenset(rows.values_list("arm__source_number", flat=True))


def withdrawn_events(source: str, numbers: Collection[str]) -> frozenset[str]:
    """Give those numbers of a source whose events a person withdrew."""
    rows = EventWithdrawal.objects.current().filter(
        among("event__source_number", numbers), event__source=source
    )
    return frozenset(rows.values_list("event__source_number", flat=True))


def standing(arms: dict[str, int]) -> dict[str, int]:
    """Give for each number the arm that stands: for a double, the other one.

    What is told of a withdrawn arm happened to the arm that it is.

    Args:
        arms: Identity of each arm by its number.
    """
    stands = dict(arms)
    while True:
        rows = Withdrawal.objects.current().filter(among("arm_id", stands.values()))
        others = dict(rows.values_list("arm_id", "same_as_id"))
        if not others:
            return stands
        stands = {number: others.get(arm, arm) for number, arm in stands.items()}


def require_double(arm: Arm, other: Arm, by: Actor) -> None:
    """Refuse to withdraw an arm for another record that is not of it too.

    Raises:
        RuleBroken: ``RG-05``, ``RG-07``, ``RG-08``, ``RG-10`` to ``RG-12``,
            ``RG-43``, or ``RG-49``, they are alike by corrections of ``by`` alone.
    """
    pair = (arm.pk, other.pk)
    records = ArmRecord.objects.current().filter(arm_id__in=pair)
    marks = records.values_list("arm_id", "make", "serial_search")
    with_record = {key: (make, serial) for key, make, serial in marks}
    rules.NOT_WITHDRAWN.require(arm.basis)
    rules.NOT_JOINED.require(arm.pk in with_record)
    lives = arm_state.events_of(pair)
    missing = {key for key in pair if fold_state(lives.get(key, [])).loss_is_open}
    linked = LifeEvent.objects.current().filter(arm=arm, kind__in=rules.LINKED)
    told = rules.Double(
        arm=arm.pk,
        other=other.pk,
        is_other_standing=other.pk in with_record,
        was_recovered=linked.exists(),
        hides_loss=arm.pk in missing and other.pk not in missing,
    )
    rules.OTHER_ARM.require(told)
    both = same_arm.Arms(other.reference, with_record[arm.pk], with_record[other.pk])
    same_arm.MAY_BE_DOUBLE.require(both)
    _require_seen_by_another(arm, other, by)
    rules.UNRECOVERED.require(told)
    rules.KEPT_LOSS.require(told)


def _require_seen_by_another(arm: Arm, other: Arm, by: Actor) -> None:
    """Refuse whoever made two records alike, by correcting one, to withdraw one."""
    was, now = (_marks_before(each, by) for each in (arm, other))
    is_seen = same_arm.may_be_double(same_arm.Arms(other.reference, was, now))
    same_arm.SEEN_BY_ANOTHER.require((arm.reference, other.reference, is_seen))


def _marks_before(arm: Arm, by: Actor) -> tuple[str, str]:
    """Give make and number as they were before a person corrected them, if one did."""
    rows = ArmRecord.objects.filter(arm=arm).order_by("pk")
    told = rows.values_list("make", "serial_search", "corrected_by")
    marks = ("", "")
    for make, serial, corrected_by in told:
        if corrected_by == by.name and marks != ("", ""):
            break
        marks = (make, serial)
    return marks
