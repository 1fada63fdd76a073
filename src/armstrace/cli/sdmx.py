"""`armstrace sdmx`: indicator 16.4.2 as an SDMX message, or the check of one."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings

from armstrace.accounts import actors
from armstrace.analysis.statistics.indicator import Method
from armstrace.analysis.statistics.sdmx import (
    checking,
    full_structure,
    messages,
    structure,
)
from armstrace.analysis.statistics.sdmx.messages import Layout
from armstrace.cli import options, telling, usage, writing
from armstrace.indicators import queries
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.messages import Message, join, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = typer.Typer()


@app.command()
def sdmx(
    year: Annotated[
        list[int] | None, typer.Option(help="The year; several may be given.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="FILE.csv or FILE.xml.")
    ] = None,
    method: Annotated[
        Method, typer.Option(help="Which figure the message holds.")
    ] = Method.METADATA,
    as_of: options.AsOf = None,
    structure_file: Annotated[
        Path | None,
        typer.Option("--structure", help="Full SDG structure, an SDMX message."),
    ] = None,
    source: Annotated[
        str, typer.Option(help="Who keeps the records, for SOURCE_DETAIL.")
    ] = str(queries.SOURCE),
    check: Annotated[
        Path | None, typer.Option(help="Check this message instead of writing one.")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Write indicator 16.4.2 as SDMX-CSV or SDMX-ML, or check a message."""
    fits = _structure(structure_file)
    if check is not None:
        raise typer.Exit(_check(check, fits, as_json=as_json))
    if not year or output is None:
        msg = message("name the years with --year and the file with -o")
        raise usage.Wrong(msg)
    asked = queries.MessageAsked(
        tuple(sorted(set(year))),
        method,
        _layout(output),
        options.moment_of(as_of),
        source,
    )
    made = queries.sdmx_message(
        asked,
        fits=fits,
        viewer=actors.system_actor(Purpose.STATISTICS),
        at=datetime.now(UTC),
    )
    beside = output.with_name(f"{output.stem}_accompanying.csv")
    writing.keep(output, made.text.encode())
    writing.keep(beside, made.accompanying.encode())
    for remark in made.remarks:
        telling.note(remark)
    told = {
        "file": str(output),
        "accompanying": str(beside),
        "method": asked.method.value,
        "structure": fits.name,
        "structure_is_whole": fits.is_whole,
        "observations": list(made.observations),
        "remarks": made.remarks,
    }
    said = message("Written: %(files)s.", files=[str(output), str(beside)])
    _say(told, [said], as_json=as_json)


def _check(path: Path, fits: structure.Structure, *, as_json: bool) -> int:
    rows = messages.read(_bytes(path))
    found = checking.findings(rows, fits)
    told = {
        "file": str(path),
        "structure": fits.name,
        "structure_is_whole": fits.is_whole,
        "observations": len(rows),
        "findings": [{**asdict(each), "message": each.message} for each in found],
    }
    said = [join([Message(each.rule), each.message], ": ") for each in found]
    fit = SAID.say("OBSERVATIONS_FIT", name=fits.name, count=len(rows))
    _say(told, said or [fit], as_json=as_json)
    return 1 if found else 0


def _structure(path: Path | None) -> structure.Structure:
    if path is None:
        return structure.built_in().of_version(settings.SDG_VERSION)
    return full_structure.read_structure(_bytes(path))


def _layout(path: Path) -> Layout:
    try:
        return Layout(path.suffix.lower().removeprefix("."))
    except ValueError as wrong:
        raise options.wrong_ending(path, ".csv", ".xml") from wrong


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as why:
        raise SAID.refuse("FILE_UNREAD", file=str(path)) from why


def _say(told: dict[str, Any], said: list[Message], *, as_json: bool) -> None:
    if as_json:
        telling.show_json(told)
        return
    for each in said:
        telling.tell(each)
