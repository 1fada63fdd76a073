"""Versions keep what their source stated last, beside what they say."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0001_begin'),
    ]

    operations = [
        migrations.AddField(
            model_name='holderrecord',
            name='stated_key',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='licence',
            name='content_key',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='licence',
            name='stated_key',
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
