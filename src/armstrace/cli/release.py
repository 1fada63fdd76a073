"""`armstrace release check`: where the tables of a published release disagree."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from armstrace.analysis.statistics import contradictions, release_rows
from armstrace.analysis.statistics.contradictions import Comparison
from armstrace.analysis.statistics.release_places import COLUMNS
from armstrace.cli import options, telling
from armstrace.cli.main import say
from armstrace.intake.tables import reading
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = options.group(
    "Read UNODC's published table of the illicit arms flows questionnaire."
)
TOLD = ("iso3", "year", "check", "left", "right")


@app.command()
def check(
    path: Annotated[
        Path, typer.Argument(help="The published long table, XLSX or CSV.")
    ],
    country: Annotated[
        str | None, typer.Option(help="Only this country, ISO 3166 alpha-3.")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """List the countries whose tables contradict themselves, and where."""
    published = read(path)
    lines = [one for one in published.lines if country in (None, one.iso3)]
    if country is not None and not lines:
        raise NotFound(SAID.say("NO_ROW_OF_COUNTRY", file=path.name, country=country))
    made = contradictions.of_lines(lines)
    if as_json:
        telling.show_json(_document(published, made))
    else:
        _print(published, made)


def read(path: Path) -> release_rows.Published:
    request = reading.Request(path, path.name, known=tuple(COLUMNS))
    with reading.open_table(request) as table:
        return release_rows.read_rows(table.from_top())


def _print(published: release_rows.Published, made: Sequence[Comparison]) -> None:
    telling.note_remarks(published.remarks)
    for tally in contradictions.tallies(made):
        typer.echo(f"{tally.held:>6} / {tally.made:<6} {say(Message(tally.words))}")
        for reason, times in tally.untold.items():
            untold = SAID.say("CANNOT_TELL", times=times, reason=Message(reason))
            typer.echo(f"{'':>16} {say(untold)}")
    for iso3, failed in contradictions.by_country(made).items():
        typer.echo(f"\n{iso3}")
        for each in failed:
            left, right = each.left, each.right
            sides = ", ".join(f"{say(Message(w))} {n}" for w, n in (left, right))
            words = say(Message(contradictions.words_of(each.check)))
            typer.echo(f"  {each.year}  {words}: {sides}")


def _document(
    published: release_rows.Published, made: Sequence[Comparison]
) -> dict[str, Any]:
    return {
        "rows": published.rows_read,
        "titles": list(published.titles),
        "remarks": [
            {"row": r.row, "field": r.field, "message": r.message}
            for r in published.remarks
        ],
        "checks": [asdict(tally) for tally in contradictions.tallies(made)],
        "contradictions": [
            {name: getattr(each, name) for name in TOLD} for each in made if each.fails
        ],
    }
