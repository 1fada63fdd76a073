"""The ledger, the accounts and the jobs: is anybody looking after them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from armstrace.accounts import actors
from armstrace.accounts import queries as accounts
from armstrace.audit import queries as audit
from armstrace.checking.finding import Finding, fine, problem, warning
from armstrace.jobs import queries as jobs
from armstrace.jobs import stamps
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


def _age(standing: audit.Standing) -> Finding:
    if standing.last_entry_at is None:
        return fine("ledger", "The ledger is empty; nothing was done yet.")
    last = f"{standing.last_entry_at:%Y-%m-%d %H:%M} UTC"
    return fine("ledger", f"The ledger has {standing.size:,} entries, last {last}.")


def _proof(standing: audit.Standing, at: datetime) -> Finding:
    advice = "Run armstrace ledger verify every week."
    if standing.proved_at is None:
        return warning("proof", "The ledger was never proved.", advice)
    day = f"{standing.proved_at:%Y-%m-%d}"
    if standing.proved_findings:
        sentence = f"The proof of {day} found {standing.proved_findings} alterations."
        return problem("proof", sentence, "Run armstrace ledger verify and look.")
    if at - standing.proved_at > OLD_PROOF:
        return warning("proof", f"The ledger was last proved on {day}.", advice)
    return fine("proof", f"The ledger was proved on {day}; nothing was altered.")


def _checkpoint(standing: audit.Standing, at: datetime) -> Finding:
    advice = "Run armstrace ledger checkpoint and give the note to an outside body."
    signed = standing.checkpoint_size or 0
    if standing.size == signed:
        return fine("checkpoint", "Every entry lies under a signed checkpoint.")
    waiting = standing.size - signed
    sentence = f"{waiting:,} entries lie under no checkpoint yet."
    if standing.checkpoint_at and at - standing.checkpoint_at < OLD_CHECKPOINT:
        return fine("checkpoint", sentence)
    return warning("checkpoint", sentence, advice)


def _administrators() -> Finding:
    rows = accounts.accounts(viewer=actors.system_actor())
    open_ones = [row for row in rows if row.is_active]
    if any(row.role == Role.ADMINISTRATOR for row in open_ones):
        return fine("accounts", f"{len(open_ones)} accounts are open.")
    advice = "Run armstrace account add NAME --agency CODE --role ADMINISTRATOR."
    return warning("accounts", "Nobody can open or close accounts.", advice)


def _worker(at: datetime) -> Finding:
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, run_after__lt=at - LONG_WAIT
    ).count()
    if waiting:
        sentence = f"{waiting} jobs have waited for more than ten minutes."
        return problem("worker", sentence, "Start a worker: armstrace work.")
    beat = stamps.worker_heard(settings.HOME)
    if beat is None or at - beat > LONG_SILENCE:
        heard = (
            f"was last heard {beat:%Y-%m-%d %H:%M} UTC" if beat else "never ran here"
        )
        sentence = f"The worker that runs loads and signs checkpoints {heard}."
        return warning(
            "worker", sentence, "Start it: armstrace serve, or armstrace work."
        )
    done = DBTaskResult.objects.exclude(finished_at=None).order_by("-finished_at")
    last = done.values_list("finished_at", flat=True).first()
    words = f"; the last ended {last:%Y-%m-%d %H:%M} UTC" if last else ""
    return fine("worker", f"No job waits{words}.")


def _jobs(at: datetime) -> Finding:
    """Look for work that stands still though nobody stopped it."""
    viewer = actors.system_actor()
    orphans = jobs.orphans(viewer=viewer, at=at)
    if orphans:
        named = ", ".join(f"{job.kind} {job.id}" for job in orphans[:SHOWN])
        sentence = f"Nobody runs {len(orphans)} jobs that were begun ({named})."
        advice = "Start a worker, which takes them up: armstrace serve."
        return problem("jobs", sentence, advice)
    stopped = jobs.jobs_stopped(viewer=viewer)
    if not stopped:
        return fine("jobs", "No job stands still.")
    named = ", ".join(f"{job.kind} {job.id}" for job in stopped[:SHOWN])
    sentence = f"{len(stopped)} jobs stopped before their end ({named})."
    advice = "Their pages say why; let them go on, or give the command again."
    return warning("jobs", sentence, advice)
