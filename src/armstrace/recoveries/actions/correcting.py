"""Correct a recovered arm: what was not changed stays as it is on record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from armstrace.accounts import queries as accounts
from armstrace.records.statements import AGREED
from armstrace.records.submissions import Submission
from armstrace.recoveries import last_word, nameless, rules
from armstrace.recoveries.actions import recording
from armstrace.recoveries.fields import Changes
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.last_word import Compared, Sent
from armstrace.recoveries.models import RecoveryRecord, no_such_recovery
from armstrace.recoveries.records import input_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.outcomes import Recorded, RowOutcome, Settlement
from armstrace.vocabulary.texts import shorten

AS_MARKED = ("serial", "import_mark", "other")


def correct_recovery(
    *,
    recovery_id: int,
    changes: Changes,
    reason: str,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Recorded:
    """Correct what is known of a recovered arm, beginning from all of it.

    Returns:
        Its outcome: corrected, or unchanged where the record already says so.
        What its source stated last is kept with it, so that the source may repeat
        it and the correction stands.

    Raises:
        InvalidInput: There is no such agency.
        RuleBroken: ``RC-08``, somebody has corrected it since ``seen``; ``CL-07``, a
            telephone number or e-mail address comes with what keeps no name.

    Source:
        Background paper (2018), para. 36.
    """
    rows = RecoveryRecord.objects.current().select_related("recovery")
    record = rows.filter(recovery_id=recovery_id).first()
    if record is None:
        raise NotFound(no_such_recovery(recovery_id))
    by.require("recovery.correct", agency=record.agency)
    rules.SEEN.require((f"R{recovery_id}", seen in {None, record.pk}))
    if changes.stated.get("agency", record.agency) != record.agency:
        accounts.require_agency(changes.stated["agency"], viewer=by)
    texts = _texts(changes, are_marks=False)
    marks = _texts(changes, are_marks=True)
    nameless.refuse_contact(recovery_id, reason, *texts, marks=marks)
    known = input_of(record)
    stated = last_word.change(known, changes)
    if stated.recovery_kind is not known.recovery_kind:
        # The page says beside the kind why it is counted so; the history has it whole.
        stated = replace(stated, kind_reason=shorten(reason, 300))
    (recorded,) = recording.record_recoveries(
        source=record.recovery.source,
        stated=[stated],
        reason=reason,
        settlement=Settlement.CORRECT,
        by=by,
        at=at,
    )
    return recorded


def _texts(changes: Changes, *, are_marks: bool) -> Iterator[str]:
    """Give what is written anew, in words or as marks, which may be digits alone."""
    for part in (changes.stated, changes.description, changes.where):
        for name, said in part.items():
            if isinstance(said, str) and (name in AS_MARKED) == are_marks:
                yield said


def send_recovery(
    *,
    sent: Sent,
    reason: str,
    settlement: Settlement = Settlement.HOLD,
    by: Actor,
    at: datetime,
) -> Recorded:
    """Take what a source sends of a recovered arm; what it did not send stays.

    Args:
        settlement: What becomes of fields that a person has corrected otherwise.
        by: Who sends it, or the person who settles a conflict.

    Returns:
        Its outcome. What a person has corrected since stays, unless the source
        now sends something new for the very same field: that is a conflict.

    Source:
        Background paper (2018), para. 36; rule of this design (decision 12).
    """
    told = Submission(sent.source, by, at, reason, settlement)
    now = last_word.current_of(sent.source, sent.whole.number)
    if now is None:
        return _record(told, sent.whole)
    found = last_word.compare(now, sent.changes)
    is_agreed = found.said.content_key == found.known.content_key
    is_plain = not now.stated_key or not found.fresh or found.is_contested
    if is_agreed or (settlement is Settlement.HOLD and is_plain):
        return _record(replace(told, settlement=Settlement.HOLD), found.said)
    is_kept = settlement is Settlement.KEEP
    return _record_both(told, found, found.known if is_kept else found.with_corrections)


def _record_both(told: Submission, found: Compared, merged: RecoveryInput) -> Recorded:
    """Record what a source sends, and over it again what a person corrected.

    Both are versions, so that the next message is set against the source's own
    last word; the first is closed at the moment at which it begins.
    """
    is_same = merged == found.known
    if is_same and told.settlement is Settlement.HOLD:
        told = replace(told, reason=AGREED.template)
    with transaction.atomic():
        recorded = _record(replace(told, settlement=Settlement.TAKE), found.said)
        if recorded.fate is not RowOutcome.CORRECTED or merged == found.said:
            return recorded
        recorded = _record(replace(told, settlement=Settlement.CORRECT), merged)
    return replace(recorded, fate=RowOutcome.UNCHANGED) if is_same else recorded


def _record(told: Submission, stated: RecoveryInput) -> Recorded:
    (recorded,) = recording.record_recoveries(
        source=told.source,
        stated=[stated],
        reason=told.reason,
        settlement=told.settlement,
        by=told.by,
        at=told.at,
    )
    return recorded
