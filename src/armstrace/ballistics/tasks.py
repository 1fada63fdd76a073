"""Searches that go on without anybody waiting for them."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.tasks import TaskContext, task

from armstrace.accounts import actors
from armstrace.accounts import queries as accounts
from armstrace.ballistics.actions import searching
from armstrace.ballistics.searching import SearchWatch
from armstrace.vocabulary.actors import Purpose


@task(takes_context=True)
def run_search(
    context: TaskContext[..., Any],
    run_id: int,
    name: str,
    purpose: str,
    at: str,
    where: dict[str, Any],
) -> None:
    """Run a search from where it stands; running it again changes nothing.

    Args:
        context: The job; its identity stops an earlier run of the same search.
        run_id: The run, begun.
        name: Sign-in name of who searches.
        purpose: To what end.
        at: When what is found becomes known here, ISO 8601 with time zone.
        where: ``folder`` of files and ``processes`` that search at once.
    """
    user = accounts.user_named(name, viewer=actors.system_actor())
    by = actors.actor_for(user, Purpose(purpose))
    searching.run_search(
        run_id=run_id,
        folder=Path(where["folder"]),
        watch=SearchWatch(context.task_result.id, int(where["processes"])),
        by=by,
        at=datetime.fromisoformat(at),
    )
