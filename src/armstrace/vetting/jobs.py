"""Taking in a list and looking for all subjects in it, without anybody waiting."""

from datetime import datetime

from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.vetting.actions import lists
from armstrace.vocabulary.actors import Actor


def check(job: Job, by: Actor, at: datetime, context: JobContext) -> None:
    """Go on with a check from where it stands."""
    lists.run_check(job=job, by=by, at=at, context=context)
