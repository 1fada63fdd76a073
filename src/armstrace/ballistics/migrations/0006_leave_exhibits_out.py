"""Leave out the exhibit, which nothing ever wrote."""

from django.db import migrations

from armstrace.audit.restating import restated


def refuse_exhibits(apps, _editor):
    """Refuse to drop what holds something."""
    if apps.get_model("ballistics.BallisticMark").objects.filter(exhibit__isnull=False).exists():
        msg = "A mark names exhibits; move them elsewhere before this version is used."
        raise RuntimeError(msg)


class Migration(migrations.Migration):
    dependencies = [
        ("ballistics", "0005_search_as_jobs"),
        ("audit", "0002_guards"),
    ]

    operations = restated(
        "ballistics.ballisticmark",
        [
            migrations.RunPython(refuse_exhibits, migrations.RunPython.noop),
            migrations.RemoveField("ballisticmark", "exhibit"),
        ],
    )
