"""A held row that contradicts a correction, beside the record as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, cast

from armstrace.analysis.marks import identify
from armstrace.analysis.marks.description import Description
from armstrace.audit import consultations
from armstrace.intake import filling, stating
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind, identity_field
from armstrace.intake.models import LOOKED_FOR, Batch, HeldRow
from armstrace.intake.profiles.schema import read_profile
from armstrace.intake.stating import Setting
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import HolderRecord
from armstrace.recoveries import fields, last_word
from armstrace.recoveries.inputs import PlaceInput, RecoveryInput
from armstrace.recoveries.last_word import Sent
from armstrace.recoveries.models import Recovery, RecoveryRecord
from armstrace.recoveries.records import input_of
from armstrace.registry.arm_statements import make_record
from armstrace.registry.described import MARK_COLUMNS, MARK_NAMES, mark_columns
from armstrace.registry.event_statements import SAID, restate_event
from armstrace.registry.inputs import ArmInput, EventInput, LossInput
from armstrace.registry.models import ArmRecord, LifeEvent
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.codes import Code

_MARKS = {MARK_NAMES[path]: column for path, column in MARK_COLUMNS.items()}
ARM_FIELDS = _MARKS | {
    name: name
    for name in ("year_of_manufacture", "import_country", "import_year", "notes")
}
EVENT_FIELDS = ("kind", "holder_from", "holder_to", *SAID)
# All that a holder's record says tells of a person.
HOLDER_FIELDS = {name: name for name in ("name", "kind", "place", "region", "country")}


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
    profile = read_profile(batch.profile_text, origin=batch.profile_name)
    return Setting(kind, profile.date_order, "", at)


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


def _filled(stated: object, owner: int, batch: Batch) -> object:
    """Give a row with what its record has and its file has no column for."""
    given = given_of(batch)
    if not given:
        return stated
    return filling.fill([stated], [owner], given=given, source=batch.source)[0]


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
    if held.is_message:
        stated = last_word.compare(
            record, fields.changes_of(held.values)
        ).with_corrections
    else:
        stated = _filled(stated, record.recovery_id, held.batch)
    if isinstance(stated, RecoveryInput):
        known, told = fields.values_of(input_of(record)), fields.values_of(stated)
        for each in fields.FIELDS:
            pair = known[each.name], told[each.name]
            yield _side(each.name, *pair, is_personal=each.is_personal)


def _record_sides(
    batch: Batch, number: str, stated: object, viewer: Actor
) -> Iterator[Side]:
    """Give both sides of a registered arm or of a holder, column by column."""
    personal: Mapping[str, str] = {}
    record: ArmRecord | HolderRecord | None
    arms = ArmRecord.objects.current().visible_to(viewer)
    if isinstance(stated, ArmInput):
        arms = arms.filter(arm__source=batch.source, arm__source_number=number)
        if (record := arms.first()) is not None:
            stated = _filled(stated, record.arm_id, batch)
        told, names = make_record(cast("ArmInput", stated)), ARM_FIELDS
    elif isinstance(stated, LossInput):
        named = {"arm__source_number": stated.arm_number}
        record = arms.filter(arm__source=batch.arm_source, **named).first()
        read = identify.identify(stated.description)
        told, names = mark_columns(stated.description, read), _MARKS
    elif isinstance(stated, EventInput):
        yield from _event_sides(batch, stated, viewer)
        return
    elif isinstance(stated, HolderInput):
        holders = HolderRecord.objects.current().visible_to(viewer)
        if (record := holders.filter(holder__number=number).first()) is not None:
            stated = _filled(stated, record.holder_id, batch)
        told = {name: getattr(stated, name) for name in HOLDER_FIELDS}
        names, personal = HOLDER_FIELDS, HOLDER_FIELDS
    else:
        return
    for name, column in names.items() if record is not None else ():
        known = getattr(record, column)
        yield _side(name, known, told[column], is_personal=name in personal)


def _event_sides(batch: Batch, stated: EventInput, viewer: Actor) -> Iterator[Side]:
    """Give both sides of an event of an arm, field by field."""
    events = LifeEvent.objects.current().visible_to(viewer)
    events = events.filter(source=batch.source, source_number=stated.number)
    event = events.select_related("arm", "holder_from", "holder_to").first()
    if event is None:
        return
    known, told = restate_event(event), _filled(stated, event.arm_id, batch)
    for name in EVENT_FIELDS:
        pair = getattr(known, name), getattr(told, name)
        yield _side(name, *pair, is_personal=name.startswith("holder_"))


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
