from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="Justification",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=500)),
            ],
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["at"], name="ledger_at"),
        ),
        migrations.RemoveIndex(model_name="digestblock", name="block_range"),
        migrations.AddIndex(
            model_name="digestblock",
            index=models.Index(
                fields=["label", "first_key", "last_key", "seq"], name="block_reach"
            ),
        ),
    ]
