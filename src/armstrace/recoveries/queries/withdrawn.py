"""Recoveries and photographs that were withdrawn, readable with the reason."""

from typing import Any

from armstrace.audit import consultations
from armstrace.recoveries.models import (
    Recovery,
    RecoveryPhotograph,
    Withdrawal,
    no_such_photograph,
    no_such_recovery,
)
from armstrace.recoveries.records import TABLES
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import NotFound


def last_record(recovery_id: int, *, viewer: Actor) -> Any:  # noqa: ANN401 - a record of any kind
    """Give what is known of an item, or was when its record was withdrawn."""
    seen = viewer.agencies("recovery.view")
    recovery = Recovery.objects.filter(pk=recovery_id).first()
    if recovery is not None:
        versions: Any = TABLES[ItemKind(recovery.item_kind)].objects.filter(
            recovery=recovery
        )
        last = versions.select_related("recovery").order_by("-known_at", "-pk").first()
        if last is not None and last.agency in seen:
            return last
    raise NotFound(no_such_recovery(recovery_id))


def withdrawal_of(recovery_id: int, *, viewer: Actor) -> Withdrawal | None:
    """Give why a recovery was withdrawn, None where it was not or is not for them."""
    rows = Withdrawal.objects.current().filter(recovery_id=recovery_id, photograph=None)
    found = rows.first()
    if found is not None:
        last_record(recovery_id, viewer=viewer)
    return found


def doubles_of(recovery_id: int, *, viewer: Actor) -> tuple[int, ...]:
    """Give the recoveries that were withdrawn as doubles of one that stands."""
    viewer.require("recovery.view")
    rows = Withdrawal.objects.current().filter(same_as_id=recovery_id)
    return tuple(rows.order_by("recovery_id").values_list("recovery_id", flat=True))


def photograph_page(
    recovery_id: int, photograph_id: int, *, viewer: Actor
) -> RecoveryPhotograph:
    """Give a photograph of a recovery with its file and its withdrawal, if any."""
    viewer.require("evidence.view")
    last_record(recovery_id, viewer=viewer)
    rows = RecoveryPhotograph.objects.filter(pk=photograph_id, recovery_id=recovery_id)
    found = rows.select_related("file", "recovery", "withdrawal").first()
    if found is None:
        raise NotFound(no_such_photograph(photograph_id))
    consultations.show_opened(Recovery, recovery_id)
    return found
