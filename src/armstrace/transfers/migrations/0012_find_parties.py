"""Find authorisations by parts of the names of their parties."""

from django.db import migrations

from armstrace.transfers.models import PARTS


def find_parties(apps, schema_editor):
    """Make what finds the parts of names."""
    PARTS.make(schema_editor)


def find_no_parties(apps, schema_editor):
    """Take it away."""
    PARTS.take_away(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("transfers", "0011_index_routes")]

    operations = [migrations.RunPython(find_parties, find_no_parties)]
