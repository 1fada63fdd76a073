"""Whether anybody runs a job: what a worker says, and what silence means."""

import os
import socket
from datetime import datetime, timedelta

from django.db.models import Q
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from armstrace.jobs.models import Job
from armstrace.vocabulary.jobs import JobState

# After so long without a heartbeat nobody runs a job any more.
SILENCE = timedelta(minutes=2)


def process_name() -> str:
    """Name this process among those of all machines."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}"


def beat(*, at: datetime) -> None:
    """Say that the jobs which this process runs are well."""
    mine = Job.objects.filter(
        state=JobState.RUNNING, worker__startswith=f"{process_name()}:"
    )
    mine.update(heartbeat_at=at)


def orphans(at: datetime) -> list[Job]:
    """Give the jobs that nobody runs, though their state says otherwise."""
    since = at - SILENCE
    is_left = Q(state=JobState.RUNNING) & (Q(heartbeat_at__lt=since) | Q(worker=""))
    is_lost = Q(state=JobState.WAITING, queued_at__lt=since)
    found = Job.objects.filter(is_left | is_lost).order_by("pk")
    return [job for job in found if job.state == JobState.RUNNING or _is_lost(job)]


def _is_lost(job: Job) -> bool:
    """Tell whether no task waits for a job that waits."""
    if not job.task_id:
        return True
    ready = DBTaskResult.objects.filter(pk=job.task_id, status=TaskResultStatus.READY)
    return not ready.exists()
