"""State, place and worker of a search move into its job.

Not reversible: the columns and the table that it drops are kept in ``jobs.Job``
alone.
"""

from django.db import migrations, models
from django.db.models import PROTECT

from armstrace.audit.restating import restated
from armstrace.jobs.earlier_runs import Earlier, adopt


def columns_of(run):
    """A search that a person stopped was not to go on: it is cancelled."""
    columns = {
        "state": "CANCELLED" if run.state == "STOPPED" else run.state,
        "done": sum(run.counts.values()),
        "expected": run.entries,
        "actor": run.started_by,
        "begun_at": run.known_at,
        "heartbeat_at": run.finished_at or run.known_at,
        "finished_at": run.finished_at,
    }
    progress = getattr(run, "progress", None)
    if progress is None:
        return columns
    return columns | {
        "cursor": progress.cursor,
        "done": progress.done,
        "worker": progress.worker,
        "result": {"best": progress.best, "counts": progress.counts},
        "heartbeat_at": progress.heartbeat_at,
    }


def adopt_searches(apps, editor):
    runs = apps.get_model("ballistics", "SearchRun").objects
    task = "armstrace.ballistics.tasks.run_search"
    adopt(apps, runs, Earlier("ballistics.search", task, "INVESTIGATION", columns_of))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_name_examiners"),
        ("audit", "0002_guards"),
        ("ballistics", "0004_keep_texts_whole"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("jobs", "0001_begin"),
    ]

    operations = restated(
        "ballistics.searchrun",
        [
            migrations.AddField(
                model_name="searchrun",
                name="job",
                field=models.OneToOneField(
                    "jobs.Job", PROTECT, null=True, related_name="+"
                ),
            ),
            migrations.RunPython(adopt_searches),
            migrations.AlterField(
                model_name="searchrun",
                name="job",
                field=models.OneToOneField("jobs.Job", PROTECT, related_name="+"),
            ),
            migrations.RemoveField(model_name="searchrun", name="state"),
            migrations.RemoveField(model_name="searchrun", name="finished_at"),
            migrations.DeleteModel(name="SearchProgress"),
        ],
    )
