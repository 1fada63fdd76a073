"""What commands print: sentences, tables and JSON, in the language that is set."""

import json
from collections.abc import Iterable, Sequence

import typer
from rich.console import Console
from rich.table import Table

from armstrace.analysis.statistics.release import Remark
from armstrace.cli.main import say
from armstrace.vocabulary.messages import Message, message

REMARKS_SHOWN = 20
WIDER_THAN_ANY = 10_000  # characters of a table


def tell(said: Message) -> None:
    """Print a sentence that was asked for."""
    typer.echo(say(said))


def note(said: Message) -> None:
    """Print a sentence beside what was asked for, on standard error."""
    typer.echo(say(said), err=True)


def tell_first(said: Sequence[Message], most: int, count: int) -> None:
    """Print the first of several sentences, and how many more there are.

    Args:
        count: How many there are, where not all were kept.
    """
    for each in said[:most]:
        typer.echo(f"- {say(each)}")
    if count > most:
        more = message("and %(count)s more; --json lists them.", count=count - most)
        typer.echo(f"- {say(more)}")


def note_remarks(remarks: Sequence[Remark]) -> None:
    """Print the first remarks on a release, and how many more there are."""
    for each in remarks[:REMARKS_SHOWN]:
        row = say(message("row %(row)s, ", row=each.row)) if each.row else ""
        typer.echo(f"{row}{each.field}: {say(each.message)}", err=True)
    if len(remarks) > REMARKS_SHOWN:
        note(message("and %(count)s more.", count=len(remarks) - REMARKS_SHOWN))


def show_json(document: object) -> None:
    """Print a document; the messages in it are said."""
    typer.echo(as_json(document))


def as_json(document: object) -> str:
    """Write a document; the messages in it are said."""
    return json.dumps(document, ensure_ascii=False, indent=1, default=_plain)


def show_table(
    heads: Message, rows: Iterable[Sequence[str | Message]], *, title: str = ""
) -> None:
    """Print a table; a terminal folds its cells, and a pipe gets them whole.

    Args:
        heads: Of the columns, with `` | `` between them.
        rows: A cell is data, or is said.
    """
    table = Table(title=title or None)
    for head in say(heads).split(" | "):
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(say(c) if isinstance(c, Message) else c for c in row))
    console = Console(markup=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDER_THAN_ANY
    console.print(table)


def _plain(value: object) -> str:
    return say(value) if isinstance(value, Message) else str(value)
