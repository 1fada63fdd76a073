"""Following that goes on without anybody waiting for it."""

from datetime import datetime

from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.procedures.actions import following
from armstrace.vocabulary.actors import Actor


def follow(job: Job, by: Actor, at: datetime, context: JobContext) -> None:
    """Give their steps to recoveries that nobody followed, from where it stands."""
    following.run_following(job=job, by=by, at=at, context=context)
