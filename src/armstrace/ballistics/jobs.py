"""Searches that go on without anybody waiting for them."""

import os
from datetime import datetime

from django.conf import settings

from armstrace.ballistics.actions import searching
from armstrace.ballistics.models import SearchRun
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.vocabulary.actors import Actor


def search(job: Job, by: Actor, at: datetime, context: JobContext) -> None:
    """Run a search from where it stands, on all cores."""
    searching.run_search(
        run_id=SearchRun.objects.get(job=job).pk,
        folder=settings.MEDIA_ROOT,
        context=context,
        by=by,
        at=at,
        processes=os.cpu_count() or 1,
    )
