"""Find the few arms known from a report of loss alone among all the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0012_say_which_keys_arms_have")]

    operations = [
        migrations.AddIndex(
            model_name="arm",
            index=models.Index(fields=["basis", "id"], name="arm_basis"),
        ),
    ]
