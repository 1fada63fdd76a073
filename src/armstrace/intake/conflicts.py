"""A held row that contradicts a correction, beside the record as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from armstrace.analysis.marks.description import Description
from armstrace.intake import stating
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind, identity_field
from armstrace.intake.models import LOOKED_FOR, HeldRow
from armstrace.intake.profiles.schema import read_profile
from armstrace.intake.stating import Setting
from armstrace.recoveries import fields, last_word
from armstrace.recoveries.inputs import PlaceInput, RecoveryInput
from armstrace.recoveries.last_word import Sent
from armstrace.recoveries.models import RecoveryRecord
from armstrace.recoveries.records import input_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.codes import Code


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


def sides_of(held: HeldRow, *, viewer: Actor, at: datetime) -> tuple[Side, ...]:
    """Set a held row beside the record that it contradicts, field by field.

    Only recoveries are corrected by people so far; other rows have no sides.
    """
    kind = IntakeKind(held.batch.kind)
    texts = dict(held.values)
    number = number_of(held, kind, texts)
    rows = RecoveryRecord.objects.current().select_related("recovery")
    record = (
        rows.visible_to(viewer)
        .filter(recovery__source=held.batch.source, recovery__source_number=number)
        .first()
    )
    if record is None:
        return ()
    if held.is_message:
        stated: object = last_word.compare(record, fields.changes_of(texts)).merged
    else:
        stated, _ = stating.state(texts, number, held.row, setting_of(held, at))
    if not isinstance(stated, RecoveryInput):
        return ()
    known, told = fields.values_of(input_of(record)), fields.values_of(stated)
    sides = (_side(each, known, told) for each in fields.FIELDS)
    return tuple(one for one in sides if one.is_different or one.on_record)


def _side(
    each: fields.RecoveryField, known: dict[str, object], told: dict[str, object]
) -> Side:
    one, other = known[each.name], told[each.name]
    if each.is_personal:
        return Side(each.name, "", "", one != other, is_personal=True)
    return Side(each.name, _plain(one), _plain(other), one != other)


def _plain(value: object) -> object:
    """Give a value as a page shows it; unknown and none are empty."""
    if isinstance(value, Code):
        return "" if value.value == "UNKNOWN" else value.label
    if isinstance(value, tuple):
        return ", ".join(str(_plain(each)) for each in value)
    return "" if value is None else value
