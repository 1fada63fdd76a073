"""Versions keep what their source stated last, beside what they say."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0004_cover_cards_whole'),
    ]

    operations = [
        migrations.AddField(
            model_name='armrecord',
            name='stated_key',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='lifeevent',
            name='stated_key',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='lossreport',
            name='stated_key',
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
