"""Matching that goes on without anybody waiting for it."""

from datetime import datetime

from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.recoveries.actions import matching_runs, repeat_recoveries
from armstrace.recoveries.models import MatchingRun
from armstrace.vocabulary.actors import Actor


def match(job: Job, by: Actor, at: datetime, context: JobContext) -> None:
    """Work through a run of matching from where it stands."""
    run = MatchingRun.objects.select_related("job").get(job=job)
    matching_runs.run_matching(run=run, by=by, at=at, context=context)


def compare(job: Job, by: Actor, at: datetime, context: JobContext) -> None:
    """Set what was loaded beside all other recoveries, from where it stands."""
    repeat_recoveries.run_comparing(job=job, by=by, at=at, context=context)
