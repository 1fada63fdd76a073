"""Making keys anew, asked for before the upgrade, is done after it."""

from django.db import migrations

from armstrace.jobs.earlier_runs import TASK_PATH


def take_over(apps, editor):
    tasks = apps.get_model("django_tasks_database", "DBTaskResult").objects
    jobs = apps.get_model("jobs", "Job").objects
    for task in tasks.filter(task_path="armstrace.registry.tasks.rekey", status="READY"):
        job = jobs.create(
            kind="registry.rekey",
            actor="system",
            agency="SYSTEM",
            role="SYSTEM",
            purpose="ADMINISTRATION",
            begun_at=task.enqueued_at,
            heartbeat_at=task.enqueued_at,
            queued_at=task.enqueued_at,
            task_id=str(task.pk),
        )
        task.task_path = TASK_PATH
        task.args_kwargs = {"args": [job.pk], "kwargs": {}}
        task.save(update_fields=["task_path", "args_kwargs"])


class Migration(migrations.Migration):
    dependencies = [
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("jobs", "0001_begin"),
    ]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
