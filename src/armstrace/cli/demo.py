"""`armstrace demo`: a synthetic country in a fresh database, served."""

from typing import Annotated

import typer
from django.conf import settings
from django.db import connection

from armstrace.cli import demonstrating, preparing, serving
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
    preparing.prepare()
    wanted = recoveries or min(max(size // RECOVERED_SHARE, 20), MOST_RECOVERIES)
    demonstrating.make_country(size=size, recoveries=wanted, seed=seed)
    if no_serve:
        demonstrating.show_sign_ins("")
        return
    demonstrating.show_sign_ins(demonstrating.address(host, port))
    serving.serve(host, port, workers=2)


def make_fresh() -> None:
    """Clear an earlier demo away; refuse to touch records that are no demo.

    Raises:
        RuleBroken: ``DE-01``, the home folder holds a database of real records.
    """
    database, mark = settings.HOME / "armstrace.sqlite3", settings.HOME / "demo"
    if connection.vendor == "sqlite":
        if database.exists() and not mark.exists():
            msg = (
                "The home folder holds a database that is not a demo; name another "
                "folder in ARMSTRACE_HOME."
            )
            raise RuleBroken("DE-01", msg)
        for suffix in ("", "-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
    settings.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark.touch()
