"""`armstrace rekey`: make the keys of matching by the look-alikes in force."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from armstrace.registry import rekeying, tasks

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
    is_changed = rekeying.begin()
    if is_changed and in_background:
        tasks.rekey.enqueue()
        typer.echo("The keys are made anew by the jobs; searches go on.", err=True)
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("Keys", total=1.0)
        now = rekeying.run(lambda now: progress.update(bar, completed=now.share))
    if as_json:
        typer.echo(json.dumps({"changed": is_changed, "version": now.version}))
        return
    words = "are made anew" if is_changed else "are already made"
    typer.echo(f"The keys {words} by version {now.version} of the look-alikes.")
