"""Run a job so that it can be cut off at any moment and go on where it stood.

The process that claims a job last is the one that runs it: ``advance`` moves the
cursor in the transaction of the step, and only for the worker that the row names. An
earlier worker therefore cannot write a step twice, it is refused and its step rolled
back.

Lock order: the row of the job first, then the head of the ledger, which the entry of
a step takes when it ends.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from armstrace.jobs.models import Job
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.jobs import UNFINISHED, JobState
from armstrace.vocabulary.messages import Message


class Cancelled(Exception):
    """A person cancelled the job while it ran; what is written so far stays."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come."""

    done: int
    # Items to expect, 0 where that is not known.
    expected: int


type Tell = Callable[[Progress], None]


def tell_nobody(progress: Progress) -> None:
    """Keep it to oneself."""
    del progress


@dataclass(frozen=True, slots=True)
class JobContext:
    """Who runs a job and who is told about it."""

    # Names this run, so that a second run of one job stops the first.
    worker: str = "one run"
    # Tells the time of heartbeats; the time of the act where None.
    clock: Callable[[], datetime] | None = None
    # Is told after each step.
    progress: Tell = tell_nobody


@dataclass(slots=True)
class Run:
    """A job while this process runs it; ``claim`` makes it."""

    job: Job
    context: JobContext
    at: datetime
    # Refuses where another process has claimed the job.
    overtaken: RuleBroken

    def advance(self, *, cursor: int, done: int, **columns: object) -> None:
        """Move the job on; call it in the transaction of the step.

        Args:
            cursor: The last item whose outcome the step wrote.
            **columns: Further columns of the job.

        Raises:
            Cancelled: A person cancelled it.
            RuleBroken: Another process has claimed it.
        """
        columns |= {"state": JobState.RUNNING, "cursor": cursor, "done": done}
        self._move(columns, cursor=self.job.cursor)

    def end(self, state: JobState = JobState.DONE, **columns: object) -> None:
        """End the job; call it in the transaction of the last step.

        Raises:
            Cancelled: A person cancelled it.
            RuleBroken: Another process has claimed it.
        """
        self._move({**columns, "state": state, "finished_at": self.now()})

    def tell(self) -> None:
        """Tell how far the job has come; call it after the step is written."""
        self.context.progress(Progress(self.job.done, self.job.expected))

    def now(self) -> datetime:
        """Tell the time of a heartbeat."""
        return self.context.clock() if self.context.clock else self.at

    def _move(self, columns: dict[str, object], **still: object) -> None:
        mine = Job.objects.filter(pk=self.job.pk, worker=self.job.worker, **still)
        if not mine.update(heartbeat_at=self.now(), attempts=0, **columns):
            now = Job.objects.get(pk=self.job.pk)
            raise Cancelled if now.state == JobState.CANCELLED else self.overtaken
        self.job = Job.objects.get(pk=self.job.pk)


def begin(kind: str, *, expected: int, by: Actor, at: datetime) -> Job:
    """Make a job that waits; the action that calls it leaves the ledger entry.

    Args:
        kind: ``app.function``: the function of ``<app>/jobs.py`` that runs it.
        expected: Items to expect, 0 where that is not known.
    """
    return Job.objects.create(
        kind=kind, expected=expected, begun_at=at, heartbeat_at=at, **columns_of(by)
    )


def columns_of(by: Actor) -> dict[str, str]:
    """Give the columns that say as whom a job acts."""
    return {
        "actor": by.name,
        "agency": by.agency,
        "role": by.role.value,
        "purpose": by.purpose.value,
    }


def claim(
    job_id: int,
    context: JobContext,
    *,
    at: datetime,
    overtaken: RuleBroken,
) -> Run:
    """Take a job over, whoever ran it before.

    Args:
        job_id: The job; one that is done is not asked for again.
        overtaken: Refuses the process that is overtaken.

    Raises:
        Cancelled: A person cancelled the job.
    """
    with transaction.atomic():
        # ``save`` writes the whole row: unlocked, it could undo a cancellation.
        job = Job.objects.select_for_update().get(pk=job_id)
        if job.state == JobState.CANCELLED:
            raise Cancelled
        run = Run(job, context, at, overtaken)
        job.state, job.worker = JobState.RUNNING, context.worker[:80]
        job.heartbeat_at, job.problem, job.finished_at = run.now(), {}, None
        job.save()
    return run


def assign(job_id: int, worker: str, *, at: datetime) -> bool:
    """Give a job to the worker that found its task; false where it is over.

    Whatever the worker meets from here on is the job's: it is counted as an attempt,
    and a refusal stops the job.
    """
    still = Job.objects.filter(pk=job_id, state__in=UNFINISHED)
    given = still.update(
        state=JobState.RUNNING,
        worker=worker[:80],
        heartbeat_at=at,
        attempts=F("attempts") + 1,
    )
    return bool(given)


def cancel(job_id: int, *, at: datetime) -> bool:
    """Ask a job to end; give whether it was still to be done.

    The state is the request: the process that runs the job meets it at its next
    step, whose transaction is rolled back.
    """
    going = Job.objects.filter(pk=job_id).exclude(
        state__in=(JobState.DONE, JobState.CANCELLED)
    )
    return bool(going.update(state=JobState.CANCELLED, worker="", finished_at=at))


def stop(job_id: int, worker: str, why: Message, *, at: datetime) -> bool:
    """Stop a job before its end; it can go on when the reason is gone.

    Args:
        worker: Only where this one still runs it; "" where nobody does.
    """
    mine = Job.objects.filter(pk=job_id, worker=worker[:80], state=JobState.RUNNING)
    stopped = mine.update(
        state=JobState.STOPPED, worker="", problem=why.to_json(), finished_at=at
    )
    return bool(stopped)
