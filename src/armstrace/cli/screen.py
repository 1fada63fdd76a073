"""``armstrace screen``: compare names in files, no database."""

import csv
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Annotated

import typer

from armstrace.analysis.names import comparison, lists, words
from armstrace.analysis.names import reading as names_read
from armstrace.analysis.names.lists import Entry
from armstrace.analysis.names.screening import ListIndex, is_comparable
from armstrace.cli import main, usage, writing
from armstrace.intake.tables import headings, reading
from armstrace.intake.tables.rows import Table
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import NOTHING, Message, message

PAIR = ("schema", "name1", "name2")
ADDED = ("score", "explanation")
FOUND = ("query", "rank", "name", *ADDED, "number")
NOT_NEAR = message("No name on the list is near.")
app = typer.Typer(add_completion=False)


@dataclass(slots=True)
class Tally:
    """What a run did, for people and for ``--json``."""

    cut: float
    list_version: str = ""
    rows: int = 0
    compared: int = 0
    near: int = 0
    not_near: int = 0
    not_compared: int = 0
    seconds: float = 0.0
    remarks: list[str] = field(default_factory=list)


@app.command()
def screen(
    queries: Annotated[
        Path | None, typer.Argument(help="Names to look for: a column name.")
    ] = None,
    names: Annotated[
        Path | None,
        typer.Argument(
            metavar="LIST",
            help="Names to look among: a table with a column name, or a list of the "
            "UN, the EU, OFAC or in FollowTheMoney.",
        ),
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(help="Pairs to compare: columns schema, name1 and name2."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write the CSV.")
    ] = None,
    top: Annotated[
        int, typer.Option(min=1, max=1000, help="Names for each query.")
    ] = 5,
    schema: Annotated[
        str, typer.Option(help="Of what the names of a list are names.")
    ] = "Person",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the cut and counts; needs -o.")
    ] = False,
) -> None:
    """Compare names of persons, organisations, vessels or addresses.

    With --pairs each row of the file gets its score and why. Otherwise each name of
    the first file is looked for in the second. A score is a reason to look, never
    a finding.
    """
    if (pairs is None) == (queries is None or names is None):
        msg = message("name a file of pairs with --pairs, or two files of names")
        raise usage.Wrong(msg)
    if not names_read.is_schema(schema):
        msg = message(
            "there is no schema %(schema)s; write one of %(known)s",
            schema=schema,
            known=list(names_read.SCHEMATA),
        )
        raise usage.Wrong(msg)
    writing.require_apart(output, as_json=as_json)
    tally = Tally(cut=words.cut())
    started = time.perf_counter()
    if pairs is not None:
        with writing.open_output(output, [pairs]) as out:
            write_pairs(pairs, out, tally)
    elif queries is not None and names is not None:
        index = ListIndex(_entries(names, schema, tally), schema)
        with writing.open_output(output, [queries, names]) as out:
            _write_found(_names(queries, tally), index, top, out, tally)
    tally.seconds = round(time.perf_counter() - started, 3)
    said = message(
        "Rows read: %(rows)s, in %(seconds)s s; pairs compared: %(compared)s; scores "
        "of %(cut)s or more: %(near)s; rows not compared: %(not_compared)s."
    )
    writing.report(tally, said, as_json=as_json)


def write_pairs(path: Path, out: IO[str], tally: Tally) -> None:
    """Write the rows of a file of pairs with their scores, one after the other.

    Args:
        path: A table with the columns schema, name1 and name2, and any others,
            which stay as they are.

    Raises:
        InvalidInput: The file cannot be read or lacks a column.
    """
    writer = csv.writer(out, lineterminator="\n")
    with _open(path, PAIR, tally) as table:
        at = [headings.fold(heading) for heading in table.headings]
        places = [at.index(name) for name in PAIR]
        writer.writerow([*table.headings, *ADDED])
        for row in table.rows:
            if row.is_blank:
                continue
            cells = table.cells_of(row)
            pair = [cells[n].strip() for n in places]
            score, why = _score(row.number, pair, row.damage, tally)
            writer.writerow([*cells, score, main.say(why)])


def _score(
    number: int, pair: Sequence[str], damage: Message | None, tally: Tally
) -> tuple[str, Message]:
    tally.rows += 1
    if why := damage or _why_not(number, pair):
        tally.not_compared += 1
        return "", why
    score = comparison.compare(*pair)
    _count(score, tally)
    return f"{score.score:.4f}", score.sentence


def _why_not(number: int, pair: Sequence[str]) -> Message:
    if lacking := [name for name, cell in zip(PAIR, pair, strict=True) if not cell]:
        return message(
            "Row %(number)s is not compared: %(lacking)s is empty; fill it.",
            number=number,
            lacking=lacking,
        )
    if names_read.is_schema(pair[0]):
        return NOTHING
    return message(
        "Row %(number)s is not compared: there is no schema %(schema)s; write one "
        "of %(known)s.",
        number=number,
        schema=pair[0],
        known=list(names_read.SCHEMATA),
    )


def _count(score: comparison.Score, tally: Tally) -> None:
    tally.compared += 1
    tally.near += score.is_near
    tally.not_near += not score.is_near


def _write_found(
    queries: Iterable[str], index: ListIndex, top: int, out: IO[str], tally: Tally
) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FOUND)
    for query in queries:
        tally.rows += 1
        hits = index.nearest(query, top=top)
        if not hits:
            writer.writerow([query, "", "", "", main.say(NOT_NEAR), ""])
        for rank, hit in enumerate(hits, 1):
            _count(hit.score, tally)
            said = main.say(hit.score.sentence)
            score = f"{hit.score.score:.4f}"
            writer.writerow([query, rank, hit.name, score, said, hit.entry.number])


def _entries(path: Path, schema: str, tally: Tally) -> Iterator[Entry]:
    """Give the entries of a published list, or the names of a table."""
    if lists.format_of(path) is None:
        for number, name in enumerate(_names(path, tally), 1):
            yield Entry(str(number), schema, (name,))
        return
    found = lists.read(path)
    tally.list_version = found.version
    yield from (each for each in found.entries if is_comparable(each.schema, schema))


def _names(path: Path, tally: Tally) -> Iterator[str]:
    with _open(path, ("name",), tally) as table:
        at = [headings.fold(heading) for heading in table.headings].index("name")
        for row in table.rows:
            if len(row.cells) > at and (name := row.cells[at].strip()):
                yield name


@contextmanager
def _open(path: Path, needed: Sequence[str], tally: Tally) -> Iterator[Table]:
    request = reading.Request(path=path, name=path.name, known=frozenset(needed))
    with reading.open_table(request) as table:
        folded = [headings.fold(heading) for heading in table.headings]
        lacking = [name for name in needed if name not in folded]
        if lacking:
            msg = message(
                "%(table)s has no column headed %(lacking)s; head the columns "
                "%(needed)s.",
                table=table.name,
                lacking=lacking,
                needed=needed,
            )
            raise InvalidInput(msg, field=lacking[0])
        tally.remarks += map(main.say, table.remarks)
        yield table
