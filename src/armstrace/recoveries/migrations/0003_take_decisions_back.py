"""A decision on a candidate or a pair can be taken back; it stays on record."""

from django.db import migrations, models

WORDS = [
    ("SAME", "same arm"),
    ("DIFFERENT", "different arm"),
    ("UNSURE", "cannot tell"),
    ("WITHDRAWN", "decision taken back"),
]


class Migration(migrations.Migration):
    dependencies = [("recoveries", "0002_match_many")]

    operations = [
        migrations.AlterField(
            model_name=model,
            name="judgement",
            field=models.CharField(choices=WORDS, max_length=10),
        )
        for model in ("candidatejudgement", "pairjudgement")
    ]
