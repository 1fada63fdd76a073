"""A held row that contradicts a correction, beside the record as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from operator import attrgetter
from typing import Any

from armstrace.analysis.marks.description import Description
from armstrace.audit import consultations
from armstrace.intake import filling, stating
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind, identity_field
from armstrace.intake.models import LOOKED_FOR, Batch, HeldRow
from armstrace.intake.recording import source_of_numbers
from armstrace.intake.stating import Setting
from armstrace.licensing.models import HolderRecord
from armstrace.recoveries import fields, last_word
from armstrace.recoveries.inputs import PlaceInput, RecoveryInput
from armstrace.recoveries.last_word import Sent
from armstrace.recoveries.models import Recovery, RecoveryRecord
from armstrace.recoveries.records import input_of
from armstrace.registry.described import MARK_COLUMNS, MARK_NAMES
from armstrace.registry.inputs import LossInput
from armstrace.registry.models import ArmRecord, LifeEvent, LossReport
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.codes import Code

# What tells of a person, and is compared unseen; of a holder all but the licence.
_PERSONAL = {
    IntakeKind.REGISTRY: frozenset({"holder_number"}),
    IntakeKind.HOLDERS: frozenset({"name", "kind", "place", "region", "country"}),
    IntakeKind.EVENTS: frozenset({"holder_from", "holder_to"}),
    IntakeKind.LOSSES: frozenset({"holder_number"}),
}
# The records of a kind of rows, how their numbers are found, and whose they are.
_ON_RECORD: Mapping[IntakeKind, tuple[Any, tuple[str, ...], str]] = {
    IntakeKind.REGISTRY: (ArmRecord, ("arm__source_number", "arm__source"), "arm_id"),
    IntakeKind.HOLDERS: (HolderRecord, ("holder__number",), "holder_id"),
    IntakeKind.EVENTS: (LifeEvent, ("source_number", "source"), "arm_id"),
    IntakeKind.LOSSES: (LossReport, ("source_number", "source"), "arm_id"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One field, as it is on record and as the source states it now."""

    name: str
    # What the record says; empty where that is personal.
    on_record: object
    # What the file says; empty where that is personal.
    stated: object
    # Whether the two differ.
    is_different: bool
    # Whether it tells of a person, and is not shown here.
    is_personal: bool = False


def setting_of(held: HeldRow, at: datetime) -> Setting:
    """Give what held for all rows of the file that a row stood in."""
    batch = held.batch
    kind = IntakeKind(batch.kind)
    if not batch.profile_text:
        return Setting(kind, DateOrder.NOT_STATED, batch.agency, at)
    return Setting(kind, batch.profile.date_order, "", at)


def number_of(held: HeldRow, kind: IntakeKind, texts: dict[str, str]) -> str:
    """Give the number that a held row bears at its source."""
    number = texts.get(identity_field(kind), "")
    if number and number == held.values.get(identity_field(kind)):
        # The number may be that of several items of one seizure.
        is_whole = len(held.identity) < LOOKED_FOR
        return held.identity if held.identity and is_whole else number
    return number or held.identity or f"row {held.row}"


def sent_of(source: str, number: str, given: Mapping[str, Any]) -> Sent:
    """Give what another system sends of an arm, from its fields as plain values."""
    changes = fields.changes_of(given)
    whole = RecoveryInput(
        number=number,
        description=Description(**changes.description),
        where=PlaceInput(**changes.where),
        **changes.stated,
    )
    return Sent(source, whole, changes)


def given_of(batch: Batch) -> frozenset[str] | None:
    """Name the fields of which a file has a column; None where it is no file."""
    return frozenset(chain.from_iterable(batch.columns.values())) or None


def _fill_row(stated: object, known: object, batch: Batch) -> object:
    """Give a row with what its record has and its file has no column for."""
    given = given_of(batch)
    return filling.fill([stated], [known], given=given)[0] if given else stated


def sides_of(held: HeldRow, *, viewer: Actor, at: datetime) -> tuple[Side, ...]:
    """Set a held row beside the record that it contradicts, field by field."""
    kind = IntakeKind(held.batch.kind)
    texts = dict(held.values)
    number = number_of(held, kind, texts)
    stated = None
    if not held.is_message:
        stated, _ = stating.state(texts, number, held.row, setting_of(held, at))
    if kind is IntakeKind.RECOVERIES:
        sides = _recovery_sides(held, number, stated, viewer)
    else:
        sides = _record_sides(held.batch, number, stated, viewer)
    return tuple(one for one in sides if one.is_different or one.on_record)


def _recovery_sides(
    held: HeldRow, number: str, stated: object, viewer: Actor
) -> Iterator[Side]:
    rows = RecoveryRecord.objects.current().select_related("recovery")
    of_source = rows.filter(recovery__source=held.batch.source)
    record = of_source.visible_to(viewer).filter(recovery__source_number=number).first()
    if record is None:
        return
    consultations.show(Recovery, record.recovery_id)
    on_record = input_of(record)
    if held.is_message:
        stated = last_word.compare(
            record, fields.changes_of(held.values)
        ).with_corrections
    else:
        stated = _fill_row(stated, on_record, held.batch)
    if isinstance(stated, RecoveryInput):
        known, told = fields.values_of(on_record), fields.values_of(stated)
        for each in fields.FIELDS:
            pair = known[each.name], told[each.name]
            yield _side(each.name, *pair, is_personal=each.is_personal)


def _record_sides(
    batch: Batch,
    number: str,
    stated: Any,  # noqa: ANN401 - an input of any kind
    viewer: Actor,
) -> Iterator[Side]:
    """Give both sides of what is on record under a number, field by field."""
    kind, source = IntakeKind(batch.kind), source_of_numbers(batch)
    if stated is None or kind not in _ON_RECORD:
        return
    table, lookup, owner = _ON_RECORD[kind]
    named = dict(zip(lookup, (number, source), strict=False))
    record = table.objects.current().visible_to(viewer).filter(**named).first()
    if record is None:
        yield from _sides_of_arm(batch, stated, viewer)
        return
    (known,) = filling.known([stated], [getattr(record, owner)], source=source)
    told, personal = _fill_row(stated, known, batch), _PERSONAL[kind]
    for name, path in filling.paths(type(stated)).items():
        pair = attrgetter(path)(known), attrgetter(path)(told)
        yield _side(name, *pair, is_personal=name in personal)


def _sides_of_arm(batch: Batch, stated: object, viewer: Actor) -> Iterator[Side]:
    """Give both sides of the arm that a report of loss names, mark by mark."""
    if not isinstance(stated, LossInput):
        return
    arms = ArmRecord.objects.current().visible_to(viewer)
    named = {"arm__source_number": stated.arm_number, "arm__source": batch.arm_source}
    if (record := arms.filter(**named).first()) is not None:
        for path, name in MARK_NAMES.items():
            pair = getattr(record, MARK_COLUMNS[path]), attrgetter(path)(stated)
            yield _side(name, *pair, is_personal=False)


def _side(name: str, known: object, told: object, *, is_personal: bool) -> Side:
    if is_personal:
        return Side(name, "", "", known != told, is_personal=True)
    return Side(name, _plain(known), _plain(told), known != told)


def _plain(value: object) -> object:
    """Give a value as a page shows it; unknown and none are empty."""
    if isinstance(value, Code):
        return "" if value.value == "UNKNOWN" else value.label
    if isinstance(value, tuple):
        return ", ".join(str(_plain(each)) for each in value)
    return "" if value is None else value
