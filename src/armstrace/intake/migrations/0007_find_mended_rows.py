"""Find the rows that were mended by their identity."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0006_hold_what_is_no_arm'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='heldrow',
            index=models.Index(condition=models.Q(('state', 'MENDED')), fields=['identity'], name='held_row_mended'),
        ),
    ]
