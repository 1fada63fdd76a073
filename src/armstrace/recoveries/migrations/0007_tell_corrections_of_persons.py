"""Corrections that persons made are told from what their source stated."""

from django.db import migrations
from django.db.models import Q

LOADED = Q(reason__startswith="corrected by ") | Q(reason__startswith="mended, row ")


def tell_corrections_of_persons(apps, schema_editor):
    """Note on each correction by a person what its source had stated last.

    Until now such a version was told from a file's own only by its reason. Only
    arms had a page to correct them on. The column is new, so no digest covers it.
    """
    records = apps.get_model("recoveries", "RecoveryRecord")
    persons = records.objects.exclude(reason="").exclude(LOADED)
    persons = persons.exclude(source__startswith="api ")
    corrected = persons.values("recovery_id")
    stated, closing = {}, []
    known = records.objects.filter(recovery_id__in=corrected).order_by("pk")
    own = set(persons.values_list("pk", flat=True))
    for each in known.only("pk", "recovery_id", "content_key").iterator():
        if each.pk not in own:
            stated[each.recovery_id] = each.content_key
        elif stated.get(each.recovery_id, each.content_key) != each.content_key:
            each.stated_key = stated[each.recovery_id]
            closing.append(each)
    records.objects.bulk_update(closing, ["stated_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("recoveries", "0006_keep_what_sources_stated")]

    operations = [
        migrations.RunPython(tell_corrections_of_persons, migrations.RunPython.noop)
    ]
