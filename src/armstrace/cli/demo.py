"""`armstrace demo`: a synthetic country in a fresh database, served."""

import importlib
import os
from typing import Annotated

import typer

from armstrace.cli import init
from armstrace.project import env
from armstrace.vocabulary.errors import RuleBroken

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
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="Make the country and stop.")
    ] = False,
) -> None:
    """Make a synthetic country in a fresh database and serve it."""
    make_fresh()
    os.environ["ARMSTRACE_DEMO"] = "True"
    init.prepare()
    wanted = recoveries or min(max(size // RECOVERED_SHARE, 20), MOST_RECOVERIES)
    making = importlib.import_module("armstrace.cli.demonstrating")
    making.make_country(size=size, recoveries=wanted, seed=seed)
    if no_serve:
        making.show_sign_ins("")
        return
    serving = importlib.import_module("armstrace.cli.serving")
    making.show_sign_ins(making.address(host, port))
    serving.serve(host, port, workers=2)


def make_fresh() -> None:
    """Clear an earlier demo away; refuse to touch records that are no demo.

    Raises:
        RuleBroken: ``DE-01``, the home folder holds a database of real records.
    """
    home = env.home()
    database, mark = home / "armstrace.sqlite3", home / "demo"
    if not env.text("DATABASE_URL") and database.exists() and not mark.exists():
        msg = (
            "The home folder holds a database that is not a demo; name another "
            "folder in ARMSTRACE_HOME."
        )
        raise RuleBroken("DE-01", msg)
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark.touch()
