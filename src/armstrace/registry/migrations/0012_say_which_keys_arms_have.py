"""Say which keys the arms have: those of before lack some that stand now."""

from django.db import migrations, models

FIRST, OF_THIS_RELEASE = 1, 2


def state_recipe(apps, schema_editor):
    """Without arms there is nothing to make anew."""
    has_keys = apps.get_model("registry", "SerialKey").objects.exists()
    recipe = FIRST if has_keys else OF_THIS_RELEASE
    apps.get_model("registry", "KeyStoreState").objects.update(recipe=recipe)


class Migration(migrations.Migration):
    dependencies = [("registry", "0011_join_arms")]

    operations = [
        migrations.AddField(
            model_name="keystorestate",
            name="recipe",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="keystorestate",
            name="other_recipe",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(state_recipe, migrations.RunPython.noop),
    ]
