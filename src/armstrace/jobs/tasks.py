"""The queue: jobs are put in, run by a worker, and taken up again when it dies.

One task serves every kind of job. A job's kind names the function that runs it:
``intake.load`` is ``load`` of ``armstrace/intake/jobs.py``.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.tasks import TaskContext, task
from django.utils.module_loading import import_string

from armstrace.accounts import actors
from armstrace.accounts import queries as accounts
from armstrace.jobs import heartbeats, running
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.vocabulary.actors import Actor, Purpose, Role
from armstrace.vocabulary.errors import ArmstraceError
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.messages import Message, message

# A job that ends its worker so often without moving is not taken up again.
MOST_ATTEMPTS = 5

PROCESS_ENDED = message(
    "The process that ran it ended before its end; start it again to go on."
)
WORKERS_ENDED = message(
    "The worker that ran it ended %(times)s times at the same place; look at its log, "
    "then let it go on.",
    times=MOST_ATTEMPTS,
)

type Runner = Callable[[Job, Actor, datetime, JobContext], object]


def enqueue(job_id: int, *, by: Actor, at: datetime) -> None:
    """Let a worker run a job, or go on with it, as this person.

    Args:
        job_id: The job; whoever calls has asked whether the person may run it.
        by: As whom it acts from now on, and to what end.
        at: When its results become known here, with time zone.
    """
    _put_in_queue(Job.objects.filter(pk=job_id), at, **running.columns_of(by))


@task(takes_context=True)
def run(context: TaskContext[..., Any], job_id: int) -> None:
    """Run a job from where it stands; running it again changes nothing.

    Args:
        context: The task; its identity stops an earlier run of the same job.
    """
    job = Job.objects.get(pk=job_id)
    worker = f"{heartbeats.process_name()}:{context.task_result.id}"
    if not running.assign(job_id, worker, at=_now()):
        return
    mine = JobContext(worker, clock=_now)
    runner: Runner = import_string("armstrace.{}.jobs.{}".format(*job.kind.split(".")))
    try:
        runner(job, _actor_of(job), job.queued_at or _now(), mine)
    except running.Cancelled:
        return
    except ArmstraceError as refused:
        running.stop(job_id, worker, refused.message, at=_now())
        raise
    finally:
        # After a fault the process lives on and would go on saying that the job
        # is well. A job that runs for nobody is taken up again.
        left = Job.objects.filter(pk=job_id, worker=worker, state=JobState.RUNNING)
        left.update(worker="")


def take_up_orphans(*, at: datetime) -> int:
    """Queue jobs again whose worker died; give how many were orphans.

    A job that a command ran is stopped instead: whoever gave the command decides
    whether it goes on.
    """
    found = heartbeats.orphans(at)
    for job in found:
        # Two workers may find the same orphan: the one that sees it unchanged
        # takes it up.
        same = Job.objects.filter(
            pk=job.pk, state=job.state, worker=job.worker, queued_at=job.queued_at
        )
        if job.queued_at is None:
            _give_up(same, PROCESS_ENDED, at)
        elif job.attempts >= MOST_ATTEMPTS:
            _give_up(same, WORKERS_ENDED, at)
        else:
            _put_in_queue(same, at)
    return len(found)


def _put_in_queue(jobs: Any, at: datetime, **columns: object) -> None:  # noqa: ANN401 - a queryset
    job = jobs.first()
    if job is None:
        return
    # The task is made last: a break before it leaves a job that waits for a task
    # that is not there, and such a job is taken up again.
    columns |= {"problem": {}, "finished_at": None, "heartbeat_at": at}
    open_ones = jobs.exclude(state__in=(JobState.DONE, JobState.CANCELLED))
    if open_ones.update(
        state=JobState.WAITING, worker="", queued_at=at, task_id="", **columns
    ):
        queued = run.enqueue(job.pk)
        Job.objects.filter(pk=job.pk).update(task_id=queued.id)


def _give_up(jobs: Any, why: Message, at: datetime) -> None:  # noqa: ANN401 - a queryset
    jobs.update(
        state=JobState.STOPPED, worker="", problem=why.to_json(), finished_at=at
    )


def _actor_of(job: Job) -> Actor:
    """Give the actor of a job, by the grants that it has now."""
    purpose = Purpose(job.purpose)
    if job.role == Role.SYSTEM:
        return actors.system_actor(purpose)
    user = accounts.user_named(job.actor, viewer=actors.system_actor())
    return actors.actor_for(user, purpose)


def _now() -> datetime:
    return datetime.now(UTC)
