import django.db.models.manager
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_know_licensing_roles")]

    operations = [
        migrations.AlterModelManagers(
            name="user",
            managers=[("in_agency", django.db.models.manager.Manager())],
        ),
    ]
