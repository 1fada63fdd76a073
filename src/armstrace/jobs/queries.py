"""How far jobs have come, and which of them nobody runs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Count, QuerySet

from armstrace.jobs import heartbeats
from armstrace.jobs.models import Job
from armstrace.records.lookups import page_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.paging import Page, PageRequest


@dataclass(frozen=True, slots=True)
class JobRow:
    """How far a job has come.

    Args:
        problem: Why it stopped before its end, where it did.
    """

    id: int
    kind: str
    state: JobState
    done: int
    expected: int
    actor: str
    begun_at: datetime
    heartbeat_at: datetime
    finished_at: datetime | None
    problem: Message | None

    @classmethod
    def of(cls, job: Job) -> Self:
        """Give the row of a job."""
        return cls(
            id=job.pk,
            kind=job.kind,
            state=JobState(job.state),
            done=job.done,
            expected=job.expected,
            actor=job.actor,
            begun_at=job.begun_at,
            heartbeat_at=job.heartbeat_at,
            finished_at=job.finished_at,
            problem=Message.read(job.problem) if job.problem else None,
        )

    @property
    def is_going(self) -> bool:
        """Whether it waits for a worker or has one."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def can_go_on(self) -> bool:
        """Whether it can be taken up where it stands."""
        return self.is_going or self.state is JobState.STOPPED

    @property
    def share(self) -> float:
        """The part that is done, 0 to 1."""
        if self.state is JobState.DONE:
            return 1.0
        return min(1.0, self.done / self.expected) if self.expected else 0.0


def orphans(*, viewer: Actor, at: datetime) -> list[JobRow]:
    """Give the jobs that nobody runs, though their state says otherwise."""
    viewer.require("ledger.verify")
    return [JobRow.of(job) for job in heartbeats.orphans(at)]


def counts_by_state(*, viewer: Actor) -> dict[JobState, int]:
    """Count the jobs that are not over, by state; nothing is left out."""
    viewer.require("ledger.verify")
    shown = (JobState.WAITING, JobState.RUNNING, JobState.STOPPED)
    rows = Job.objects.filter(state__in=shown).values_list("state")
    found = dict(rows.annotate(count=Count("pk")))
    return {state: found.get(state, 0) for state in shown}


def jobs_stopped(*, viewer: Actor) -> list[JobRow]:
    """Give the jobs that stopped before their end, the latest first."""
    viewer.require("ledger.verify")
    found = Job.objects.filter(state=JobState.STOPPED).order_by("-pk")
    return [JobRow.of(job) for job in found]


def job_rows(*, viewer: Actor, page: PageRequest) -> Page[JobRow]:
    """Give one page of jobs: one's own, or all for who looks after the system."""
    found = page_of(_of(viewer).order_by("-pk"), page, changes=("heartbeat_at",))
    return found.showing([JobRow.of(job) for job in found.rows])


def job_row(job_id: int, *, viewer: Actor) -> JobRow:
    """Give one job: one's own, or any for who looks after the system."""
    job = _of(viewer).filter(pk=job_id).first()
    if job is None:
        raise NotFound(message("There is no such job here; look at the list again."))
    return JobRow.of(job)


def _of(viewer: Actor) -> QuerySet[Job]:
    rows = Job.objects.all()
    return rows if viewer.may("ledger.verify") else rows.filter(actor=viewer.name)
