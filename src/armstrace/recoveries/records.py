"""From a statement to the version row that keeps it, and back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from armstrace.analysis.marks import identify
from armstrace.analysis.marks.description import Description
from armstrace.recoveries import fields
from armstrace.recoveries.inputs import PlaceInput, RecoveryInput
from armstrace.recoveries.models import (
    AmmunitionRecord,
    Circumstances,
    PartRecord,
    RecoveryRecord,
)
from armstrace.registry.described import mark_columns
from armstrace.vocabulary.arms import AmmunitionKind, ItemKind, PartType
from armstrace.vocabulary.codes import Code

_COLUMNS = {each.name for each in Circumstances._meta.local_fields}  # noqa: SLF001 -- documented API
# What is known of any recovered item, and what of an arm alone beside its marks.
OF_ITEMS = tuple(each for each in fields.FIELDS if each.column in _COLUMNS)
OF_ARMS = tuple(
    each for each in fields.FIELDS if each not in OF_ITEMS and each.part != fields.MARKS
)
TABLES: dict[ItemKind, Any] = {
    ItemKind.ARM: RecoveryRecord,
    ItemKind.AMMUNITION: AmmunitionRecord,
    ItemKind.PART: PartRecord,
}


def make_record(stated: RecoveryInput) -> dict[str, Any]:
    """Make the columns of a version that keep what is stated."""
    own = _arm if stated.item_kind is ItemKind.ARM else _item
    return _circumstances(stated) | own(stated)


def _circumstances(stated: RecoveryInput) -> dict[str, Any]:
    return fields.columns_of(stated, OF_ITEMS) | {
        "kind_reason": stated.kind_reason,
        "recovered_until": stated.recovered.until,
        "source_row": stated.source_row,
    }


def _arm(stated: RecoveryInput) -> dict[str, Any]:
    found = identify.identify(stated.description)
    marks = mark_columns(stated.description, found)
    own = fields.columns_of(stated, OF_ARMS)
    # What the source does not state of these two, the marks may tell.
    own["year_of_manufacture"] = (
        own["year_of_manufacture"] or marks["year_of_manufacture"]
    )
    own["production_class"] = own["production_class"] or found.production_class.value
    return marks | own


# What is kept of other items beside their circumstances: field of the description to
# its column, and field of the input to its vocabulary.
_MARKS: dict[ItemKind, dict[str, str]] = {
    ItemKind.AMMUNITION: {
        "type": "type_as_written",
        "make": "make_as_written",
        "model": "model_as_written",
        "calibre": "calibre_as_written",
        "serial": "marks_as_written",
    },
    ItemKind.PART: {
        "type": "type_as_written",
        "make": "make_as_written",
        "serial": "serial_as_marked",
    },
}
_KINDS: dict[ItemKind, tuple[str, Callable[[str], Code]]] = {
    ItemKind.AMMUNITION: ("ammunition_kind", AmmunitionKind),
    ItemKind.PART: ("part_type", PartType),
}


def _item(stated: RecoveryInput) -> dict[str, Any]:
    description, name = stated.description, _KINDS[stated.item_kind][0]
    kept = {
        column: getattr(description, mark)
        for mark, column in _MARKS[stated.item_kind].items()
    }
    kept |= {name: getattr(stated, name).value, "quantity": stated.quantity}
    if stated.item_kind is ItemKind.AMMUNITION:
        found = identify.identify(description)
        kept |= {"make": found.make[:120], "calibre": found.calibre[:80]}
    return kept


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
    kept = fields.kept_in(record, OF_ITEMS)
    kind = ItemKind(record.recovery.item_kind)
    return RecoveryInput(
        number=record.recovery.source_number,
        item_kind=kind,
        where=PlaceInput(**kept.where),
        kind_reason=record.kind_reason,
        source_row=record.source_row,
        **kept.stated,
        **(_arm_input(record) if kind is ItemKind.ARM else _item_input(record, kind)),
    )


def _arm_input(record: RecoveryRecord) -> dict[str, Any]:
    own = fields.kept_in(record, OF_ARMS).stated
    return {"description": record.description, **own}


def _item_input(record: Any, kind: ItemKind) -> dict[str, Any]:  # noqa: ANN401 - of either kind
    marks = {mark: getattr(record, column) for mark, column in _MARKS[kind].items()}
    name, code = _KINDS[kind]
    return {
        "description": Description(**marks),
        name: code(getattr(record, name)),
        "quantity": record.quantity,
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
