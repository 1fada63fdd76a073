"""Correct a recovered arm: what was not changed stays as it is on record."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from armstrace.recoveries.actions import recording
from armstrace.recoveries.models import RecoveryRecord
from armstrace.recoveries.records import stated_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import Recorded, Settlement


@dataclass(frozen=True, slots=True)
class Changes:
    """Fields that a person changed, by their names in the statement.

    Args:
        stated: Fields of ``StatedRecovery``.
        description: Fields of its description.
        where: Fields of its place.
    """

    stated: Mapping[str, Any] = field(default_factory=dict)
    description: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, Any] = field(default_factory=dict)


def correct_recovery(
    *, recovery_id: int, changes: Changes, reason: str, by: Actor, at: datetime
) -> Recorded:
    """Correct what is known of a recovered arm, beginning from all of it.

    Args:
        recovery_id: The recovered arm.
        changes: What is to read otherwise; everything else stays.
        reason: Why; it stands in the history.
        by: Who corrects it.
        at: When, with time zone.

    Returns:
        Its outcome: corrected, or unchanged where the record already says so.
        What its source stated last is kept with it, so that the source may repeat
        it and the correction stands.

    Raises:
        NotFound: There is no such recovered arm.
        NotPermitted: ``by`` may not correct recoveries of its agency.

    Source:
        Background paper (2018), para. 36.
    """
    rows = RecoveryRecord.objects.current().select_related("recovery")
    record = rows.filter(recovery_id=recovery_id).first()
    if record is None:
        msg = message(
            "There is no recovery R%(recovery)s here; check the number.",
            recovery=recovery_id,
        )
        raise NotFound(msg)
    by.require("recovery.correct", agency=record.agency)
    known = stated_of(record)
    stated = replace(
        known,
        description=replace(known.description, **changes.description),
        where=replace(known.where, **changes.where),
        **changes.stated,
    )
    (recorded,) = recording.record_recoveries(
        source=record.recovery.source,
        stated=[stated],
        reason=reason,
        settlement=Settlement.CORRECT,
        by=by,
        at=at,
    )
    return recorded
