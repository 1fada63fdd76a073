"""`armstrace trace`: the domestic trace of recovered arms."""

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console
from rich.progress import Progress

from armstrace.accounts.actors import system_actor
from armstrace.cli import options, telling, usage
from armstrace.cli.main import say
from armstrace.recoveries.actions import repeat_recoveries
from armstrace.tracing import queries
from armstrace.tracing.actions import findings
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.tracing import FirstHop

SAID = Sentences(__package__)
app = typer.Typer()
CHUNK = 200
SHOWN = 20
NO_COUNTRY = message(
    "No country is set, so no arm is taken as made or imported here; set "
    "ARMSTRACE_COUNTRY to the two letters of this State.",
)


@app.command()
def trace(
    recoveries: Annotated[
        list[str] | None, typer.Argument(help="Recoveries, such as R12.")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Trace every recovery.")] = False,
    as_json: options.AsJson = False,
) -> None:
    """Trace recovered arms in the country's own records."""
    if bool(recoveries) == every:
        msg = message("name recoveries, such as R12, or give --all")
        raise usage.Wrong(msg)
    if not settings.HOME_COUNTRY:
        telling.note(NO_COUNTRY)
    by = system_actor(Purpose.TRACING)
    if every:
        ids = queries.traceable_ids(viewer=by)
    else:
        ids = [_recovery_id(word) for word in recoveries or ()]
    _run(ids, by)
    told = queries.summaries(ids, viewer=by)
    _require_all(ids, told)
    if as_json:
        telling.show_json({"traces": told})
    else:
        _show(told)


def _require_all(ids: list[int], told: list[dict[str, object]]) -> None:
    found = {each["id"] for each in told}
    absent = [f"R{pk}" for pk in ids if f"R{pk}" not in found]
    if absent:
        raise NotFound(SAID.say("NO_RECOVERED_ARM", absent=absent))


def _recovery_id(word: str) -> int:
    digits = word.removeprefix("R").removeprefix("r")
    if not digits.isdecimal():
        raise InvalidInput(SAID.say("NO_RECOVERY", word=word), field="recovery")
    return int(digits)


def _run(ids: list[int], by: Actor) -> None:
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(say(message("Tracing")), total=len(ids))
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
    telling.show_table(SAID.say("TRACE_HEADS"), map(_cells, told[:SHOWN]))
    if len(told) > SHOWN:
        said = SAID.say("FIRST_SHOWN", shown=SHOWN, count=len(told))
        telling.tell(said)
    for hop, number in Counter(str(each["first_hop"]) for each in told).most_common():
        typer.echo(f"{number:>8}  {say(Message(FirstHop.words(hop)))}")
    said = SAID.say(
        "TRACED",
        count=len(told),
        proposed=sum(1 for each in told if each["point_of_diversion"]),
    )
    telling.tell(said)


def _cells(told: dict[str, object]) -> tuple[str | Message, ...]:
    point = told["point_of_diversion"]
    return (
        str(told["id"]),
        str(told["first_hop"]),
        str(told["arm"]) if told["arm"] else message("none"),
        str(told["last_lawful_holder"] or "") or message("not known"),
        str(point["kind"]) if isinstance(point, dict) else message("none proposed"),
        f"{told['confidence']:.2f}",
    )
