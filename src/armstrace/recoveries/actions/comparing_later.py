"""Leave new recoveries to a worker to compare, without what compares them."""

from datetime import datetime

from armstrace.jobs import running
from armstrace.jobs.models import Job
from armstrace.recoveries.uncompared import COMPARING, not_compared
from armstrace.vocabulary.actors import Actor


def begin_comparing(*, by: Actor, at: datetime) -> Job | None:
    """Begin to compare what has not been compared yet; None where nothing waits.

    Source:
        Rule of this design: a new recovery meets all others at once.
    """
    by.require("recovery.view")
    waiting = not_compared().count()
    if not waiting:
        return None
    return running.begin(COMPARING, expected=waiting, by=by, at=at)
