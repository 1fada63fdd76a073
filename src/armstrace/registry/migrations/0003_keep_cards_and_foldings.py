"""Cover cards by an index; narrow the key store; say by which look-alikes it is made."""

from django.db import migrations, models
from django.db.models import Q

FIRST = ["0OQD", "1IL", "5S", "8B", "2Z", "6G", "VUY"]


def narrow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE registry_serialkey ALTER COLUMN arm_id TYPE integer"
        )


def widen(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE registry_serialkey ALTER COLUMN arm_id TYPE bigint"
        )


def state_first(apps, schema_editor):
    """Keys that stand in the store were made by the first look-alikes."""
    apps.get_model("registry", "KeyStoreState").objects.create(
        pk=1, version=1, classes=FIRST
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_tune_matching")]

    operations = [
        migrations.AddIndex(
            model_name="armrecord",
            index=models.Index(
                fields=[
                    "arm", "serial_search", "make", "model", "calibre", "arm_type",
                    "country_of_manufacture", "import_country",
                ],
                name="arm_record_card",
                condition=Q(superseded_at=None),
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(narrow, widen)],
            state_operations=[
                migrations.AlterField("serialkey", "arm_id", models.IntegerField())
            ],
        ),
        migrations.CreateModel(
            name="KeyStoreState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("classes", models.JSONField()),
                ("step", models.CharField(choices=[("NONE", "None"), ("MAKING", "Making"), ("CLEARING", "Clearing")], default="NONE", max_length=8)),
                ("other_version", models.PositiveIntegerField(default=0)),
                ("other_classes", models.JSONField(default=list)),
                ("through", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.RunPython(state_first, migrations.RunPython.noop),
    ]
