"""Start a load; a worker runs it, so it goes on when the page is left."""

from datetime import datetime

from armstrace.intake import tasks
from armstrace.intake.incoming import Watch
from armstrace.vocabulary.actors import Actor

QUIET = Watch(worker="preview")


def start(batch_id: int, *, by: Actor, at: datetime) -> None:
    """Queue the load of a batch.

    Args:
        batch_id: The batch, begun.
        by: Who loads it.
        at: When its rows become known here.
    """
    tasks.load_batch.enqueue(batch_id, by.name, by.purpose.value, at.isoformat())
