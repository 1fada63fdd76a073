"""Start a search; a worker runs it, so it goes on when the page is left."""

import os
from datetime import datetime

from django.conf import settings

from armstrace.ballistics import tasks
from armstrace.vocabulary.actors import Actor


def start(run_id: int, *, by: Actor, at: datetime) -> None:
    """Queue a search.

    Args:
        run_id: The run, begun.
        by: Who searches.
        at: When what is found becomes known here.
    """
    where = {"folder": str(settings.MEDIA_ROOT), "processes": os.cpu_count() or 1}
    tasks.run_search.enqueue(run_id, by.name, by.purpose.value, at.isoformat(), where)
