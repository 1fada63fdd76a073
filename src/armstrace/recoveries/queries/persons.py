"""From whom a recovered arm was taken: personal data, read with an entry."""

from datetime import datetime

from armstrace.audit import consultations, disclosures
from armstrace.recoveries import nameless
from armstrace.recoveries.models import Recovery, RecoveryRecord, no_such_recovery
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound


def taken_from(
    recovery_id: int, *, viewer: Actor, at: datetime, reason: str = ""
) -> str:
    """Name the person an arm was taken from; the ledger keeps who asked."""
    rows = RecoveryRecord.objects.current().visible_to(viewer)
    rows = rows.filter(recovery_id=recovery_id)
    agency = rows.values_list("agency", flat=True).first()
    if agency is None:
        raise NotFound(no_such_recovery(recovery_id))
    if not viewer.may("holder.view"):
        viewer.require("recovery.correct", agency=agency)
    found = disclosures.disclose(
        viewer=viewer,
        at=at,
        act="recovery.person_viewed",
        records=rows,
        reason=reason,
        grants=("holder.view", "recovery.correct"),
    )
    consultations.show(Recovery, recovery_id)
    return found[0].taken_from


def keeps_no_name(recovery_id: int, *, viewer: Actor) -> bool:
    """Tell whether an item was handed in without a name."""
    viewer.require("recovery.view")
    return bool(nameless.refusals([recovery_id]))


def is_person_on_file(recovery_id: int, *, viewer: Actor) -> bool:
    """Tell whether it is on record from whom an arm was taken, without the name."""
    rows = RecoveryRecord.objects.current().visible_to(viewer)
    return rows.filter(recovery_id=recovery_id).exclude(taken_from="").exists()
