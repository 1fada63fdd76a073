"""What each recorded reason costs the indicator, as lines or as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import typer

from armstrace.accounts import actors
from armstrace.analysis.statistics.indicator import Method
from armstrace.cli import telling
from armstrace.indicators import queries
from armstrace.translation import translate
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.messages import Message, message


def print_costs(
    methods: Sequence[Method],
    year: int | None,
    *,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Print the points that each reason costs, by each method and year."""
    viewer = actors.system_actor(Purpose.STATISTICS)
    known = queries.years_of_recoveries(viewer=viewer, as_of=as_of)
    pages = [
        queries.shortfall_page(viewer=viewer, year=each, method=method, as_of=as_of)
        for method in methods
        for each in (known if year is None else (year,))
    ]
    if as_json:
        documents = [_document(page) for page in pages]
        telling.show_json(documents)
    elif not pages:
        said = message("No recovery is on record, so there is no figure.")
        typer.echo(translate(said))
    else:
        typer.echo("\n\n".join(map(_lines, pages)))


def _document(page: queries.ShortfallPage) -> dict[str, Any]:
    figure = page.figure
    return {
        "year": figure.year,
        "method": figure.method.value,
        "method_version": figure.method_version,
        "window": figure.window,
        "value": None if figure.value is None else float(figure.value),
        "reasons": [
            {
                "code": each.reason.value,
                "words": translate(Message(each.reason.label)),
                "arms": each.count,
                "points": float(each.points_as_written),
            }
            for each in page.costs
        ],
    }


def _lines(page: queries.ShortfallPage) -> str:
    figure = page.figure
    head = f"16.4.2, {figure.year}, {figure.method.value}: "
    if figure.value is None:
        return f"{head}{translate(figure.reason)}"
    lines = [f"{head}{figure.value} %"]
    for each in page.costs:
        words = translate(Message(each.reason.label))
        row = f"  {each.points_as_written:>6}  {each.count:>6}  {words}"
        lines.append(f"{row} ({each.reason.value})")
    return "\n".join(lines)
