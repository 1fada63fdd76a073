"""Versions keep what their source stated last, beside what they say."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recoveries', '0005_keep_messages'),
    ]

    operations = [
        migrations.AddField(
            model_name='ammunitionrecord',
            name='stated_key',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='partrecord',
            name='stated_key',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='recoveryrecord',
            name='stated_key',
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
