"""Find an exhibit by the number of its seal, of its custody or as it was written."""

from django.db import migrations, models

NUMBERS = {
    "seal": "seal_number",
    "custody": "custody_number",
    "written": "serial_as_marked",
}


class Migration(migrations.Migration):
    dependencies = [("recoveries", "0016_compare_recoveries")]

    operations = [
        migrations.AddIndex(
            model_name="recoveryrecord",
            index=models.Index(
                fields=[column],
                name=f"recovery_record_{name}",
                condition=models.Q(superseded_at=None),
            ),
        )
        for name, column in NUMBERS.items()
    ]
