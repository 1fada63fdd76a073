"""Proofs that go on without anybody waiting for them."""

from datetime import datetime

from armstrace.jobs import proving
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.vocabulary.actors import Actor


def prove(job: Job, by: Actor, at: datetime, context: JobContext) -> None:
    """Prove the ledger and every business record."""
    proving.run(job, by=by, at=at, context=context)
