"""Give recoveries the steps of the procedure, and mark those that records answer."""

from collections.abc import Collection
from datetime import datetime
from itertools import batched

from django.db import transaction

from armstrace.audit import ledger
from armstrace.jobs import running
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.procedures import giving, rules, waiting
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.jobs import UNFINISHED

CHUNK = giving.CHUNK
KIND = "procedures.follow"


def follow_procedure(*, recoveries: Collection[int], by: Actor, at: datetime) -> int:
    """Give recovered arms their steps, and mark those that records answer.

    What is followed already keeps the version that it has, gains what its facts open
    now, and loses nothing. Doing it again changes nothing.

    Args:
        recoveries: Their numbers; parts and ammunition are passed over. A closed one
            of which more is asked now is open again.

    Returns:
        How many changed.

    Source:
        Background paper (2018), paras. 62-66, 81.
    """
    by.require("recovery.view")
    return sum(
        _run(some, by, at)
        for some in batched(sorted(set(recoveries)), CHUNK, strict=False)
    )


def follow_waiting(*, by: Actor, at: datetime) -> int:
    """Give their steps to all recoveries that wait for them; give how many changed.

    Source:
        Background paper (2018), paras. 62-66, 81.
    """
    by.require("recovery.view")
    return sum(
        _run(some, by, at) for some in batched(waiting.to_follow(), CHUNK, strict=False)
    )


def begin_following(*, by: Actor, at: datetime) -> Job | None:
    """Let a worker follow what nobody followed; None where nothing waits, or one does.

    Source:
        Rule of this design: a load is not slowed by what can be done after it.
    """
    by.require("recovery.view")
    if Job.objects.filter(kind=KIND, state__in=UNFINISHED).exists():
        return None
    expected = len(waiting.to_follow())
    if not expected:
        return None
    return running.begin(KIND, expected=expected, by=by, at=at)


def run_following(*, job: Job, by: Actor, at: datetime, context: JobContext) -> None:
    """Follow what nobody followed, chunk by chunk; it can be cut off.

    Raises:
        RuleBroken: ``PR-21``, another process has taken over.

    Source:
        Rule of this design (every job idempotent by batch and chunk).
    """
    by.require("recovery.view")
    try:
        overtaken = rules.FOLLOWED_ONCE.broken((False,))
        run = running.claim(job.pk, context, at=at, overtaken=overtaken)
        for some in batched(waiting.to_follow(), CHUNK, strict=False):
            # Cut off between the two, a run would leave a chunk out for good.
            with transaction.atomic():
                run.advance(cursor=some[-1], done=run.job.done + len(some))
                _run(some, by, at)
            run.tell()
        run.end()
    except running.Cancelled:
        pass


def _run(ids: Collection[int], by: Actor, at: datetime) -> int:
    # The plan locks the recoveries before the entry locks the head of the ledger, as
    # acts do: the other way round two would wait for each other.
    with transaction.atomic():
        wanted = {*ids, *waiting.beside(ids, CHUNK, at)}
        given = giving.Giving(by, at)
        changed = giving.plan(given, wanted)
        if changed:
            with ledger.entry("procedure.followed", by=by, at=at) as entry:
                giving.write(given, entry)
    return changed
