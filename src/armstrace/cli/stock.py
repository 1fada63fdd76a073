"""`armstrace stock`: compare a store of State arms with a list."""

from pathlib import Path
from typing import Annotated, Any

import typer

from armstrace.accounts.actors import system_actor
from armstrace.cli import options, telling
from armstrace.intake import seen_lists
from armstrace.stockpiles import queries
from armstrace.translation import translate
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.messages import message

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
    rows, notes = seen_lists.read_list(listed, listed.name)
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


def _order(number: str) -> tuple[int, str]:
    return len(number), number
