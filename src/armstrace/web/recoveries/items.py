"""Recovered ammunition or a recovered part as its page shows it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.recoveries import queries
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import AmmunitionKind, ItemKind, PartType
from armstrace.web.ballistics import links
from armstrace.web.custody import presenters as custody
from armstrace.web.investigations import presenters as cases
from armstrace.web.marks import readings, written
from armstrace.web.provenance import chains
from armstrace.web.risk import outcomes


def page(item: queries.RecoveredItem, *, viewer: Actor) -> dict[str, Any]:
    """Gather what the page of ammunition or of a part shows."""
    is_ammunition = item.kind is ItemKind.AMMUNITION
    record = item.record
    return {
        "item": item,
        "doubles": queries.doubles_of(item.recovery_id, viewer=viewer),
        "may_correct": viewer.may_for("recovery.correct", record.agency),
        "title": _title(item),
        "written": written.of(item.kind, record),
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


def _title(item: queries.RecoveredItem) -> str:
    record: Any = item.record
    if item.kind is ItemKind.AMMUNITION:
        kind = AmmunitionKind(record.ammunition_kind)
        named = gettext(kind.label) if kind is not AmmunitionKind.UNKNOWN else ""
        return " ".join(filter(None, (named or gettext("Ammunition"), record.calibre)))
    return gettext(PartType(record.part_type).label)
