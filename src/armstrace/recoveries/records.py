"""From a statement to the version row that keeps it, and back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from armstrace.analysis.marks import identify
from armstrace.analysis.marks.description import Description
from armstrace.recoveries import fields
from armstrace.recoveries.inputs import PlaceInput, RecoveryInput
from armstrace.recoveries.models import AmmunitionRecord, PartRecord, RecoveryRecord
from armstrace.registry.described import mark_columns
from armstrace.vocabulary.arms import (
    AmmunitionKind,
    ItemKind,
    PartType,
)

TABLES: dict[ItemKind, Any] = {
    ItemKind.ARM: RecoveryRecord,
    ItemKind.AMMUNITION: AmmunitionRecord,
    ItemKind.PART: PartRecord,
}


def make_record(stated: RecoveryInput) -> dict[str, Any]:
    """Make the columns of a version that keep what is stated."""
    return _circumstances(stated) | _PARTICULARS[stated.item_kind](stated)


def _circumstances(stated: RecoveryInput) -> dict[str, Any]:
    return fields.columns_of(stated, fields.OF_ITEMS) | {
        "kind_reason": stated.kind_reason,
        "recovered_until": stated.recovered.until,
        "source_row": stated.source_row,
    }


def _arm(stated: RecoveryInput) -> dict[str, Any]:
    found = identify.identify(stated.description)
    marks = mark_columns(stated.description, found)
    own = fields.columns_of(stated, fields.OF_ARMS)
    # What the source does not state of these two, the marks may tell.
    own["year_of_manufacture"] = (
        own["year_of_manufacture"] or marks["year_of_manufacture"]
    )
    own["production_class"] = own["production_class"] or found.production_class.value
    return marks | own


def _ammunition(stated: RecoveryInput) -> dict[str, Any]:
    description = stated.description
    found = identify.identify(description)
    return {
        "ammunition_kind": stated.ammunition_kind.value,
        "type_as_written": description.type,
        "make_as_written": description.make,
        "model_as_written": description.model,
        "calibre_as_written": description.calibre,
        "marks_as_written": description.serial,
        "make": found.make[:120],
        "calibre": found.calibre[:80],
        "quantity": stated.quantity,
    }


def _part(stated: RecoveryInput) -> dict[str, Any]:
    return {
        "part_type": stated.part_type.value,
        "type_as_written": stated.description.type,
        "make_as_written": stated.description.make,
        "serial_as_marked": stated.description.serial,
        "quantity": stated.quantity,
    }


_PARTICULARS: dict[ItemKind, Callable[[RecoveryInput], dict[str, Any]]] = {
    ItemKind.ARM: _arm,
    ItemKind.AMMUNITION: _ammunition,
    ItemKind.PART: _part,
}


def input_of(record: Any) -> RecoveryInput:  # noqa: ANN401 - a record of any kind
    """Give the statement that a record keeps; stated again, it changes nothing.

    A year or a class of production that the marks alone tell is left to their
    reading, unless the record's key says that the source stated it.

    Args:
        record: A version row with its recovery; the person is part of it.
    """
    plain = _input(record)
    reread = _without_readings(plain)
    ways = (
        reread,
        replace(reread, year_of_manufacture=plain.year_of_manufacture),
        replace(reread, production_class=plain.production_class),
        plain,
    )
    same = (way for way in ways if way.content_key == record.content_key)
    return next(same, reread)


def _input(record: Any) -> RecoveryInput:  # noqa: ANN401 - a record of any kind
    kept = fields.kept_in(record, fields.OF_ITEMS)
    return RecoveryInput(
        number=record.recovery.source_number,
        item_kind=ItemKind(record.recovery.item_kind),
        where=PlaceInput(**kept.where),
        kind_reason=record.kind_reason,
        source_row=record.source_row,
        **kept.stated,
        **_STATED[ItemKind(record.recovery.item_kind)](record),
    )


def _arm_input(record: RecoveryRecord) -> dict[str, Any]:
    own = fields.kept_in(record, fields.OF_ARMS).stated
    return {"description": record.description, **own}


def _ammunition_input(record: AmmunitionRecord) -> dict[str, Any]:
    return {
        "description": Description(
            type=record.type_as_written,
            make=record.make_as_written,
            model=record.model_as_written,
            calibre=record.calibre_as_written,
            serial=record.marks_as_written,
        ),
        "ammunition_kind": AmmunitionKind(record.ammunition_kind),
        "quantity": record.quantity,
    }


def _part_input(record: PartRecord) -> dict[str, Any]:
    return {
        "description": Description(
            type=record.type_as_written,
            make=record.make_as_written,
            serial=record.serial_as_marked,
        ),
        "part_type": PartType(record.part_type),
        "quantity": record.quantity,
    }


_STATED: dict[ItemKind, Callable[[Any], dict[str, Any]]] = {
    ItemKind.ARM: _arm_input,
    ItemKind.AMMUNITION: _ammunition_input,
    ItemKind.PART: _part_input,
}


def _without_readings(stated: RecoveryInput) -> RecoveryInput:
    """Leave to the marks what they tell by themselves."""
    found = identify.identify(stated.description)
    year, made = stated.year_of_manufacture, stated.production_class
    return replace(
        stated,
        year_of_manufacture=None if year == found.year_of_manufacture else year,
        production_class=None if made is found.production_class else made,
    )
