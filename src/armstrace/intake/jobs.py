"""Loads that go on without anybody waiting for them."""

from datetime import datetime

from armstrace.intake.actions import loading
from armstrace.intake.models import Batch
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.vocabulary.actors import Actor


def load(job: Job, by: Actor, at: datetime, context: JobContext) -> None:
    """Load a batch from where it stands."""
    batch = Batch.objects.select_related("job").get(job=job)
    loading.run_batch(batch=batch, by=by, at=at, context=context)
