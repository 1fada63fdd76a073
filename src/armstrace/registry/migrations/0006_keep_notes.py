"""Keep the notes on marks as templates with their parameters."""

from django.db import migrations

from armstrace.audit.restating import restated
from armstrace.registry.kept_notes import rewrite_notes


def read_armrecord(apps, _editor):
    """Read the notes of one table."""
    rewrite_notes(apps.get_model("registry", "ArmRecord"))


def read_lossreport(apps, _editor):
    """Read the notes of one table."""
    rewrite_notes(apps.get_model("registry", "LossReport"))


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0005_keep_what_sources_stated"),
        ("audit", "0002_guards"),
    ]

    operations = [
        *restated(
            "registry.armrecord",
            [migrations.RunPython(read_armrecord, migrations.RunPython.noop)],
        ),
        *restated(
            "registry.lossreport",
            [migrations.RunPython(read_lossreport, migrations.RunPython.noop)],
        ),
    ]
