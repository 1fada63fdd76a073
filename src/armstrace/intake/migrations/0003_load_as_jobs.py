"""State, place and worker of a load move into its job.

Not reversible: the columns that it drops are kept in ``jobs.Job`` alone.
"""

from django.db import migrations, models
from django.db.models import PROTECT

from armstrace.audit.restating import restated
from armstrace.jobs.earlier_runs import Earlier, adopt


def columns_of(batch):
    return {
        "state": batch.state,
        "cursor": batch.cursor,
        "done": batch.rows_read,
        "expected": batch.rows_expected,
        "worker": batch.worker,
        "actor": batch.begun_by,
        "begun_at": batch.begun_at,
        "heartbeat_at": batch.heartbeat_at,
        "finished_at": batch.finished_at,
    }


def adopt_batches(apps, editor):
    batches = apps.get_model("intake", "Batch").objects
    task = "armstrace.intake.tasks.load_batch"
    adopt(apps, batches, Earlier("intake.load", task, "REGISTRATION", columns_of))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_name_examiners"),
        ("audit", "0002_guards"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("intake", "0002_keep_troubles_as_messages"),
        ("jobs", "0001_begin"),
    ]

    operations = restated(
        "intake.batch",
        [
            migrations.AddField(
                model_name="batch",
                name="job",
                field=models.OneToOneField(
                    "jobs.Job", PROTECT, null=True, related_name="+"
                ),
            ),
            migrations.RunPython(adopt_batches),
            migrations.AlterField(
                model_name="batch",
                name="job",
                field=models.OneToOneField("jobs.Job", PROTECT, related_name="+"),
            ),
            migrations.RemoveField(model_name="batch", name="state"),
            migrations.RemoveField(model_name="batch", name="cursor"),
            migrations.RemoveField(model_name="batch", name="worker"),
            migrations.RemoveField(model_name="batch", name="heartbeat_at"),
            migrations.RemoveField(model_name="batch", name="finished_at"),
        ],
    )
