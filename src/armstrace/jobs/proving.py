"""Prove the ledger as a job, so that a page can ask for it and follow it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from armstrace.audit import ledger, verify
from armstrace.jobs import running
from armstrace.jobs.models import Job
from armstrace.jobs.queries import JobRow
from armstrace.jobs.running import JobContext
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.jobs import UNFINISHED
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message

KIND = "jobs.prove"
SENTENCES_KEPT = 50


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that was asked for from a page.

    Args:
        entries: Entries that were read; None until it is done.
        records: Records that were compared.
        findings: How much is wrong.
        sentences: The first of what is wrong.
    """

    job: JobRow
    entries: int | None
    records: int
    findings: int
    sentences: tuple[str, ...]


def begin(*, by: Actor, at: datetime) -> int:
    """Make the job that proves the ledger; one that is under way is given again.

    Args:
        by: Who asks.
        at: When, with time zone.

    Returns:
        Number of the job.

    Raises:
        NotPermitted: ``by`` may not prove the ledger.

    Source:
        NIST SP 800-53 rev. 5, AU-6: the trail is reviewed by whoever is not its
        keeper.
    """
    by.require("ledger.verify")
    going = Job.objects.filter(kind=KIND, state__in=UNFINISHED).first()
    if going is not None:
        return going.pk
    with ledger.entry("ledger.proof_begun", by=by, at=at, op=Operation.AUTH) as entry:
        job = running.begin(KIND, expected=0, by=by, at=at)
        entry.note(job=job.pk)
    return job.pk


def last(*, viewer: Actor) -> Proof | None:
    """Give the last proof that was asked for from a page; None before the first.

    Raises:
        NotPermitted: ``viewer`` may not prove the ledger.
    """
    viewer.require("ledger.verify")
    job = Job.objects.filter(kind=KIND).order_by("-pk").first()
    if job is None:
        return None
    told = job.result
    return Proof(
        job=JobRow.of(job),
        entries=told.get("entries"),
        records=told.get("records", 0),
        findings=told.get("findings", 0),
        sentences=tuple(told.get("sentences", ())),
    )


def run(job: Job, *, by: Actor, at: datetime, context: JobContext) -> None:
    """Prove the ledger from its beginning and keep how it came out.

    Args:
        job: The job that waits.
        by: Who asked for it.
        at: When, with time zone.
        context: Who runs it.
    """
    by.require("ledger.verify")
    going = running.claim(job.pk, context, at=at, overtaken=_overtaken)
    with _telling(job.pk) as tell:
        report = verify.verify(progress=tell)
    verify.keep(report, at=going.now())
    told = {
        "entries": report.size,
        "records": report.records,
        "findings": report.count,
        "sentences": [each.sentence for each in report.findings[:SENTENCES_KEPT]],
    }
    going.end(result=told, done=report.size + report.records)


class _telling:  # noqa: N801 -- used as a function
    """Tell how far the proof has come, past the transaction that it reads in."""

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id
        self.is_alone = not connection.in_atomic_block
        self.done: dict[str, int] = {}
        self.pool = ThreadPoolExecutor(1)

    def __enter__(self) -> Callable[[str, int], None]:
        return self.tell

    def __exit__(self, *_: object) -> None:
        self.pool.submit(connection.close)
        self.pool.shutdown()

    def tell(self, what: str, count: int) -> None:
        """Note what was read; the proof itself writes nothing."""
        self.done[what] = count
        if self.is_alone:
            self.pool.submit(self._write, sum(self.done.values()))

    def _write(self, done: int) -> None:
        Job.objects.filter(pk=self.job_id).update(done=done)


def _overtaken() -> RuleBroken:
    msg = message("Another process proves the ledger now; wait until it is done.")
    return RuleBroken("LG-02", msg)
