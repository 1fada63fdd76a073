"""To whom the owner of a mark belongs, and what people call it."""

from collections.abc import Iterable

from armstrace.recoveries.models import (
    AmmunitionRecord,
    PartRecord,
    Recovery,
    RecoveryRecord,
    no_such_recovery,
)
from armstrace.registry.models import Arm, no_such_arm
from armstrace.vocabulary.errors import NotFound

TABLES = (RecoveryRecord, AmmunitionRecord, PartRecord)


def agency_of(recovery_id: int | None, arm_id: int | None) -> str:
    """Give the agency whose recovery it is; "" for a registered arm."""
    if recovery_id is None:
        if arm_id is None or not Arm.objects.filter(pk=arm_id).exists():
            raise NotFound(no_such_arm(arm_id or ""))
        return ""
    if not Recovery.objects.filter(pk=recovery_id).exists():
        raise NotFound(no_such_recovery(recovery_id))
    return agencies_of([recovery_id]).get(recovery_id, "")


def agencies_of(recovery_ids: Iterable[int]) -> dict[int, str]:
    """Give the agencies of recoveries of any kind, in three queries."""
    wanted = set(recovery_ids)
    found: dict[int, str] = {}
    for table in TABLES:
        rows = table.objects.current().filter(recovery_id__in=wanted)
        found |= dict(rows.values_list("recovery_id", "agency"))
    return found
