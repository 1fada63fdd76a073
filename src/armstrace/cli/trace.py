"""`armstrace trace`: the domestic trace of recovered arms."""

import json
from collections import Counter
from datetime import UTC, datetime
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from armstrace.accounts.actors import system_actor
from armstrace.recoveries.actions import repeat_recoveries
from armstrace.tracing import queries
from armstrace.tracing.actions import findings
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.tracing import FirstHop

app = typer.Typer()
CHUNK = 200
SHOWN = 20
NO_COUNTRY = (
    "No country is set, so no arm is taken as made or imported here; set "
    "ARMSTRACE_COUNTRY to the two letters of this State."
)


@app.command()
def trace(
    recoveries: Annotated[
        list[str] | None, typer.Argument(help="Recoveries, such as R12.")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Trace every recovery.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Trace recovered arms in the country's own records."""
    if bool(recoveries) == every:
        message = "name recoveries, such as R12, or give --all"
        raise typer.BadParameter(message)
    if not settings.HOME_COUNTRY:
        typer.echo(NO_COUNTRY, err=True)
    by = system_actor(Purpose.TRACING)
    ids = _all_ids(by) if every else [_recovery_id(word) for word in recoveries or ()]
    _run(ids, by)
    told = queries.summaries(ids, viewer=by)
    _require_all(ids, told)
    if as_json:
        typer.echo(
            json.dumps({"traces": told}, ensure_ascii=False, indent=1, default=str)
        )
    else:
        _show(told)


def _require_all(ids: list[int], told: list[dict[str, object]]) -> None:
    found = {each["id"] for each in told}
    absent = [f"R{pk}" for pk in ids if f"R{pk}" not in found]
    if absent:
        msg = message(
            "%(absent)s: no recovered arm has this number; ammunition and "
            "parts are not traced.",
            absent=absent,
        )
        raise NotFound(msg)


def _all_ids(by: Actor) -> list[int]:
    return [pk for chunk in queries.traceable_ids(viewer=by) for pk in chunk]


def _recovery_id(word: str) -> int:
    digits = word.removeprefix("R").removeprefix("r")
    if not digits.isdecimal():
        msg = message(
            "%(word)s is not a recovery; write its number, such as R12.", word=word
        )
        raise InvalidInput(msg, field="recovery")
    return int(digits)


def _run(ids: list[int], by: Actor) -> None:
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Tracing", total=len(ids))
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            now = datetime.now(UTC)
            findings.trace_at_home(
                recovery_ids=chunk,
                home_country=settings.HOME_COUNTRY,
                by=by,
                at=now,
            )
            repeat_recoveries.note_resightings(recovery_ids=chunk, by=by, at=now)
            progress.advance(task, len(chunk))


def _show(told: list[dict[str, object]]) -> None:
    console = Console()
    table = Table(
        "Recovery", "First hop", "Arm", "Last lawful holder", "Diversion", "Confidence"
    )
    for each in told[:SHOWN]:
        point = each["point_of_diversion"]
        kind = str(point["kind"]) if isinstance(point, dict) else "none proposed"
        table.add_row(
            str(each["id"]),
            str(each["first_hop"]),
            str(each["arm"] or "none"),
            str(each["last_lawful_holder"] or "not known"),
            kind,
            f"{each['confidence']:.2f}",
        )
    console.print(table)
    if len(told) > SHOWN:
        console.print(f"The first {SHOWN} of {len(told)} are shown; --json gives all.")
    for hop, number in Counter(str(each["first_hop"]) for each in told).most_common():
        console.print(f"{number:>8}  {FirstHop.words(hop)}")
    proposed = sum(1 for each in told if each["point_of_diversion"])
    console.print(
        f"{len(told)} traced; a point of diversion is proposed for {proposed}. "
        "A person confirms it on the recovery's page."
    )
