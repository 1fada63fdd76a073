"""Work on files that goes on without anybody waiting for it."""

from datetime import datetime
from typing import Any

from django.tasks import TaskContext, task

from armstrace.accounts import actors
from armstrace.accounts import queries as accounts
from armstrace.intake import queries
from armstrace.intake.actions import loading
from armstrace.intake.incoming import Watch
from armstrace.vocabulary.actors import Purpose


@task(takes_context=True)
def load_batch(
    context: TaskContext[..., Any], batch_id: int, name: str, purpose: str, at: str
) -> None:
    """Load a batch from where it stands; running it again changes nothing.

    Args:
        context: The run; its identity stops an earlier run of the same batch.
        batch_id: The batch, begun.
        name: Sign-in name of who loads it.
        purpose: To what end.
        at: When its rows become known here, ISO 8601 with time zone.
    """
    user = accounts.user_named(name, viewer=actors.system_actor())
    by = actors.actor_for(user, Purpose(purpose))
    batch = queries.batch_record(batch_id, viewer=by)
    watch = Watch(worker=context.task_result.id)
    loading.run_batch(batch=batch, by=by, at=datetime.fromisoformat(at), watch=watch)
