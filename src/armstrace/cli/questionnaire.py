"""`armstrace questionnaire`: the annual return, written and read back."""

import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone

from armstrace.accounts import actors
from armstrace.analysis.statistics.questionnaire.filled import ReturnFilled
from armstrace.analysis.statistics.workbook import layout, published, reading, writing
from armstrace.cli import options, telling, usage
from armstrace.indicators import queries
from armstrace.indicators.actions import returns as actions
from armstrace.intake.tables import formulas
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.returns import DifferenceReason
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = typer.Typer()
FIRST_YEAR, LAST_YEAR = 1900, 2100


@app.command()
def questionnaire(
    year: Annotated[int, typer.Option(help="The reference year.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="FILE.xlsx, or FILE.csv for a release."),
    ] = None,
    as_of: options.AsOf = None,
    as_release: Annotated[
        bool, typer.Option("--release", help="The long table that UNODC publishes.")
    ] = False,
    read_back: Annotated[
        Path | None, typer.Option(help="Hold this workbook against the records.")
    ] = None,
    enter: Annotated[
        str | None,
        typer.Option(help="Enter the figures that it adds; the reason, in words."),
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Fill the illicit arms flows questionnaire from records, table by table."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise usage.Wrong(
            SAID.say("YEAR_OUTSIDE", first=str(FIRST_YEAR), last=str(LAST_YEAR)),
            "--year",
        )
    if (output is None) == (read_back is None):
        raise usage.Wrong(SAID.say("WRITE_OR_READ_BACK"))
    if output is not None and output.suffix.lower() not in {".xlsx", ".csv"}:
        raise options.wrong_ending(output, ".xlsx", ".csv")
    begun = time.perf_counter()
    viewer = actors.system_actor(Purpose.STATISTICS)
    known_at = _require_passed(options.moment_of(as_of))
    filled = queries.return_of(year=year, as_of=known_at, viewer=viewer)
    if output is not None:
        _write(output, _content(filled, output, viewer, as_release=as_release))
        told = _told(filled, output)
    else:
        told = _held_against(filled, Path(str(read_back)), enter, viewer)
    told["seconds"] = round(time.perf_counter() - begun, 2)
    _say(told, as_json=as_json)


def _require_passed(moment: datetime | None) -> datetime | None:
    if moment is not None and moment.date() > timezone.localdate():
        raise usage.Wrong(SAID.say("DAY_AHEAD", day=moment.date()), "--as-of")
    return moment


def _content(
    filled: ReturnFilled, output: Path, viewer: Actor, *, as_release: bool
) -> bytes:
    if output.suffix.lower() == ".csv":
        return published.as_csv(filled).encode()
    now = datetime.now(UTC)
    if as_release:
        return writing.xlsx(published.as_book(filled, now.date()))
    told = queries.told_beside(filled, viewer=viewer, at=now)
    return writing.xlsx(layout.book_of(filled, told))


def _told(filled: ReturnFilled, output: Path) -> dict[str, Any]:
    failing = [each for each in filled.checks if each.holds is False]
    return {
        "file": str(output),
        "year": filled.year,
        "country": filled.country,
        "as_of": filled.as_of.isoformat() if filled.as_of else None,
        "version": filled.version,
        "content_hash": filled.content_hash,
        "tables": {
            table.table_id: {
                "title": table.spec.title,
                "cells": len(list(table.cells())),
                "blank": sum(cell.is_blank for cell in table.cells()),
                "lines": len(table.lines),
            }
            for table in filled.tables
        },
        "checks": {
            "holds": sum(each.holds is True for each in filled.checks),
            "fails": len(failing),
            "explained": sum(bool(each.explained) for each in failing),
            "cannot_be_told": sum(each.holds is None for each in filled.checks),
        },
        "failing": [
            {
                "rule": each.rule,
                "sentence": translate(each.sentence),
                "cells": list(each.cells),
                "explained": each.explained,
                "explanation": each.explanation,
            }
            for each in failing
        ],
        "left_out": dict(filled.left_out),
        "remarks": [] if filled.has_records else [translate(_nothing(filled))],
    }


def _nothing(filled: ReturnFilled) -> Message:
    if filled.as_of is None:
        return SAID.say("NOTHING_ON_RECORD", year=filled.year)
    return SAID.say(
        "NOTHING_KNOWN_THEN", year=filled.year, day=f"{filled.as_of:%Y-%m-%d}"
    )


def _held_against(
    filled: ReturnFilled, path: Path, enter: str | None, viewer: Actor
) -> dict[str, Any]:
    if not path.is_file():
        raise SAID.refuse("FILE_NOT_FOUND", file=str(path))
    found = reading.read_back(formulas.read_whole(path, path.name), filled)
    told: dict[str, Any] = {
        "file": str(path),
        "year": found.year,
        "content_hash": found.content_hash,
        "is_same_content": found.content_hash == filled.content_hash,
        "differences": [
            {**asdict(each), "sentence": translate(each.sentence)}
            for each in found.differences
        ],
        "entered": [
            {"key": e.cell, "value": e.value, "text": e.text, "source": e.source}
            for e in found.entered
        ],
        "figures_entered": 0,
    }
    if enter is not None and found.entered:
        made = actions.load_figures(
            stated=found.entered, reason=enter, by=viewer, at=datetime.now(UTC)
        )
        told["figures_entered"] = len(made)
    return told


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as why:
        raise SAID.refuse("FILE_NOT_WRITTEN", file=str(path)) from why


def _say(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        telling.show_json(told)
    elif "differences" in told:
        for each in told["differences"]:
            typer.echo(each["sentence"])
        if not told["differences"]:
            telling.tell(message("The workbook says what the records say."))
        if told["figures_entered"]:
            count = told["figures_entered"]
            telling.tell(message("Figures entered: %(count)s.", count=count))
    else:
        for words in told["remarks"]:
            typer.echo(words, err=True)
        for each in told["failing"]:
            typer.echo(_failing_words(each), err=True)
        said = SAID.say(
            "RETURN_WRITTEN",
            file=told["file"],
            tables=len(told["tables"]),
            **told["checks"],
        )
        telling.tell(said)


def _failing_words(found: dict[str, Any]) -> str:
    words = f"{found['rule']}: {found['sentence']}"
    if not found["explained"]:
        return words
    reason = DifferenceReason(found["explained"])
    more = f" ({found['explanation']})" if found["explanation"] else ""
    said = message("Explained: %(reason)s%(more)s.", reason=reason, more=more)
    return f"{words} {translate(said)}"
