"""Name what is set aside: what is perhaps lost, stolen or held by the State."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collection', '0003_publish_counts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='handin',
            name='state',
            field=models.CharField(choices=[('TAKEN', 'taken in'), ('SET_ASIDE', 'set aside: perhaps lost, stolen or held by the State'), ('DOUBLE', 'held: perhaps taken in twice'), ('SAME', 'taken in twice: the same arm as another')], max_length=12),
        ),
    ]
