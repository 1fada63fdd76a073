"""Recovered ammunition or a recovered part as its page shows it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.recoveries import queries
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import AmmunitionKind, ItemKind, PartType
from armstrace.web.ballistics import links
from armstrace.web.custody import presenters as custody
from armstrace.web.investigations import presenters as cases
from armstrace.web.marks import readings
from armstrace.web.provenance import chains
from armstrace.web.risk import outcomes


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of the item, and what it was read as."""

    name: str
    as_written: str
    read: str = ""
    is_mark: bool = False


def page(item: queries.RecoveredItem, *, viewer: Actor) -> dict[str, object]:
    """Gather what the page of ammunition or of a part shows."""
    is_ammunition = item.kind is ItemKind.AMMUNITION
    record = item.record
    return {
        "item": item,
        "title": _title(item),
        "written": written(item.kind, record),
        "where": chains.where(record.place, record.region, record.country),
        "history": readings.history(
            [(v.known_at, v.told_by, v.reason, v.values) for v in item.history]
        ),
        "list_name": gettext("Ammunition") if is_ammunition else gettext("Parts"),
        "list_address": reverse("ammunition" if is_ammunition else "parts"),
        "ballistic": links.of_recovery(item.recovery_id, viewer=viewer),
        **custody.of_recovery(item.recovery_id, record.agency, viewer=viewer),
        **cases.of_recovery(item.recovery_id, record.agency, viewer=viewer),
        **outcomes.of_recovery(item.recovery_id, viewer=viewer),
    }


def written(kind: ItemKind, record: Any) -> tuple[Written, ...]:  # noqa: ANN401 - a record of either kind
    """Give what was written of ammunition or of a part; nothing of an arm."""
    ways = {ItemKind.AMMUNITION: _ammunition, ItemKind.PART: _part}
    return ways[kind](record) if kind in ways else ()


def _title(item: queries.RecoveredItem) -> str:
    record: Any = item.record
    if item.kind is ItemKind.AMMUNITION:
        kind = AmmunitionKind(record.ammunition_kind)
        named = gettext(kind.label) if kind is not AmmunitionKind.UNKNOWN else ""
        return " ".join(filter(None, (named or gettext("Ammunition"), record.calibre)))
    return gettext(PartType(record.part_type).label)


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
