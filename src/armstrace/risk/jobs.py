"""Early warnings, worked out without anybody waiting for them."""

from datetime import datetime

from django.db import transaction

from armstrace.jobs import running
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.risk import rules
from armstrace.risk.actions import warnings
from armstrace.risk.actions.warnings import Raised
from armstrace.vocabulary.actors import Actor


def begin(*, by: Actor, at: datetime) -> Job:
    """Make the job that raises early warnings."""
    by.require("warning.raise")
    return running.begin(warnings.KIND, expected=1, by=by, at=at)


def warn(job: Job, by: Actor, at: datetime, context: JobContext) -> Raised:
    """Raise early warnings; running it again raises none twice."""
    overtaken = rules.RUN_ONCE.broken(facts=False)
    run = running.claim(job.pk, context, at=at, overtaken=overtaken)
    with transaction.atomic():
        raised = warnings.raise_warnings(by=by, at=at)
        run.end(done=1, cursor=1)
    return raised
