"""`armstrace rekey`: make the keys of matching by the look-alikes in force."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from armstrace.accounts.actors import system_actor
from armstrace.cli import progress
from armstrace.jobs import tasks
from armstrace.registry import jobs, key_check, population, rekeying

app = typer.Typer(add_completion=False)
SHOWN = 50


@app.command()
def rekey(
    in_background: Annotated[
        bool, typer.Option("--background", help="Leave it to `armstrace work`.")
    ] = False,
    check: Annotated[
        bool,
        typer.Option("--check", help="Compare the keys with the records; change none."),
    ] = False,
    anew: Annotated[
        bool,
        typer.Option("--anew", help="Make keys and frequencies, whatever stands."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make the keys of matching anew: other look-alikes, or a release with more keys.

    Searches go on meanwhile. Stopped anywhere, the same command goes on where it
    stood.
    """
    if check:
        _check(as_json=as_json)
        return
    by, at = system_actor(), datetime.now(UTC)
    if anew:
        population.recount()
    job = jobs.begin_rekeying(anew=anew, by=by, at=at)
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


def _check(*, as_json: bool) -> None:
    found = key_check.check(lambda _what, _count: None)
    if as_json:
        told = {"arms": found.arms, "keys": found.keys, "wrong": list(found.wrong)}
        typer.echo(json.dumps(told))
    else:
        typer.echo(f"{found.arms:,} arms and {found.keys:,} keys compared.")
        for arm in found.wrong[:SHOWN]:
            typer.echo(f"- The keys of A{arm} are not those of its record.")
        if len(found.wrong) > SHOWN:
            typer.echo(f"- and {len(found.wrong) - SHOWN:,} more; --json lists them.")
    if found.wrong:
        sys.exit(1)
