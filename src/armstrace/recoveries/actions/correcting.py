"""Correct a recovered arm: what was not changed stays as it is on record."""

from dataclasses import replace
from datetime import datetime

from armstrace.recoveries import fields
from armstrace.recoveries.actions import recording
from armstrace.recoveries.fields import Changes
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.models import RecoveryRecord
from armstrace.recoveries.records import input_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import Recorded, Settlement


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
    stated = _changed(input_of(record), changes)
    (recorded,) = recording.record_recoveries(
        source=record.recovery.source,
        stated=[stated],
        reason=reason,
        settlement=Settlement.CORRECT,
        by=by,
        at=at,
    )
    return recorded


def send_recovery(
    *,
    source: str,
    stated: RecoveryInput,
    changes: Changes,
    reason: str,
    by: Actor,
    at: datetime,
) -> Recorded:
    """Take what a source sends of a recovered arm; what it did not send stays.

    Args:
        source: Who sends it.
        stated: All of it, for an arm that is not on record yet.
        changes: The fields that were sent.
        reason: Why the record changes, where it does.
        by: Who sends it.
        at: When, with time zone.

    Returns:
        Its outcome. What a person has corrected since stays, unless the source
        now sends something new for the very same field: that is a conflict.

    Raises:
        NotPermitted: ``by`` may not record or correct recoveries of its agency.

    Source:
        Background paper (2018), para. 36.
    """
    versions = RecoveryRecord.objects.select_related("recovery").filter(
        recovery__source=source, recovery__source_number=stated.number
    )
    now = versions.filter(superseded_at=None).first()
    settlement = Settlement.HOLD
    if now is not None:
        own = versions.filter(stated_key="").order_by("-pk").first() or now
        sent = _changed(input_of(own), changes)
        stated = sent if own.pk == now.pk else _merged(own, sent, now)
        is_merged = stated is not sent and sent.content_key != now.stated_key
        settlement = Settlement.CORRECT if is_merged else settlement
    (recorded,) = recording.record_recoveries(
        source=source,
        stated=[stated],
        reason=reason,
        settlement=settlement,
        by=by,
        at=at,
    )
    return recorded


def _merged(
    own: RecoveryRecord, sent: RecoveryInput, now: RecoveryRecord
) -> RecoveryInput:
    """Put what a source sends anew beside what a person has corrected since.

    Where both changed one field otherwise, or nothing is new, it is as it was sent.
    """
    before, known = input_of(own), input_of(now)
    told = fields.values_of(before)
    says, stands = fields.values_of(sent), fields.values_of(known)
    fresh = {name: says[name] for name in told if says[name] != told[name]}
    is_contested = any(
        stands[name] not in (told[name], value) for name, value in fresh.items()
    )
    if is_contested or not fresh:
        return sent
    return _changed(known, fields.changes_of(fresh))


def _changed(known: RecoveryInput, changes: Changes) -> RecoveryInput:
    return replace(
        known,
        description=replace(known.description, **changes.description),
        where=replace(known.where, **changes.where),
        **changes.stated,
    )
