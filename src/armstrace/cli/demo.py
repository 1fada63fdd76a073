"""`armstrace demo`: a synthetic country in a fresh database, served.

Source:
    Rule of this design: a demo never takes the place of records.
"""

import sqlite3
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection

from armstrace.accounts.actors import system_actor
from armstrace.audit import ledgered, queries
from armstrace.cli import demonstrating, init, serving, telling
from armstrace.cli.main import say
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import message

app = typer.Typer()
RECOVERED_SHARE = 20
MOST_RECOVERIES = 100_000


@app.command()
def demo(
    *,
    size: Annotated[int, typer.Option(help="Registered arms.", min=100)] = 100_000,
    recoveries: Annotated[
        int, typer.Option(help="Recovered items; a twentieth of the arms if 0.", min=0)
    ] = 0,
    seed: Annotated[int, typer.Option(help="Any number; same seed, same country.")] = 1,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "0.0.0.0",  # noqa: S104 - a phone on the same network may look
    port: Annotated[
        int, typer.Option(help="Port to listen on.", min=1, max=65535)
    ] = 8000,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="Make the country and stop.")
    ] = False,
    again: Annotated[
        bool, typer.Option(help="Serve the demo that is here as it was left.")
    ] = False,
    anew: Annotated[
        bool, typer.Option(help="Clear the demo that is here, work in it included.")
    ] = False,
) -> None:
    """Make a synthetic country in a fresh database and serve it."""
    if again:
        require_demo()
        init.prepare()
        demonstrating.show_sign_ins(demonstrating.address(host, port))
        serving.serve(host, port, workers=2)
        return
    if not no_serve:
        serving.require_free(host, port)
    require_leave(is_given=anew)
    make_fresh()
    init.prepare()
    wanted = recoveries or min(max(size // RECOVERED_SHARE, 20), MOST_RECOVERIES)
    demonstrating.make_country(size=size, recoveries=wanted, seed=seed)
    if no_serve:
        demonstrating.show_sign_ins("")
        return
    demonstrating.show_sign_ins(demonstrating.address(host, port))
    serving.serve(host, port, workers=2)


def require_demo() -> None:
    """Refuse to serve what is no demo as one.

    Raises:
        RuleBroken: ``DE-03``, there is no demo here.
    """
    if not (settings.HOME / "demo").exists():
        msg = message(
            "%(home)s holds no demo; run “armstrace demo” without --again to make one.",
            home=str(settings.HOME),
        )
        raise RuleBroken("DE-03", msg)


def require_leave(*, is_given: bool) -> None:
    """Ask before a demo is cleared in which somebody has worked.

    Raises:
        RuleBroken: ``DE-04``, nobody said that it may go.
    """
    if is_given or not was_worked_in():
        return
    msg = message(
        "The demo in %(home)s was worked in and would be lost: --again serves it as it "
        "was left, --anew clears it.",
        home=str(settings.HOME),
    )
    if not sys.stdin.isatty():
        raise RuleBroken("DE-04", msg)
    telling.note(msg)
    if not typer.confirm(say(message("Clear it?")), default=False, err=True):
        raise RuleBroken("DE-04", msg)


def was_worked_in() -> bool:
    """Tell whether anything was done in the demo since it was made."""
    left = settings.HOME / demonstrating.LEFT
    database = settings.HOME / "armstrace.sqlite3"
    if connection.vendor != "sqlite" or not left.exists() or not database.exists():
        return False
    size = queries.standing(viewer=system_actor()).size
    return left.read_text(encoding="ascii") != str(size)


def make_fresh() -> None:
    """Clear an earlier demo away; refuse to touch records that are no demo.

    A database without records, as `armstrace init` leaves it or a command that asked
    before, is used as it is.

    Raises:
        RuleBroken: ``DE-01``, the home folder holds a database of real records.
    """
    database, mark = settings.HOME / "armstrace.sqlite3", settings.HOME / "demo"
    if connection.vendor == "sqlite":
        has_records = database.exists() and _has_records(database)
        if has_records and not mark.exists():
            msg = message(
                "%(home)s holds a database that is not a demo; name another "
                "folder in ARMSTRACE_HOME.",
                home=str(settings.HOME),
            )
            raise RuleBroken("DE-01", msg)
        if has_records or not database.exists():
            connection.close()  # what was asked of the old file must not stay open
            for suffix in ("", "-wal", "-shm"):
                database.with_name(database.name + suffix).unlink(missing_ok=True)
    settings.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)


def _has_records(database: Path) -> bool:
    """Tell whether a file holds business records; reads only."""
    ours = {model._meta.db_table for model in ledgered.business_models()}  # noqa: SLF001 - Django's documented API
    kept = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    try:
        named = kept.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in named if name in ours]
        return any(
            kept.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()  # noqa: S608 - names from the file's own list
            for name in tables
        )
    except sqlite3.DatabaseError:
        return True
    finally:
        kept.close()
