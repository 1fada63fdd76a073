"""Write one chunk of planned rows, inside the transaction that is open."""

from collections.abc import Sequence
from datetime import datetime

from armstrace.audit import ledger
from armstrace.intake import mended, recording, tally
from armstrace.intake.models import LOOKED_FOR, Batch, Chunk, HeldRow
from armstrace.intake.outcomes import LOADED, HeldState, Outcome, Reason
from armstrace.intake.planning import PlannedRow
from armstrace.intake.recording import Origin
from armstrace.records.lookups import among
from armstrace.vocabulary.actors import Actor


def write(
    batch: Batch,
    planned: Sequence[PlannedRow],
    *,
    origin: Origin,
    entry: ledger.Entry,
    by: Actor,
    at: datetime,
) -> tally.Tally:
    """Write records, held rows and outcomes of a chunk; give how many of each.

    Args:
        planned: Its rows, in order, without gaps.
        entry: The entry of the act, which names what is written.
    """
    stating = [row for row in planned if row.stated is not None and not row.outcome]
    stated = [row.stated for row in stating if row.stated is not None]
    fates = recording.record(origin, stated, by=by, at=at)
    for row, fate in zip(stating, fates, strict=True):
        tally.apply_fate(row, fate)
    mended.pass_over(planned, source=batch.source, kind=origin.kind)
    chunk = Chunk.objects.create(
        batch=batch,
        number=batch.chunks + 1,
        first_row=planned[0].number,
        outcomes="".join(row.outcome or "?" for row in planned),
    )
    entry.about(chunk)
    entry.about_all(_decide_earlier(batch, planned, by, at))
    entry.about_all(
        HeldRow.objects.bulk_create(
            held_row(batch, row) for row in planned if row.outcome is Outcome.HELD
        )
    )
    counts = tally.Tally()
    counts.add(planned)
    return counts


def held_row(batch: Batch, row: PlannedRow) -> HeldRow:
    """Make the held row of a planned row, kept whole."""
    first = row.troubles[0]
    mapped = row.mapped
    return HeldRow(
        batch=batch,
        row=row.number,
        # What is looked for may be shortened: the row keeps its number whole.
        identity=row.identity[:LOOKED_FOR],
        cells=list(mapped.cells) if mapped else [],
        values=dict(mapped.values) if mapped else {},
        reason=first.reason.value,
        field=first.field,
        troubles=[trouble.to_json() for trouble in row.troubles],
    )


def _decide_earlier(
    batch: Batch, planned: Sequence[PlannedRow], by: Actor, at: datetime
) -> list[HeldRow]:
    """Close earlier held rows whose identity this chunk loaded or holds again.

    What contradicts a correction waits on where the row that comes later cannot be
    read: it says nothing of the contradiction.
    """
    contradicting = {
        row.identity[:LOOKED_FOR]
        for row in planned
        if row.troubles and row.troubles[0].reason is Reason.CONFLICT
    }
    fates = {
        row.identity[:LOOKED_FOR]: HeldState.REPLACED
        if row.outcome is Outcome.HELD
        else HeldState.MENDED
        for row in planned
        if row.identity and row.outcome in {*LOADED, Outcome.HELD}
    }
    earlier = HeldRow.objects.filter(
        among("identity", fates),
        state=HeldState.OPEN,
        batch__source=batch.source,
        batch__kind=batch.kind,
    ).exclude(batch=batch)
    decided = [
        row
        for row in earlier
        if row.reason != Reason.CONFLICT
        or fates[row.identity] is HeldState.MENDED
        or row.identity in contradicting
    ]
    for row in decided:
        row.state = fates[row.identity]
        row.decided_at = at
        row.decided_by = by.name
        row.decided_why = f"by {batch.file_name}"
    HeldRow.objects.bulk_update(
        decided, ["state", "decided_at", "decided_by", "decided_why"]
    )
    return decided
