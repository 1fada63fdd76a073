"""Keep the numbers of papers and receipts as they are searched."""

from itertools import batched

from django.db import migrations, models
from django.db.models import Q

from armstrace.analysis.marks.search_keys import search_key

SEARCHED = (("paper", "number"), ("consignmentstep", "document"))


def fill(apps, schema_editor):
    for name, column in SEARCHED:
        model = apps.get_model("transfers", name)
        rows = model.objects.exclude(**{column: ""}).values_list("pk", column)
        table, cursor = model._meta.db_table, schema_editor.connection.cursor()
        told = ((search_key(text), key) for key, text in list(rows))
        for some in batched(told, 5_000):
            cursor.executemany(f"UPDATE {table} SET search = %s WHERE id = %s", some)


class Migration(migrations.Migration):
    dependencies = [("transfers", "0009_departed")]

    operations = [
        *(
            migrations.AddField(
                name, "search", models.CharField(blank=True, max_length=400)
            )
            for name, _ in SEARCHED
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "paper",
            models.Index(
                condition=Q(superseded_at=None, is_removed=False),
                fields=["search", "kind"],
                name="transfer_paper_search",
            ),
        ),
        migrations.AddIndex(
            "consignmentstep",
            models.Index(
                condition=Q(superseded_at=None, is_removed=False, kind="RECEIPT"),
                fields=["search"],
                name="consignment_receipt",
            ),
        ),
    ]
