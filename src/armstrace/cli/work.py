"""`armstrace work`: run the jobs that wait, until stopped.

Beside the jobs a clock ticks: it leaves a heartbeat that `armstrace check` reads,
and signs a checkpoint of the ledger when there is something new to sign.
"""

import threading
from datetime import UTC, datetime, timedelta

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from armstrace.accounts.actors import system_actor
from armstrace.audit import checkpoints, keys, queries
from armstrace.vocabulary.errors import ArmstraceError

app = typer.Typer()
HEARTBEAT = "worker-heartbeat"
BEAT = timedelta(seconds=30)
SIGNED_EVERY = timedelta(minutes=5)


@app.command()
def work() -> None:
    """Run the jobs that wait; `armstrace serve` starts this beside itself."""
    stopped = threading.Event()
    threading.Thread(target=_tick, args=(stopped,), daemon=True).start()
    try:
        call_command("db_worker", verbosity=0)
    finally:
        stopped.set()


def _tick(stopped: threading.Event) -> None:
    signed_at = datetime.now(UTC) - SIGNED_EVERY
    while not stopped.is_set():
        now = datetime.now(UTC)
        (settings.HOME / HEARTBEAT).write_text(now.isoformat(), encoding="utf-8")
        if now - signed_at >= SIGNED_EVERY:
            sign_news(now)
            connection.close()
            signed_at = now
        stopped.wait(BEAT.total_seconds())


def sign_news(at: datetime) -> None:
    """Sign a checkpoint where the ledger has entries that none covers yet."""
    try:
        now = queries.standing(viewer=system_actor())
        if now.size > (now.checkpoint_size or 0):
            signer = keys.signer(keys.folder())
            checkpoints.sign_checkpoint(signer=signer, at=at)
    except ArmstraceError as error:
        typer.echo(f"No checkpoint was signed: {error}", err=True)
