from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('known_at', models.DateTimeField()),
                ('revoked', models.PositiveIntegerField()),
                ('published_by', models.CharField(max_length=150)),
                ('bits', models.TextField()),
                ('days', models.TextField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('known_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('LICENCE', 'licence'), ('PERMIT', 'permit'), ('DEACTIVATION', 'deactivation'), ('DESTRUCTION', 'destruction'), ('TRAINING', 'training'), ('CALIBRATION', 'calibration')], max_length=20)),
                ('detail', models.CharField(blank=True, max_length=20)),
                ('subject', models.CharField(max_length=64)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('last_day', models.DateField(blank=True, null=True)),
                ('agency', models.CharField(max_length=40)),
                ('asked_by', models.CharField(max_length=150)),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('issued_by', models.CharField(blank=True, max_length=150)),
                ('number', models.CharField(blank=True, max_length=40, null=True, unique=True)),
                ('token', models.CharField(blank=True, max_length=350)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.CharField(blank=True, max_length=150)),
                ('ended_reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'subject'], name='certificate_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('issued_at', None), ('number', None), ('token', '')), models.Q(('issued_at__isnull', False), ('number__isnull', False), models.Q(('token', ''), _negated=True)), _connector='OR'), name='certificate_issued_whole')],
            },
        ),
        migrations.CreateModel(
            name='CertificateKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('known_at', models.DateTimeField()),
                ('kid', models.CharField(max_length=16, unique=True)),
                ('country', models.CharField(max_length=2)),
                ('issuer', models.CharField(max_length=12)),
                ('public', models.CharField(max_length=64)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('country',), name='certificate_key_current')],
            },
        ),
    ]
