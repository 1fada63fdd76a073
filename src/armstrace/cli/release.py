"""`armstrace release check`: where the tables of a published release disagree."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from armstrace.analysis.statistics import contradictions, release_rows
from armstrace.analysis.statistics.contradictions import Comparison, Tally
from armstrace.analysis.statistics.release_places import COLUMNS
from armstrace.intake.tables import reading
from armstrace.translation import translate
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message

app = typer.Typer()
REMARKS_SHOWN = 20


@app.callback()
def whole() -> None:
    """Read UNODC's published table of the illicit arms flows questionnaire."""


@app.command()
def check(
    path: Annotated[
        Path, typer.Argument(help="The published long table, XLSX or CSV.")
    ],
    country: Annotated[
        str | None, typer.Option(help="Only this country, ISO 3166 alpha-3.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the countries whose tables contradict themselves, and where."""
    request = reading.Request(path, path.name, known=tuple(COLUMNS))
    with reading.open_table(request) as table:
        published = release_rows.read_rows(table.from_top())
    lines = [one for one in published.lines if country in (None, one.iso3)]
    if country is not None and not lines:
        msg = message(
            "%(file)s has no row of %(country)s; write its code as PER.",
            file=path.name,
            country=country,
        )
        raise NotFound(msg)
    made = contradictions.of_lines(lines)
    if as_json:
        document = _document(published, made)
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        _print(published, made)


def _print(published: release_rows.Published, made: Sequence[Comparison]) -> None:
    for remark in published.remarks[:REMARKS_SHOWN]:
        words = translate(remark.message)
        typer.echo(f"row {remark.row}, {remark.field}: {words}", err=True)
    more = len(published.remarks) - REMARKS_SHOWN
    if more > 0:
        typer.echo(f"and {more} more remarks; --json lists all.", err=True)
    for tally in contradictions.tallies(made):
        typer.echo(f"{tally.held:>6} of {tally.made:<6} {tally.words}")
        for reason, times in tally.untold.items():
            typer.echo(f"{'':>16} cannot be told in {times}: {reason}")
    for iso3, failed in contradictions.by_country(made).items():
        typer.echo(f"\n{iso3}")
        for each in failed:
            left, right = each.left, each.right
            sides = f"{left[0]} {left[1]}, {right[0]} {right[1]}"
            typer.echo(f"  {each.year}  {contradictions.words_of(each.check)}: {sides}")


def _document(
    published: release_rows.Published, made: Sequence[Comparison]
) -> dict[str, Any]:
    return {
        "rows": published.rows_read,
        "titles": list(published.titles),
        "remarks": [
            {"row": r.row, "field": r.field, "message": translate(r.message)}
            for r in published.remarks
        ],
        "checks": [_tally(tally) for tally in contradictions.tallies(made)],
        "contradictions": [
            {
                "iso3": each.iso3,
                "year": each.year,
                "check": each.check,
                "left": list(each.left),
                "right": list(each.right),
            }
            for each in made
            if each.fails
        ],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "check": tally.check,
        "words": tally.words,
        "held": tally.held,
        "made": tally.made,
        "untold": dict(tally.untold),
    }
