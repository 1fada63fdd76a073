"""Why a row is held stands in its troubles alone, as messages."""

from django.db import migrations

from armstrace.audit.restating import restated


def keep_sentences(apps, schema_editor):
    """Move the sentence of a row that names no trouble into one."""
    rows = apps.get_model("intake", "HeldRow").objects.filter(troubles=[])
    for row in rows.exclude(sentence="").iterator(chunk_size=1000):
        trouble = {"reason": row.reason, "field": row.field, "sentence": row.sentence}
        row.troubles = [trouble]
        row.save(update_fields=["troubles"])


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_begin"), ("audit", "0002_guards")]
    operations = restated(
        "intake.heldrow",
        [
            migrations.RunPython(keep_sentences, migrations.RunPython.noop),
            migrations.RemoveField("heldrow", "sentence"),
        ],
    )
