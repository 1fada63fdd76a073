from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("licensing", "0009_ask_by_holder")]

    operations = [
        migrations.AddIndex(
            model_name="holderrecord",
            index=models.Index(
                condition=models.Q(("superseded_at__isnull", False)),
                fields=["holder"],
                name="holder_corrected",
            ),
        ),
    ]
