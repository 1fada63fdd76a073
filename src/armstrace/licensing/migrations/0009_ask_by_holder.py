"""Applications for a licence are found by its holder; no query asks this index."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("licensing", "0008_find_stages_of_licences")]

    operations = [
        migrations.RemoveIndex(model_name="application", name="application_named")
    ]
