"""A job survives its worker, and one process at a time may write for it."""

from datetime import timedelta

import pytest

from armstrace.intake import queries as intake
from armstrace.intake.actions import loading
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.models import Batch
from armstrace.jobs import heartbeats, queries, running, tasks
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.vocabulary.errors import NotPermitted, RuleBroken
from armstrace.vocabulary.jobs import JobState
from tests import cast
from tests.cast import ANALYST, NOW
from tests.intake import files
from tests.intake.loads import LOADER, recovery, table

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def queue(settings):
    """Let tasks wait in the database, as they do for a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def begun(**columns) -> Job:
    job = running.begin("intake.load", expected=9, by=ANALYST, at=NOW)
    Job.objects.filter(pk=job.pk).update(**columns)
    return Job.objects.get(pk=job.pk)


def claimed(job, worker="one") -> running.Run:
    return running.claim(
        job.pk,
        JobContext(worker),
        at=NOW,
        overtaken=RuleBroken("XX-01", "Another process runs it."),
    )


def test_a_job_says_as_whom_it_acts_and_to_what_end():
    job = begun()

    assert (job.actor, job.agency) == (ANALYST.name, ANALYST.agency)
    assert (job.role, job.purpose) == (ANALYST.role, ANALYST.purpose)


def test_a_second_worker_goes_on_from_the_cursor_and_the_first_is_refused():
    job = begun()
    first = claimed(job)
    first.advance(cursor=40, done=4)

    second = claimed(job, "two")
    with pytest.raises(RuleBroken):
        first.advance(cursor=50, done=5)

    assert second.job.cursor == 40
    second.advance(cursor=50, done=5)
    second.end()
    assert Job.objects.get().state == JobState.DONE


def test_a_step_that_was_written_by_another_of_the_same_name_is_not_written_again():
    job = begun()
    first, second = claimed(job), claimed(job)
    first.advance(cursor=1, done=1)

    with pytest.raises(RuleBroken):
        second.advance(cursor=1, done=1)


def test_a_job_that_a_person_cancels_ends_at_its_next_step():
    job = begun()
    run = claimed(job)

    assert running.cancel(job.pk, at=LATER)
    with pytest.raises(running.Cancelled):
        run.advance(cursor=1, done=1)
    with pytest.raises(running.Cancelled):
        claimed(job, "two")

    assert Job.objects.get().state == JobState.CANCELLED
    assert not running.cancel(job.pk, at=LATER)


def test_a_worker_without_a_heartbeat_leaves_an_orphan_that_is_queued_again(queue):
    job = begun(queued_at=NOW, state=JobState.RUNNING, worker="gone", cursor=7)

    assert heartbeats.orphans(NOW + heartbeats.SILENCE) == []
    taken = tasks.take_up_orphans(at=LATER)

    job = Job.objects.get()
    assert taken == 1
    assert (job.state, job.worker, job.cursor) == (JobState.WAITING, "", 7)
    assert heartbeats.orphans(LATER + timedelta(hours=1)) == []


def test_a_job_whose_task_was_lost_is_queued_again(queue):
    job = begun(queued_at=NOW)

    tasks.take_up_orphans(at=LATER)

    assert Job.objects.get(pk=job.pk).task_id


def test_a_job_that_a_command_ran_is_stopped_and_says_why():
    begun(state=JobState.RUNNING, worker="gone")

    tasks.take_up_orphans(at=LATER)

    (row,) = queries.jobs_stopped(viewer=cast.AUDITOR)
    assert "start it again" in str(row.problem)
    assert row.finished_at == LATER


def test_a_job_that_kills_its_workers_is_not_taken_up_for_ever(queue):
    job = begun(queued_at=NOW, state=JobState.RUNNING, worker="gone")
    Job.objects.update(attempts=tasks.MOST_ATTEMPTS)

    tasks.take_up_orphans(at=LATER)

    assert Job.objects.get(pk=job.pk).state == JobState.STOPPED


def test_a_slow_process_that_was_given_up_goes_on_where_nobody_took_over():
    job = begun()
    run = claimed(job)
    tasks.take_up_orphans(at=LATER)

    with pytest.raises(RuleBroken):
        run.advance(cursor=1, done=1)


def test_a_process_says_that_its_own_jobs_are_well():
    mine = begun(state=JobState.RUNNING, worker=f"{heartbeats.process_name()}:1")
    begun(state=JobState.RUNNING, worker="elsewhere:1:1")

    heartbeats.beat(at=LATER)

    heard = Job.objects.filter(heartbeat_at=LATER)
    assert [job.pk for job in heard] == [mine.pk]


def test_only_who_looks_after_the_system_sees_orphans():
    with pytest.raises(NotPermitted):
        queries.orphans(viewer=cast.STRANGER, at=NOW)


def batch_of(path) -> Batch:
    file = IncomingFile(path, path.name)
    profile = intake.profile_for(file, viewer=LOADER, kind=IntakeKind.RECOVERIES)
    return loading.begin_batch(file=file, profile=profile, by=LOADER, at=NOW)


def test_a_worker_loads_what_is_queued_and_a_second_task_changes_nothing(tmp_path):
    rows = table(recovery("1"), recovery("2"))
    batch = batch_of(files.csv_file(tmp_path / "a.csv", rows))

    tasks.enqueue(batch.job_id, by=LOADER, at=LATER)
    tasks.enqueue(batch.job_id, by=LOADER, at=LATER)

    done = Batch.objects.select_related("job").get()
    assert (done.job.state, done.rows_loaded, done.chunks) == (JobState.DONE, 2, 1)
    assert (done.job.done, done.job.actor) == (2, LOADER.name)


def test_a_file_that_is_gone_stops_the_job_with_the_reason(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1")))
    batch = batch_of(path)
    path.unlink()

    tasks.enqueue(batch.job_id, by=LOADER, at=LATER)

    row = intake.batch(batch.pk, viewer=LOADER).job
    assert row.state is JobState.STOPPED
    assert "not the file that was begun" in str(row.problem)
    assert row.can_go_on
