"""Leave out the exhibit, which nothing ever wrote."""

from django.db import migrations

from armstrace.audit.restating import restated


def refuse_exhibits(apps, _editor):
    """Refuse to drop what holds something."""
    if apps.get_model("recoveries.Recovery").objects.filter(exhibit__isnull=False).exists():
        msg = "A recovery names exhibits; move them elsewhere before this version is used."
        raise RuntimeError(msg)


class Migration(migrations.Migration):
    dependencies = [
        ("recoveries", "0007_tell_corrections_of_persons"),
        ("audit", "0002_guards"),
    ]

    operations = restated(
        "recoveries.recovery",
        [
            migrations.RunPython(refuse_exhibits, migrations.RunPython.noop),
            migrations.RemoveField("recovery", "exhibit"),
        ],
    )
