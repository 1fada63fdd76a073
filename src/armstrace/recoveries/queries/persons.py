"""From whom a recovered arm was taken: personal data, read with an entry."""

from datetime import datetime

from armstrace.audit import disclosures
from armstrace.recoveries.models import RecoveryRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message


def taken_from(
    recovery_id: int, *, viewer: Actor, at: datetime, reason: str = ""
) -> str:
    """Name the person an arm was taken from; the ledger keeps who asked.

    Args:
        recovery_id: The recovered arm.
        viewer: Who reads.
        at: When, with time zone.
        reason: The viewer's justification.

    Raises:
        NotPermitted: The viewer may neither see holders nor correct the record.
        NotFound: There is no such recovered arm, or not for these eyes.
    """
    own = viewer.agencies_for("recovery.view")
    rows = RecoveryRecord.objects.current().filter(recovery_id=recovery_id)
    if own is not None:
        rows = rows.filter(agency=own)
    agency = rows.values_list("agency", flat=True).first()
    if agency is None:
        msg = message(
            "There is no recovery R%(recovery)s here; check the number.",
            recovery=recovery_id,
        )
        raise NotFound(msg)
    if not viewer.may("holder.view"):
        viewer.require("recovery.correct", agency=agency)
    found = disclosures.disclose(
        viewer=viewer, at=at, act="recovery.person_viewed", records=rows, reason=reason
    )
    return found[0].taken_from
