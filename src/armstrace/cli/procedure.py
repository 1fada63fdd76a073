"""`armstrace procedure`: check a standing procedure before it is adopted."""

import importlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from armstrace.analysis.procedures import checking, reading, simulating
from armstrace.cli import main, options, telling
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.files import text_of
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = options.group("Check a standing procedure, and try it on past recoveries.")
LARGEST = 1_000_000

File = Annotated[
    Path,
    typer.Argument(
        help="The procedure, TOML; recovered-arms names the one that is shipped."
    ),
]
Previewed = Annotated[
    bool,
    typer.Option(
        "--preview", help="Count the open recoveries on record that it would change."
    ),
]


@app.command()
def check(
    path: File, *, preview: Previewed = False, as_json: options.AsJson = False
) -> None:
    """Say what is wrong with a procedure, one sentence for each fault."""
    values = values_of(path)
    found = checking.faults(values)
    document = {"is_sound": not found, "faults": [main.say(one) for one in found]}
    remarks = [] if found else checking.remarks(reading.read(values))
    document["remarks"] = [main.say(one) for one in remarks]
    lines = list(found) or [_sound(values), *remarks]
    if preview and not found:
        told, more = _on_records("preview")(values)
        document |= told
        lines += more
    if as_json:
        telling.show_json(document)
    else:
        for each in lines:
            typer.echo(main.say(each))
    if found:
        raise typer.Exit(1)


@app.command()
def simulate(
    path: File,
    year: Annotated[
        str | None,
        typer.Option(help="Year of the recoveries; last year where none is given."),
    ] = None,
    *,
    as_json: options.AsJson = False,
) -> None:
    """Send the recoveries of a year through it: cases, steps, hours, overdue."""
    values = values_of(path)
    wanted = datetime.now(UTC).year - 1 if year is None else simulating.year_of(year)
    _on_records("simulate")(values, wanted, as_json=as_json)


def values_of(path: Path) -> reading.Plain:
    """Read a procedure into plain values.

    Raises:
        InvalidInput: It cannot be read, or is not TOML.
    """
    if str(path) == reading.SHIPPED:
        return reading.load_shipped()
    if path.is_file() and path.stat().st_size > LARGEST:
        raise InvalidInput(
            SAID.say("PROCEDURE_TOO_LARGE", path=str(path)), field="file"
        )
    return reading.parse(text_of(path))


def _on_records(name: str) -> Callable[..., Any]:
    """Load what asks the database, once Django stands."""
    main.set_up()
    asked: Callable[..., Any] = getattr(
        importlib.import_module("armstrace.cli.simulating"), name
    )
    return asked


def _sound(values: reading.Plain) -> Message:
    procedure = reading.read(values)
    return SAID.say(
        "PROCEDURE_FAULTLESS",
        name=procedure.name,
        version=procedure.version,
        triggers=len(procedure.triggers),
        steps=len(procedure.steps),
    )
