"""Match many recoveries in one pass that survives being cut off."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from armstrace.audit import ledger
from armstrace.jobs import running
from armstrace.jobs.running import JobContext
from armstrace.records import bulk
from armstrace.recoveries import comparing, rules
from armstrace.recoveries.comparing import Compared
from armstrace.recoveries.models import MatchingResult, MatchingRun, RecoveryRecord
from armstrace.registry import queries as registry
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.jobs import UNFINISHED, JobState
from armstrace.vocabulary.matching import MatchAgainst

CHUNK = 500
LIKELY = 0.90
KIND = "recoveries.match"
type Compute = Callable[[Sequence[list[int]]], Iterator[list[Compared]]]


def begin_run(
    *, against: MatchAgainst, year: int | None, by: Actor, at: datetime
) -> MatchingRun:
    """Begin to match recoveries; go on with a run that was cut off.

    Source:
        ITI, para. 17 (unique identification); rule of this design.
    """
    by.require("matching.run")
    asked = {"against": against.value, "year": year}
    model = comparing.model_of(against, viewer=by)
    unfinished = MatchingRun.objects.filter(
        **asked, job__state__in=UNFINISHED, model_version=model
    )
    with ledger.entry("matching.begun", by=by, at=at) as entry:
        run = unfinished.order_by("-pk").first()
        if run is None:
            rows = _records(year)
            count = rows.count()
            last = rows.order_by("-recovery_id").values_list("recovery_id", flat=True)
            run = MatchingRun.objects.create(
                **asked,
                begun_at=at,
                begun_by=by.name,
                job=running.begin(KIND, expected=count, by=by, at=at),
                model_version=model,
                register_record=registry.last_record(viewer=by),
                last_recovery=last.first() or 0,
                recoveries=count,
            )
        entry.about(run)
    return run


def run_matching(
    *,
    run: MatchingRun,
    by: Actor,
    at: datetime,
    context: JobContext,
    compute: Compute | None = None,
) -> MatchingRun:
    """Match the recoveries of a run from where it stands to its end.

    Each chunk is one transaction: results and ledger entry. A run that is cut off
    at any moment is continued by calling this again; nothing is matched twice.

    Args:
        compute: Compares chunks of recoveries elsewhere, in their order; here
            where None.

    Returns:
        The run, done, or as far as it came before somebody cancelled it.

    Raises:
        RuleBroken: ``RC-04``, another process has taken over.

    Source:
        Rule of this design (every job idempotent by batch and chunk).
    """
    by.require("matching.run")
    if run.job.state == JobState.DONE:
        return run
    if compute is None:
        asked = (MatchAgainst(run.against), run.last_recovery, run.model_version)
        compute = comparing.Comparer(comparing.Task(*asked), by).compute
    try:
        with ledger.entry("matching.running", by=by, at=at) as entry:
            overtaken = rules.RUN_ONCE.broken((False,))
            job = running.claim(run.job_id, context, at=at, overtaken=overtaken)
            run = MatchingRun.objects.get(pk=run.pk)
            entry.about(run)
        chunks = list(_chunks(run, job.job.cursor))
        for ids, found in zip(chunks, compute(chunks), strict=True):
            run = _write(run, job, (ids, found), by=by, at=at)
            job.tell()
        with ledger.entry("matching.ended", by=by, at=at) as entry:
            job.end()
            entry.about(run)
    except running.Cancelled:
        pass
    return MatchingRun.objects.select_related("job").get(pk=run.pk)


def _records(year: int | None) -> Any:  # noqa: ANN401 - a queryset of records
    rows = RecoveryRecord.objects.current()
    if year is None:
        return rows
    # What may have been recovered in the year is searched as well.
    may_be = Q(recovered_on__gte=date(year, 1, 1)) | Q(
        recovered_until__gte=date(year, 1, 1)
    )
    return rows.filter(may_be, recovered_on__lte=date(year, 12, 31))


def _chunks(run: MatchingRun, cursor: int) -> Iterator[list[int]]:
    rows = _records(run.year).filter(
        recovery_id__gt=cursor, recovery_id__lte=run.last_recovery
    )
    ids = rows.order_by("recovery_id").values_list("recovery_id", flat=True)
    for chunk in itertools.batched(ids.iterator(chunk_size=10_000), CHUNK):
        yield list(chunk)


def _write(
    run: MatchingRun,
    job: running.Run,
    chunk: tuple[list[int], list[Compared]],
    *,
    by: Actor,
    at: datetime,
) -> MatchingRun:
    ids, found = chunk
    compared = {o.recovery_id for o in found if o.probability_absent is not None}
    likely = {o.recovery_id for o in found if o.probability >= LIKELY}
    with ledger.entry("matching.chunk_run", by=by, at=at) as entry:
        job.advance(cursor=ids[-1], done=run.done + len(ids))
        rows = [_row(run, each) for each in found]
        entry.about_keys(MatchingResult, bulk.insert(MatchingResult, rows))
        MatchingRun.objects.filter(pk=run.pk).update(
            done=run.done + len(ids),
            compared=run.compared + len(compared),
            likely=run.likely + len(likely),
        )
        moved = MatchingRun.objects.get(pk=run.pk)
        entry.about(moved)
    return moved


def _row(run: MatchingRun, one: Compared) -> dict[str, object]:
    return {
        "run_id": run.pk,
        "recovery_id": one.recovery_id,
        "question": one.question.value,
        "arm_id": one.arm_id,
        "earlier_id": one.earlier_id,
        "probability": one.probability,
        "probability_sibling": one.probability_sibling,
        "probability_absent": one.probability_absent,
        "is_reported": one.is_reported,
        "candidates": one.candidates,
        "note": one.note,
        "inputs": one.inputs,
    }
