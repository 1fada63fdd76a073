"""The ledger, accounts, jobs and hand-overs: is anybody looking after them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from armstrace.accounts import actors
from armstrace.accounts import queries as accounts
from armstrace.audit import queries as audit
from armstrace.checking.finding import Finding, first, found
from armstrace.jobs import queries as jobs
from armstrace.jobs import stamps
from armstrace.techniques import queries as techniques
from armstrace.vocabulary.actors import Role

OLD_PROOF = timedelta(days=7)
OLD_CHECKPOINT = timedelta(days=1)
LONG_WAIT = timedelta(minutes=10)
LONG_SILENCE = timedelta(minutes=2)
SHOWN = 5


def findings(at: datetime) -> Iterator[Finding]:
    """Look at what lies in a migrated database."""
    standing = audit.standing(viewer=actors.system_actor())
    yield _age(standing)
    yield _proof(standing, at)
    yield _checkpoint(standing, at)
    yield _administrators()
    yield _worker(at)
    yield _jobs(at)
    yield hand_overs(at)


def _age(standing: audit.Standing) -> Finding:
    if standing.last_entry_at is None:
        return found("ledger", "empty")
    last = _moment(standing.last_entry_at)
    return found("ledger", "begun", size=standing.size, at=last)


def _proof(standing: audit.Standing, at: datetime) -> Finding:
    if standing.proved_at is None:
        return found("proof", "none")
    day, count = timezone.localdate(standing.proved_at), standing.proved_findings
    if count:
        return found("proof", "altered", day=day, count=count)
    is_old = at - standing.proved_at > OLD_PROOF
    return found("proof", "old" if is_old else "sound", day=day)


def _checkpoint(standing: audit.Standing, at: datetime) -> Finding:
    waiting = standing.size - (standing.checkpoint_size or 0)
    if not waiting:
        return found("checkpoint", "signed")
    last = standing.checkpoint_at
    is_new = last is not None and at - last < OLD_CHECKPOINT
    return found("checkpoint", "soon" if is_new else "late", count=waiting)


def _administrators() -> Finding:
    rows = accounts.accounts(viewer=actors.system_actor())
    open_ones = [row for row in rows if row.is_active]
    if any(row.role == Role.ADMINISTRATOR for row in open_ones):
        return found("accounts", "open", count=len(open_ones))
    return found("accounts", "no_administrator")


def _worker(at: datetime) -> Finding:
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, run_after__lt=at - LONG_WAIT
    ).count()
    if waiting:
        return found("worker", "behind", count=waiting)
    beat = stamps.worker_heard(settings.HOME)
    if beat is None:
        return found("worker", "never")
    if at - beat > LONG_SILENCE:
        return found("worker", "silent", at=_moment(beat))
    done = DBTaskResult.objects.exclude(finished_at=None).order_by("-finished_at")
    last = done.values_list("finished_at", flat=True).first()
    if last is None:
        return found("worker", "idle")
    return found("worker", "done", at=_moment(last))


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _jobs(at: datetime) -> Finding:
    """Look for work that stands still though nobody stopped it."""
    viewer = actors.system_actor()
    orphans = jobs.orphans(viewer=viewer, at=at)
    if orphans:
        return found("jobs", "orphaned", count=len(orphans), names=_names(orphans))
    stopped = jobs.jobs_stopped(viewer=viewer)
    case = "stopped" if stopped else "none"
    return found("jobs", case, count=len(stopped), names=_names(stopped))


def _names(several: Sequence[jobs.JobRow]) -> str:
    return first([f"{job.kind} {job.id}" for job in several], SHOWN)


def hand_overs(at: datetime) -> Finding:
    """Count the hand-overs of deliveries that nobody acknowledged within the hour."""
    late = techniques.late_count(at=at, viewer=actors.system_actor())
    return found("hand-overs", "late" if late else "none", count=late)
