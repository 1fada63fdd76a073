"""Set each recovery beside all others, and propose which are of one arm."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from armstrace.audit import ledger
from armstrace.jobs import running
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.recoveries import rules
from armstrace.recoveries.comparing import COLUMNS
from armstrace.recoveries.models import ComparedRecord, RecoveryRecord, Resighting
from armstrace.recoveries.others import Met, Others, store_keys
from armstrace.recoveries.queries.repeats import open_repeats
from armstrace.recoveries.uncompared import not_compared
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.tracing import RepeatKind

CHUNK = 200
# Probability from which a recovery is proposed as one of the same arm.
PROPOSE = 0.5

type Pair = tuple[int, int]
"""The later recovery and the earlier one."""


def note_resightings(
    *, recovery_ids: Sequence[int], by: Actor, at: datetime
) -> list[Resighting]:
    """Set recoveries beside all others; propose those that are of one arm.

    Two entries of one procedure are proposed as one item entered twice. A proposal
    is a lead for a person, not a finding; where marks were corrected since, one that
    no longer holds is closed.

    Returns:
        The proposals made; those already on record are left as they are.

    Source:
        Statistics of the questionnaire, check 11; MOSAIC 05.31.
    """
    by.require("recovery.view")
    rows = _waiting().filter(recovery_id__in=recovery_ids)
    return _compare(list(rows.order_by("recovery_id")), by=by, at=at)


def run_comparing(*, job: Job, by: Actor, at: datetime, context: JobContext) -> None:
    """Compare what has not been compared, chunk by chunk; it can be cut off.

    Raises:
        RuleBroken: ``RC-04``, another process has taken over.

    Source:
        Rule of this design (every job idempotent by batch and chunk).
    """
    by.require("recovery.view")
    try:
        overtaken = rules.RUN_ONCE.broken((False,))
        run = running.claim(job.pk, context, at=at, overtaken=overtaken)
        for records in _chunks():
            with transaction.atomic():
                done = run.job.done + len(records)
                run.advance(cursor=records[-1].recovery_id, done=done)
                _compare(records, by=by, at=at)
            run.tell()
        run.end()
    except running.Cancelled:
        pass


def _waiting() -> QuerySet[RecoveryRecord]:
    return not_compared().only(*COLUMNS, "known_at")


def _chunks() -> Iterator[list[RecoveryRecord]]:
    while chunk := list(_waiting().order_by("recovery_id")[:CHUNK]):
        yield chunk


def _compare(
    records: Sequence[RecoveryRecord], *, by: Actor, at: datetime
) -> list[Resighting]:
    if not records:
        return []
    with transaction.atomic():
        store_keys(records)
        ComparedRecord.objects.bulk_create(
            ComparedRecord(record=record) for record in records
        )
        others = Others()
        found = {}
        for record in records:
            for met in others.meet(record, least=PROPOSE):
                found[_pair(record, met)] = met
        return _propose(records, found, others.model, by=by, at=at)


def _pair(record: RecoveryRecord, met: Met) -> Pair:
    own, other = record.recovery_id, met.other_id
    is_later = (record.recovered_on, own) > (met.recovered_on, other)
    return (own, other) if is_later else (other, own)


def _propose(
    records: Sequence[RecoveryRecord],
    found: dict[Pair, Met],
    model: str,
    *,
    by: Actor,
    at: datetime,
) -> list[Resighting]:
    ids = [record.recovery_id for record in records]
    of_these = Q(recovery_id__in=ids) | Q(earlier_id__in=ids)
    known = {
        (row.recovery_id, row.earlier_id): row
        for row in Resighting.objects.current()
        .filter(of_these)
        .only("recovery_id", "earlier_id", "known_at")
    }
    known_since = {record.recovery_id: record.known_at for record in records}
    outdated = {
        row.pk
        for pair, row in known.items()
        if pair not in found and _is_outdated(row, known_since)
    }
    stale = []
    if outdated:
        stale = list(
            open_repeats().filter(pk__in=outdated).values_list("pk", flat=True)
        )
    fresh = {pair: met for pair, met in found.items() if pair not in known}
    if not fresh and not stale:
        return []
    with ledger.entry("recovery.seen_before", by=by, at=at) as entry:
        Resighting.objects.filter(pk__in=stale).update(superseded_at=at)
        entry.about_keys(Resighting, stale)
        made = Resighting.objects.bulk_create(
            _resighting(pair, met, model, at) for pair, met in fresh.items()
        )
        entry.about_all(made)
    return made


def _is_outdated(proposed: Resighting, known_since: Mapping[int, datetime]) -> bool:
    """Tell whether a proposal is older than what is known of either recovery."""
    ids = (proposed.recovery_id, proposed.earlier_id)
    return any(pk in known_since and known_since[pk] > proposed.known_at for pk in ids)


def _resighting(pair: Pair, met: Met, model: str, at: datetime) -> Resighting:
    later, earlier = pair
    kind = RepeatKind.RECOVERED_AGAIN
    if met.is_one_procedure:
        kind = RepeatKind.ENTERED_TWICE
    return Resighting(
        recovery_id=later,
        earlier_id=earlier,
        repeat=kind.value,
        probability=round(met.found.probability, 6),
        model_version=model[:80],
        why=met.found.candidate.explanation,
        known_at=at,
    )
