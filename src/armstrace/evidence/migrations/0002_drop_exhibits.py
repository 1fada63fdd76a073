"""Drop the tables of exhibits and custody, which nothing ever wrote."""

from django.db import migrations


def refuse_rows(apps, _editor):
    """Refuse to drop a table that holds rows."""
    for name in ("CustodyEvent", "Exhibit"):
        if apps.get_model("evidence", name).objects.exists():
            msg = f"The table of {name} holds rows; move them before this version is used."
            raise RuntimeError(msg)


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_begin"),
        ("recoveries", "0008_leave_exhibits_out"),
        ("ballistics", "0006_leave_exhibits_out"),
    ]

    operations = [
        migrations.RunPython(refuse_rows, migrations.RunPython.noop),
        migrations.DeleteModel("CustodyEvent"),
        migrations.DeleteModel("Exhibit"),
    ]
