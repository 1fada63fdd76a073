"""Prove the ledger as a job, so that a page can ask for it and follow it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from armstrace.audit import ledger, verify
from armstrace.jobs import running
from armstrace.jobs.models import Job
from armstrace.jobs.queries import JobRow
from armstrace.jobs.running import JobContext
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.jobs import UNFINISHED
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.rules import plain_rule
from armstrace.vocabulary.sources import Source

KIND = "jobs.prove"
SENTENCES_KEPT = 50
PROVED_ONCE = plain_rule(
    "LG-02",
    "Another process proves the ledger now; wait until it is done.",
    Source("design", "a job is done by one process at a time"),
)


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that was asked for from a page."""

    job: JobRow
    # Entries that were read; None until it is done.
    entries: int | None
    records: int
    findings: int
    # The first of what is wrong.
    sentences: tuple[Message, ...]


def begin(*, by: Actor, at: datetime) -> int:
    """Make the job that proves the ledger; one that is under way is given again.

    Returns:
        Number of the job.

    Source:
        NIST SP 800-53 rev. 5, AU-6: the trail is reviewed by whoever is not its
        keeper.
    """
    by.require("ledger.verify")
    going = Job.objects.filter(kind=KIND, state__in=UNFINISHED).first()
    if going is not None:
        return going.pk
    with ledger.entry(
        "ledger.proof_begun", by=by, at=at, op=Operation.CONSULT
    ) as entry:
        job = running.begin(KIND, expected=0, by=by, at=at)
        entry.note(job=job.pk)
    return job.pk


def last(*, viewer: Actor) -> Proof | None:
    """Give the last proof that was asked for from a page; None before the first."""
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
        sentences=tuple(map(Message.read, told.get("sentences", ()))),
    )


def run(job: Job, *, by: Actor, at: datetime, context: JobContext) -> None:
    """Prove the ledger from its beginning and keep how it came out."""
    by.require("ledger.verify")
    overtaken = PROVED_ONCE.broken((False,))
    going = running.claim(job.pk, context, at=at, overtaken=overtaken)
    with _telling(job.pk) as tell:
        report = verify.verify(progress=tell)
    verify.keep(report, at=going.now())
    told = {
        "entries": report.size,
        "records": report.records,
        "findings": report.count,
        "sentences": [f.sentence.to_json() for f in report.findings[:SENTENCES_KEPT]],
    }
    going.end(result=told, done=report.size + report.records)


@contextmanager
def _telling(job_id: int) -> Iterator[Callable[[str, int], None]]:
    """Tell how far the proof has come, past the transaction that it reads in."""
    is_alone = not connection.in_atomic_block
    done: dict[str, int] = {}

    def write(count: int) -> None:
        Job.objects.filter(pk=job_id).update(done=count)

    # A thread has a connection of its own: the proof's reads one state and ends
    # with a rollback, which would take away what is told with it.
    with ThreadPoolExecutor(1) as apart:

        def tell(what: str, count: int) -> None:
            done[what] = count
            if is_alone:
                apart.submit(write, sum(done.values()))

        try:
            yield tell
        finally:
            apart.submit(connection.close)
