"""The worker leaves a heartbeat and signs what is new."""

from datetime import timedelta

import pytest
from django.db import connection

from armstrace.audit import keys
from armstrace.audit.models import Checkpoint
from armstrace.checking import ledger as checking
from armstrace.cli import work
from armstrace.jobs import running, stamps
from armstrace.jobs.models import Job
from armstrace.records import lookups
from armstrace.vocabulary.jobs import JobState
from tests import builders
from tests.cast import ANALYST, NOW

pytestmark = pytest.mark.django_db


def test_a_checkpoint_is_signed_only_where_there_is_news(settings, tmp_path) -> None:
    settings.HOME = tmp_path
    keys.make_missing(keys.folder())
    builders.registered()

    for minutes in (0, 5):
        work.sign_news(NOW + timedelta(minutes=minutes))

    assert Checkpoint.objects.count() == 1


def test_a_worker_that_was_never_heard_is_named(settings, tmp_path) -> None:
    settings.HOME = tmp_path

    found = {each.subject: each for each in checking.findings(NOW)}

    assert "never ran here" in str(found["worker"].sentence)


def test_a_worker_that_was_heard_a_minute_ago_is_well(settings, tmp_path) -> None:
    settings.HOME = tmp_path
    beat = NOW - timedelta(minutes=1)
    (tmp_path / stamps.WORKER).write_text(beat.isoformat(), encoding="utf-8")

    found = {each.subject: each for each in checking.findings(NOW)}

    assert "No job waits" in str(found["worker"].sentence)


def test_a_worker_takes_up_what_another_left_behind(settings, tmp_path) -> None:
    settings.HOME = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    job = running.begin("intake.load", expected=0, by=ANALYST, at=NOW)
    left = {"state": JobState.RUNNING, "worker": "dead", "queued_at": NOW}
    Job.objects.filter(pk=job.pk).update(**left)
    later = NOW + timedelta(minutes=5)

    found = {each.subject: each for each in checking.findings(later)}
    work.beat(later)
    after = {each.subject: each for each in checking.findings(later)}

    assert "nobody runs (1)" in str(found["jobs"].sentence)
    assert "No job stands still" in str(after["jobs"].sentence)
    assert Job.objects.get().state == JobState.WAITING


def test_tables_that_have_grown_are_counted(settings, tmp_path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("autovacuum does it on PostgreSQL")
    builders.registered()

    lookups.learn_sizes()

    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'arm_record_current'")
        assert cursor.fetchall()
