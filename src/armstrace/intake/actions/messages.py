"""Take single records that another system sends; hold what contradicts a person."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from armstrace.accounts import queries as accounts
from armstrace.audit import ledger
from armstrace.intake import conflicts
from armstrace.intake.actions import loading
from armstrace.intake.fields import IntakeKind
from armstrace.intake.models import MESSAGES, Batch, Chunk, HeldRow
from armstrace.intake.outcomes import HeldState, Outcome, Reason, Trouble
from armstrace.jobs import running
from armstrace.jobs.models import Job
from armstrace.records import lengths
from armstrace.recoveries import fields
from armstrace.recoveries.actions import correcting
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import Recorded, RowOutcome

type Given = Mapping[str, Any]


def receive_recovery(
    *, source: str, number: str, given: Given, reason: str, by: Actor, at: datetime
) -> Recorded:
    """Record what another system sends of a recovered arm, or hold it.

    What waits already of the same arm is part of what the source says: a field
    that comes anew takes its place there.

    Returns:
        Its outcome. A conflict is held for a person, and its sentence says where.

    Source:
        Background paper (2018), para. 36; rule of this design (decision 12).
    """
    _require_agency(given, by)

    def send(sent: Given) -> Recorded:
        said = conflicts.sent_of(source, number, sent)
        return correcting.send_recovery(sent=said, reason=reason, by=by, at=at)

    with transaction.atomic():
        waiting = _waiting(source, number)
        said = given if waiting is None else waiting.values | given
        whole = send(said)
        if whole.fate is not RowOutcome.CONFLICT:
            if waiting is not None and whole.fate is not RowOutcome.REFUSED:
                _let_go(waiting, by, at)
            return whole
        alone = whole if waiting is None else send(given)
        if alone.fate is not RowOutcome.CONFLICT:
            return alone
        held = waiting or _new_row(source, number, by, at)
        return _hold(held, said, whole, (by, at))


def _require_agency(given: Given, by: Actor) -> None:
    """Refuse a code that no agency has: nobody would ever see the record."""
    code = given.get("agency")
    if code is not None:
        by.require("recovery.record", agency=code)
        accounts.require_agency(code, viewer=by)


def _waiting(source: str, number: str) -> HeldRow | None:
    """Give what waits of an arm, for a person to settle."""
    if lengths.UNSTORABLE.search(number):
        return None  # PostgreSQL would fail; recording refuses it by name.
    rows = HeldRow.objects.filter(
        batch__source=source,
        batch__profile_name=MESSAGES,
        identity=number,
        state=HeldState.OPEN,
    )
    return rows.select_related("batch").first()


def _let_go(waiting: HeldRow, by: Actor, at: datetime) -> None:
    with ledger.entry("intake.row_mended", by=by, at=at) as entry:
        waiting.state = HeldState.MENDED
        waiting.decided_at, waiting.decided_by = at, by.name
        waiting.decided_why = f"by {waiting.batch.file_name}"
        waiting.save()
        entry.about(waiting)


def _new_row(source: str, number: str, by: Actor, at: datetime) -> HeldRow:
    """Begin a row among the messages of a source."""
    batch = Batch.objects.filter(source=source, profile_name=MESSAGES).first()
    batch = batch or _batch_of(source, by, at)
    batch.rows_read += 1
    batch.rows_held, batch.chunks = batch.rows_held + 1, batch.chunks + 1
    batch.rows_expected = batch.rows_read
    batch.by_reason = {Reason.CONFLICT.value: batch.rows_held}
    with ledger.entry("intake.message_counted", by=by, at=at) as entry:
        batch.save()
        entry.about(batch)
        chunk = Chunk.objects.create(
            batch=batch,
            number=batch.chunks,
            first_row=batch.rows_read,
            outcomes=Outcome.HELD.value,
        )
        entry.about(chunk)
    return HeldRow(batch=batch, row=batch.rows_read, identity=number)


def _batch_of(source: str, by: Actor, at: datetime) -> Batch:
    job = running.begin(loading.KIND, expected=0, by=by, at=at)
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, finished_at=at)
    return Batch(
        kind=IntakeKind.RECOVERIES,
        source=source,
        arm_source=source,
        agency=by.agency,
        file_name=source,
        file_digest=hashlib.sha256(source.encode()).hexdigest(),
        profile_name=MESSAGES,
        job_id=job.pk,
        begun_at=at,
        begun_by=by.name,
        headings=list(fields.BY_NAME),
    )


def _hold(
    held: HeldRow, said: Given, outcome: Recorded, who: tuple[Actor, datetime]
) -> Recorded:
    """Hold a message until a person settles it, in place of what waited before."""
    by, at = who
    texts = {name: _text(value) for name, value in said.items()}
    held.values = texts
    held.cells = [texts.get(name, "") for name in fields.BY_NAME]
    held.reason = Reason.CONFLICT
    held.troubles = [Trouble(Reason.CONFLICT, "", outcome.reason).to_json()]
    with ledger.entry("intake.message_held", by=by, at=at) as entry:
        held.save()
        entry.about(held)
    sentence = message(
        "%(sentence)s It waits as row %(row)s of %(file)s.",
        sentence=outcome.reason,
        row=held.row,
        file=held.batch.file_name,
    )
    return Recorded(outcome.fate, outcome.record_id, sentence, outcome.rule)


def _text(value: object) -> str:
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else str(value)
