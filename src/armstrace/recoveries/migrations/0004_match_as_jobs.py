"""State, place and worker of a run of matching move into its job.

Not reversible: the columns that it drops are kept in ``jobs.Job`` alone.
"""

from django.db import migrations, models
from django.db.models import PROTECT

from armstrace.audit.restating import restated
from armstrace.jobs.earlier_runs import Earlier, adopt


def columns_of(run):
    return {
        "state": run.state,
        "cursor": run.cursor,
        "done": run.done,
        "expected": run.recoveries,
        "worker": run.worker,
        "actor": run.begun_by,
        "begun_at": run.begun_at,
        "heartbeat_at": run.heartbeat_at,
        "finished_at": run.finished_at,
    }


def adopt_runs(apps, editor):
    runs = apps.get_model("recoveries", "MatchingRun").objects
    task = "armstrace.recoveries.tasks.match_recoveries"
    adopt(apps, runs, Earlier("recoveries.match", task, "TRACING", columns_of))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_name_examiners"),
        ("audit", "0002_guards"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("jobs", "0001_begin"),
        ("recoveries", "0003_take_decisions_back"),
    ]

    operations = restated(
        "recoveries.matchingrun",
        [
            migrations.AddField(
                model_name="matchingrun",
                name="job",
                field=models.OneToOneField(
                    "jobs.Job", PROTECT, null=True, related_name="+"
                ),
            ),
            migrations.RunPython(adopt_runs),
            migrations.AlterField(
                model_name="matchingrun",
                name="job",
                field=models.OneToOneField("jobs.Job", PROTECT, related_name="+"),
            ),
            migrations.RemoveField(model_name="matchingrun", name="state"),
            migrations.RemoveField(model_name="matchingrun", name="cursor"),
            migrations.RemoveField(model_name="matchingrun", name="worker"),
            migrations.RemoveField(model_name="matchingrun", name="heartbeat_at"),
            migrations.RemoveField(model_name="matchingrun", name="finished_at"),
        ],
    )
