"""Find an exhibit by a seal that it bore before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("custody", "0001_begin")]

    operations = [
        migrations.RemoveIndex(model_name="custodyevent", name="custody_event_seal"),
        migrations.AddIndex(
            model_name="custodyevent",
            index=models.Index(fields=["seal_number"], name="custody_event_seal"),
        ),
    ]
