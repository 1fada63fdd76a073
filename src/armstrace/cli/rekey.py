"""`armstrace rekey`: make the keys of matching by the look-alikes in force."""

import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from armstrace.accounts.actors import system_actor
from armstrace.cli import progress
from armstrace.jobs import tasks
from armstrace.registry import jobs, rekeying

app = typer.Typer(add_completion=False)


@app.command()
def rekey(
    in_background: Annotated[
        bool, typer.Option("--background", help="Leave it to `armstrace work`.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make the keys of matching anew after a change of the file of look-alikes.

    Searches go on meanwhile. Stopped anywhere, the same command goes on where it
    stood.
    """
    by, at = system_actor(), datetime.now(UTC)
    job = jobs.begin_rekeying(by=by, at=at)
    if job is not None and in_background:
        tasks.enqueue(job.pk, by=by, at=at)
        typer.echo("The keys are made anew by the jobs; searches go on.", err=True)
        return
    if job is not None:
        with progress.shown("Keys") as context:
            jobs.rekey(job, by, at, context)
    now, is_changed = rekeying.standing(), job is not None
    if as_json:
        typer.echo(json.dumps({"changed": is_changed, "version": now.version}))
        return
    words = "are made anew" if is_changed else "are already made"
    typer.echo(f"The keys {words} by version {now.version} of the look-alikes.")
