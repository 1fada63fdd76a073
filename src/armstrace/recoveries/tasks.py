"""Matching that goes on without anybody waiting for it."""

from datetime import UTC, datetime
from typing import Any

from django.tasks import TaskContext, task

from armstrace.accounts import actors
from armstrace.accounts import queries as accounts
from armstrace.recoveries import queries
from armstrace.recoveries.actions import matching_runs
from armstrace.vocabulary.actors import Purpose


@task(takes_context=True)
def match_recoveries(
    context: TaskContext[..., Any], run_id: int, name: str, purpose: str, at: str
) -> None:
    """Work through a run of matching from where it stands.

    Args:
        context: The job; its identity stops an earlier one of the same run.
        run_id: The run, begun.
        name: Sign-in name of who began it.
        purpose: To what end.
        at: When it was begun, ISO 8601 with time zone.
    """
    user = accounts.user_named(name, viewer=actors.system_actor())
    by = actors.actor_for(user, Purpose(purpose))
    watch = matching_runs.Watch(
        worker=context.task_result.id, clock=lambda: datetime.now(UTC)
    )
    matching_runs.run_matching(
        run=queries.matching_run_record(run_id, viewer=by),
        by=by,
        at=datetime.fromisoformat(at),
        watch=watch,
    )
