"""Jobs for the runs of versions that kept state and progress in tables of their own.

Migrations of the apps whose runs they are call ``adopt``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

TASK_PATH = "armstrace.jobs.tasks.run"

type Row = Any
type Rows = Any


@dataclass(frozen=True, slots=True)
class Earlier:
    """How an app kept its runs."""

    kind: str
    task: str
    # To what end the command ran them, where no task says.
    purpose: str
    # Gives the columns of the job of a row, with ``actor``.
    columns: Callable[[Row], dict[str, object]]


def adopt(apps: Any, rows: Rows, earlier: Earlier) -> None:  # noqa: ANN401 - historical models
    """Give each row a job with its state, its place, and as whom it acted.

    A task that waits in the queue is turned to the job, so that what was asked for
    before the upgrade is done after it.

    Args:
        rows: Historical rows with a ``job`` that is empty.
    """
    tasks = _last_tasks(apps, earlier.task)
    roles = _roles(apps)
    for row in rows.filter(job=None).order_by("pk").iterator(chunk_size=500):
        columns = earlier.columns(row)
        task = tasks.get(row.pk)
        columns |= roles.get(str(columns["actor"]), {}) | {"purpose": earlier.purpose}
        if task is not None:
            columns |= _of_task(task)
        job = apps.get_model("jobs", "Job").objects.create(kind=earlier.kind, **columns)
        rows.filter(pk=row.pk).update(job=job)
        if task is not None and task.status == "READY":
            task.task_path = TASK_PATH
            task.args_kwargs = {"args": [job.pk], "kwargs": {}}
            task.save(update_fields=["task_path", "args_kwargs"])
    if connection.vendor == "postgresql":
        # PostgreSQL refuses to alter a table while its keys wait to be checked.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _last_tasks(apps: Any, path: str) -> Mapping[int, Any]:  # noqa: ANN401
    """Give the last task of each run."""
    results = apps.get_model("django_tasks_database", "DBTaskResult").objects
    found = results.filter(task_path=path).order_by("enqueued_at")
    return {task.args_kwargs["args"][0]: task for task in found}


def _roles(apps: Any) -> Mapping[str, dict[str, str]]:  # noqa: ANN401
    users = apps.get_model("accounts", "User")._base_manager  # noqa: SLF001 - of any state
    found = users.values_list("name", "role", "agency__code")
    roles = {name: {"role": role, "agency": agency} for name, role, agency in found}
    return roles | {"system": {"role": "SYSTEM", "agency": "SYSTEM"}}


def _of_task(task: Any) -> dict[str, object]:  # noqa: ANN401
    """Give the columns that a task says: (run, name, purpose, at, …)."""
    _, name, purpose, at, *_ = task.args_kwargs["args"]
    return {
        "actor": name,
        "purpose": purpose,
        "queued_at": datetime.fromisoformat(at),
        "task_id": str(task.pk),
    }
