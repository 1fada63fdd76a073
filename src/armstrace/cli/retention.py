"""`armstrace retention`: the records that the law no longer asks to keep."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from armstrace.accounts.actors import system_actor
from armstrace.tracing import queries
from armstrace.translation import translate
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.messages import Message, message

app = typer.Typer()


@app.callback()
def whole() -> None:
    """Say how long records are kept, by the jurisdiction profile."""


@app.command()
def due(
    as_of: Annotated[
        str | None, typer.Option(help="The day on which the law is asked, 2026-06-30.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the records whose period has ended; nothing is removed."""
    viewer = system_actor(Purpose.TRACING)
    found = list(queries.records_due(viewer=viewer, on=_day(as_of)))
    if as_json:
        rows = [asdict(each) for each in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        return
    for each in found:
        said = message(
            "%(reference)s, %(words)s: kept until %(day)s.",
            reference=each.reference,
            words=Message(each.words),
            day=each.kept_until.isoformat(),
        )
        typer.echo(translate(said))
    if not found:
        typer.echo(translate(message("The period of no record has ended.")))


def _day(as_of: str | None) -> date:
    try:
        return date.fromisoformat(as_of) if as_of else datetime.now(UTC).date()
    except ValueError as wrong:
        msg = f"“{as_of}” is no day; write it as 2026-06-30"
        raise typer.BadParameter(msg, param_hint="--as-of") from wrong
