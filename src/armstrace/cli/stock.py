"""`armstrace stock`: compare a store of State arms with a list."""

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from armstrace.accounts.actors import system_actor
from armstrace.cli import options, telling
from armstrace.intake.tables import headings
from armstrace.intake.tables import reading as tables
from armstrace.intake.tables.heading_words import names_a_field
from armstrace.stockpiles import queries, reading
from armstrace.translation import translate
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.texts import bare, trim

app = options.group("Count stores of State arms.")
LISTS = {
    "found": message("found"),
    "missing": message("missing"),
    "unexpected": message("unexpected"),
    "twice": message("twice"),
    "elsewhere": message("elsewhere"),
}


@app.command()
def count(
    store: Annotated[str, typer.Argument(help="Name of the store, or its number.")],
    listed: Annotated[
        Path,
        typer.Argument(
            metavar="LIST.csv",
            help="Numbers or serial numbers, one a row: CSV, XLSX, XLS or ODS.",
        ),
    ],
    *,
    as_json: options.AsJson = False,
) -> None:
    """Compare a store with a list; status 1 where an arm is missing or too many."""
    viewer = system_actor(Purpose.CUSTODY)
    rows, notes = _rows(listed)
    told_by = queries.compare_list(store, rows, viewer=viewer)
    remarks = (*notes, *told_by.remarks)
    found = told_by.compared
    told: dict[str, Any] = {"store": told_by.store}
    told |= {"expected": sorted({*found.found, *found.missing}, key=_order)}
    told |= {name: list(getattr(found, name)) for name in LISTS}
    told |= {"where": told_by.where}
    if as_json:
        telling.show_json(told | {"remarks": remarks})
    else:
        for name, words in ({"expected": message("expected")} | LISTS).items():
            many = len(told[name])
            numbers = "" if name in {"expected", "found"} else " ".join(told[name])
            typer.echo(f"{translate(words)}: {many} {numbers}".rstrip())
        for each in remarks:
            telling.tell(each)
    if found.missing or found.unexpected or found.elsewhere:
        raise typer.Exit(1)


def _rows(listed: Path) -> tuple[list[reading.Row], list[Message]]:
    """Give the rows of a file, its headings too, and what is to be said of them."""
    with tables.open_table(tables.Request(listed, listed.name)) as table:
        width, is_headed = len(table.headings), any(map(_heads, table.headings))
        top = {each.number: each.cells for each in table.above}
        if table.heading_row:
            top[table.heading_row] = tuple(map(_as_written, table.headings))
        rows = [reading.Row(at, cells, is_headed) for at, cells in top.items()]
        told = headings.TITLES.template
        notes = [each for each in table.remarks if each.template != told]
        for each in table.rows:
            if each.damage:
                notes.append(each.damage)
            if headings.is_totals(each):
                msg = message(
                    "Row %(number)s is a total and is passed over.", number=each.number
                )
                notes.append(msg)
            else:
                is_note = headings.is_note(each, width)
                cells = tuple(map(trim, each.cells))
                rows.append(reading.Row(each.number, cells, is_note))
    return rows, notes


def _heads(cell: str) -> bool:
    return bare(cell) in reading.HEADS or names_a_field(cell)


def _as_written(cell: str) -> str:
    """Give a heading as it is in the file, which numbers no columns."""
    return "" if re.fullmatch(r"column \d+", cell) else cell


def _order(number: str) -> tuple[int, str]:
    return len(number), number
