"""Keep the notes on marks as templates with their parameters."""

from django.db import migrations

from armstrace.audit.restating import restated
from armstrace.registry.kept_notes import rewrite_notes


def read_recoveryrecord(apps, _editor):
    """Read the notes of one table."""
    rewrite_notes(apps.get_model("recoveries", "RecoveryRecord"))


class Migration(migrations.Migration):
    dependencies = [
        ("recoveries", "0008_leave_exhibits_out"),
        ("audit", "0002_guards"),
    ]

    operations = [
        *restated(
            "recoveries.recoveryrecord",
            [migrations.RunPython(read_recoveryrecord, migrations.RunPython.noop)],
        ),
    ]
