"""`armstrace work`: run the jobs that wait, until stopped.

Beside the jobs a clock ticks: it leaves a heartbeat that `armstrace check` reads,
takes up jobs whose worker died, flags hand-overs that nobody acknowledged, signs a
checkpoint of the ledger when there is something new to sign, and has tables counted.
"""

import os
import threading
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from armstrace.accounts.actors import system_actor
from armstrace.audit import checkpoints, keys, queries
from armstrace.cli import telling
from armstrace.jobs import heartbeats, stamps, tasks
from armstrace.procedures.actions import following
from armstrace.records import lookups
from armstrace.stockpiles.actions import counting
from armstrace.techniques.actions import delivering
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.errors import ArmstraceError
from armstrace.vocabulary.messages import message

app = typer.Typer()
BEAT = timedelta(seconds=30)
SIGNED_EVERY = timedelta(minutes=5)


@app.command()
def work(
    under: Annotated[
        int, typer.Option(help="Leave when this parent process is gone.", hidden=True)
    ] = 0,
) -> None:
    """Run the jobs that wait; `armstrace serve` starts this beside itself."""
    stopped = threading.Event()
    # A daemon: a worker that is told to end does not wait for its clock.
    threading.Thread(target=_tick, args=(stopped, under), daemon=True).start()
    try:
        call_command("db_worker", verbosity=0)
    finally:
        stopped.set()


def _tick(stopped: threading.Event, under: int) -> None:
    beaten_at = signed_at = datetime.now(UTC) - SIGNED_EVERY
    while not stopped.wait(1.0):
        leave_with(under)
        now = datetime.now(UTC)
        if now - beaten_at < BEAT:
            continue
        beaten_at = now
        try:
            beat(now)
            flag_late(now)
            if now - signed_at >= SIGNED_EVERY:
                sign_news(now)
                follow_news(now)
                counting.report_unexplained(by=system_actor(), at=now)
                lookups.learn_sizes()
                signed_at = now
        except (DatabaseError, OSError) as error:
            # The database may be away for a while; the clock must outlast that.
            said = message(
                "The worker could not look after its jobs: %(why)s", why=str(error)
            )
            telling.note(said)
        finally:
            connection.close()


def leave_with(parent: int) -> None:
    """End this process where the parent that started it is gone.

    At once, also from within a job: each step of a job is one transaction, and a
    job that ends so is taken up again.
    """
    if parent and os.getppid() != parent:
        os._exit(1)


def beat(at: datetime) -> None:
    """Say that this worker and its jobs are well; take up what others left."""
    (settings.HOME / stamps.WORKER).write_text(at.isoformat(), encoding="utf-8")
    heartbeats.beat(at=at)
    tasks.take_up_orphans(at=at)


def flag_late(at: datetime) -> None:
    """Flag hand-overs of deliveries that nobody acknowledged within the hour."""
    delivering.flag_late_hand_overs(by=system_actor(), at=at)


def follow_news(at: datetime) -> None:
    """Give steps to recoveries that nobody followed, if no job does so."""
    system = system_actor(Purpose.TRACING)
    job = following.begin_following(by=system, at=at)
    if job is not None:
        tasks.enqueue(job.pk, by=system, at=at)


def sign_news(at: datetime) -> None:
    """Sign a checkpoint where the ledger has entries that none covers yet."""
    try:
        now = queries.standing(viewer=system_actor())
        if now.size > (now.checkpoint_size or 0):
            signer = keys.signer(keys.folder())
            checkpoints.sign_checkpoint(signer=signer, at=at)
    except ArmstraceError as error:
        telling.note(message("No checkpoint was signed: %(why)s", why=error.message))
