"""What was written of ammunition and parts, beside what it was read as."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from armstrace.vocabulary.arms import AmmunitionKind, ItemKind, PartType


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of the item, and what it was read as."""

    name: str
    as_written: str
    read: str = ""
    is_mark: bool = False


def of(kind: ItemKind, record: Any) -> tuple[Written, ...]:  # noqa: ANN401 - a record of either kind
    """Give what was written of ammunition or of a part; nothing of an arm."""
    ways = {ItemKind.AMMUNITION: _ammunition, ItemKind.PART: _part}
    return ways[kind](record) if kind in ways else ()


def _ammunition(record: Any) -> tuple[Written, ...]:  # noqa: ANN401 - an ammunition record
    kind = gettext(AmmunitionKind(record.ammunition_kind).label)
    return (
        Written(gettext("Kind"), record.type_as_written, kind),
        Written(gettext("Make"), record.make_as_written, record.make),
        Written(gettext("Model"), record.model_as_written),
        Written(gettext("Calibre"), record.calibre_as_written, record.calibre),
        Written(gettext("Marks"), record.marks_as_written, is_mark=True),
    )


def _part(record: Any) -> tuple[Written, ...]:  # noqa: ANN401 - a part's record
    kind = gettext(PartType(record.part_type).label)
    return (
        Written(gettext("Kind"), record.type_as_written, kind),
        Written(gettext("Make"), record.make_as_written),
        Written(gettext("Serial number"), record.serial_as_marked, is_mark=True),
    )
