"""What the records would say to stated rows, without writing anything."""

from collections.abc import Iterable, Sequence

from armstrace.intake.fields import IntakeKind
from armstrace.intake.recording import Origin
from armstrace.intake.stating import Stated
from armstrace.licensing import queries as licensing
from armstrace.licensing.models import HolderRecord
from armstrace.recoveries.models import AmmunitionRecord, PartRecord, RecoveryRecord
from armstrace.registry.inputs import EventInput
from armstrace.registry.models import Arm, ArmRecord, LifeEvent, LossReport
from armstrace.vocabulary.outcomes import (
    Recorded,
    RowOutcome,
)

_SQL_LIST = 900


def foretold(origin: Origin, stated: Sequence[Stated]) -> list[Recorded]:
    """Tell the fate that each stated row would have.

    The order of an arm's life is tested only when events are loaded.

    Args:
        origin: Where the rows come from.
        stated: The rows.
    """
    keys: dict[str, str] = {}
    numbers = [each.number for each in stated]
    for start in range(0, len(numbers), _SQL_LIST):
        keys |= dict(_keys(origin, numbers[start : start + _SQL_LIST]))
    unknown = _unknown_references(origin, stated)
    return [_fate(each, keys, unknown) for each in stated]


def _fate(
    stated: Stated, keys: dict[str, str], unknown: dict[str, Recorded]
) -> Recorded:
    if stated.number in unknown:
        return unknown[stated.number]
    if stated.number not in keys:
        return Recorded(RowOutcome.NEW)
    same = keys[stated.number] == stated.content_key
    return Recorded(RowOutcome.UNCHANGED if same else RowOutcome.CORRECTED)


def _keys(origin: Origin, numbers: list[str]) -> Iterable[tuple[str, str]]:
    match origin.kind:
        case IntakeKind.RECOVERIES:
            for table in (RecoveryRecord, AmmunitionRecord, PartRecord):
                found = table.objects.current().filter(
                    recovery__source=origin.source,
                    recovery__source_number__in=numbers,
                )
                yield from found.values_list("recovery__source_number", "content_key")
        case IntakeKind.REGISTRY:
            yield from (
                ArmRecord.objects.current()
                .filter(arm__source=origin.source, arm__source_number__in=numbers)
                .values_list("arm__source_number", "content_key")
            )
        case IntakeKind.HOLDERS:
            yield from (
                HolderRecord.objects.current()
                .filter(holder__number__in=numbers)
                .values_list("holder__number", "content_key")
            )
        case IntakeKind.EVENTS:
            yield from (
                LifeEvent.objects.current()
                .filter(source=origin.arm_source, source_number__in=numbers)
                .values_list("source_number", "content_key")
            )
        case IntakeKind.LOSSES:
            yield from (
                LossReport.objects.current()
                .filter(source=origin.source, source_number__in=numbers)
                .values_list("source_number", "content_key")
            )


def _unknown_references(
    origin: Origin, stated: Sequence[Stated]
) -> dict[str, Recorded]:
    if origin.kind is not IntakeKind.EVENTS:
        return {}
    events = [each for each in stated if isinstance(each, EventInput)]
    arms = set(
        Arm.objects.filter(
            source=origin.arm_source,
            source_number__in={each.arm_number for each in events},
        ).values_list("source_number", flat=True)
    )
    named = {n for each in events for n in (each.holder_from, each.holder_to) if n}
    holders = licensing.holder_ids(named)
    found = {}
    for each in events:
        if each.arm_number not in arms:
            why = f"No arm has the number {each.arm_number!r}; load the arm first."
            found[each.number] = _refused(why, "IN-01", "arm_number")
            continue
        for name in ("holder_from", "holder_to"):
            number = getattr(each, name)
            if number and number not in holders:
                why = f"No holder has the number {number!r}; load the holder first."
                found[each.number] = _refused(why, "IN-02", name)
    return found


def _refused(why: str, rule: str, name: str) -> Recorded:
    return Recorded(RowOutcome.REFUSED, 0, why, rule, name)
