"""Put what marks a card as current into its index, or SQLite reads the wide row."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_keep_cards_and_foldings")]

    operations = [
        migrations.RemoveIndex(model_name="armrecord", name="arm_record_card"),
        migrations.AddIndex(
            model_name="armrecord",
            index=models.Index(
                fields=[
                    "arm", "serial_search", "make", "model", "calibre", "arm_type",
                    "country_of_manufacture", "import_country", "superseded_at",
                ],
                name="arm_record_card",
                condition=Q(superseded_at=None),
            ),
        ),
    ]
