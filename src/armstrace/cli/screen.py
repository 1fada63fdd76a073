"""``armstrace screen``: compare names in files, no database."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import IO, Annotated

import typer

from armstrace.analysis.names import comparison, entries, lists, words
from armstrace.analysis.names import reading as names_read
from armstrace.analysis.names.entries import Entry, NameList
from armstrace.analysis.names.screening import Found, KindIndexes, is_comparable
from armstrace.cli import main, name_columns, options, usage, writing
from armstrace.intake.tables import headings, reading
from armstrace.intake.tables.rows import Table
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.vetting import ListFormat

SAID = Sentences(__package__)
PAIR = ("schema", "name1", "name2")
ADDED = ("score", "explanation")
FOUND = ("query", "rank", "name", *ADDED, "number", "row")
MOST_REMARKS = 50
NOT_NEAR = message("No name on the list is near.")
# Pairs alone, or queries and a list.
_ASKED = [False, True, True], [True, False, False]
app = typer.Typer(add_completion=False)


@dataclass(slots=True)
class Tally:
    """What a run did, for people and for ``--json``."""

    cut: float
    list_version: str = ""
    # Entries that names are looked for among, and those that are not.
    listed: int = 0
    left_out: int = 0
    rows: int = 0
    compared: int = 0
    near: int = 0
    not_near: int = 0
    not_compared: int = 0
    # Names of which an entry that is not given scores the same as the last one given.
    tied: int = 0
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
    output: options.ToCsv = None,
    top: Annotated[
        int, typer.Option(min=1, max=1000, help="Names for each query.")
    ] = 5,
    schema: Annotated[
        str,
        typer.Option(
            help="Of what the names are names, Person or Company; by what the files "
            "say where it is not given."
        ),
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the cut and counts; needs -o.")
    ] = False,
) -> None:
    """Compare names of persons, organisations, vessels or addresses.

    With --pairs each row of the file gets its score and why. Otherwise each name of
    the first file is looked for in the second. A score is a reason to look, never
    a finding.
    """
    if [pairs is None, queries is None, names is None] not in _ASKED:
        msg = message("name a file of pairs with --pairs, or two files of names")
        raise usage.Wrong(msg)
    if schema and not names_read.is_schema(schema):
        raise usage.Wrong(
            SAID.say("NO_SCHEMA", schema=schema, known=list(names_read.SCHEMATA))
        )
    writing.require_apart(output, as_json=as_json)
    tally = Tally(cut=words.cut())
    started = time.perf_counter()
    if pairs is not None:
        with writing.open_output(output, [pairs]) as out:
            write_pairs(pairs, out, tally)
    elif queries is not None and names is not None:
        index = _index(names, schema, tally)
        with writing.open_output(output, [queries, names]) as out:
            _write_found(_queries(queries, schema, tally), index, top, out, tally)
        if tally.tied:
            tally.remarks.append(main.say(SAID.say("MORE_ALIKE", count=tally.tied)))
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
    with _open(path, PAIR, tally) as table:
        at = [headings.fold(heading) for heading in table.headings]
        places = [at.index(name) for name in PAIR]
        writing.write_rows(out, [[*table.headings, *ADDED]])
        writing.write_rows(out, _score_rows(table, places, tally))


def _score_rows(table: Table, places: list[int], tally: Tally) -> Iterator[list[str]]:
    for row in table.rows:
        if row.is_blank:
            continue
        cells = table.cells_of(row)
        pair = [cells[n].strip() for n in places]
        score, why = _score(row.number, pair, row.damage, tally)
        yield [*cells, score, main.say(why)]


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
        return _lacks(number, lacking)
    return _unknown(number, pair[0])


def _lacks(number: int, lacking: Sequence[str]) -> Message:
    return SAID.say("ROW_LACKS", number=number, lacking=lacking)


def _unknown(number: int, schema: str) -> Message:
    if names_read.is_schema(schema):
        return NOTHING
    return SAID.say(
        "ROW_OF_NO_SCHEMA",
        number=number,
        schema=schema,
        known=list(names_read.SCHEMATA),
    )


def _count(score: comparison.Score, tally: Tally) -> None:
    tally.compared += 1
    tally.near += score.is_near
    tally.not_near += not score.is_near


@dataclass(frozen=True, slots=True)
class Query:
    """A name that is looked for, and where it stands."""

    row: int
    name: str
    schema: str
    # Why it is not compared.
    why_not: Message | None = None


def _write_found(
    queries: Iterable[Query], index: KindIndexes, top: int, out: IO[str], tally: Tally
) -> None:
    rest = iter(queries)
    first = [*islice(rest, 1)]  # refuses a file that cannot be read before it writes
    writing.write_rows(out, [FOUND])
    writing.write_rows(out, _found(chain(first, rest), index, top, tally))


def _found(
    queries: Iterable[Query], index: KindIndexes, top: int, tally: Tally
) -> Iterator[list[object]]:
    for each in queries:
        tally.rows += 1
        tally.not_compared += each.why_not is not None
        hits = _nearest(each, index, top, tally)
        if not hits:
            said = main.say(each.why_not or NOT_NEAR)
            yield [each.name, "", "", "", said, "", each.row]
        for rank, hit in enumerate(hits, 1):
            _count(hit.score, tally)
            score, said = f"{hit.score.score:.4f}", main.say(hit.score.sentence)
            found = [hit.name, score, said, hit.entry.number]
            yield [each.name, rank, *found, each.row]


def _nearest(each: Query, index: KindIndexes, top: int, tally: Tally) -> list[Found]:
    """Give the nearest entries; count where one more scores the same as the last."""
    if each.why_not:
        return []
    hits = index.nearest(each.name, each.schema, top=top + 1)
    if len(hits) > top:
        last, next_one = hits[top - 1].score, hits[top].score
        tally.tied += last.is_near and last.score == next_one.score
    return hits[:top]


def _index(path: Path, schema: str, tally: Tally) -> KindIndexes:
    """Index the entries of a list that are of the kind that is asked for.

    Raises:
        InvalidInput: The file cannot be read, or no name stands in it.
    """
    found = _read_list(path, tally)
    kept = [
        each
        for each in found.entries
        if not schema or not each.schema or is_comparable(each.schema, schema)
    ]
    lists.require_names(replace(found, entries=tuple(kept)), path.name)
    tally.listed = len(kept)
    tally.left_out = found.left_out + len(found.entries) - len(kept)
    if tally.left_out:
        said = SAID.say("ENTRIES_LEFT_OUT", file=path.name, count=tally.left_out)
        tally.remarks.append(main.say(said))
    return KindIndexes(kept, unknown=schema or "Person")


def _read_list(path: Path, tally: Tally) -> NameList:
    if not path.is_file() or lists.is_table(path):
        return entries.gather(ListFormat.CSV, "", _rows_of(path, tally))
    found = lists.read(path)
    tally.list_version = found.version
    return found


def _rows_of(path: Path, tally: Tally) -> Iterator[Entry]:
    """Give the entries of a table: of a list of names, or of names alone."""
    with _open(path, (), tally) as table:
        columns = lists.columns_of(table.headings)
        names = name_columns.find(table, tally.remarks)
        for number, row in enumerate(names.rows_of(table), 1):
            if row.damage is not None and len(tally.remarks) < MOST_REMARKS:
                tally.remarks.append(main.say(row.damage))
            cells = lists.cells_of(row.cells, columns)
            tally.list_version = tally.list_version or lists.published_on(cells)
            own = f"row {row.number}" if "number" in columns else f"{number}"
            cells |= {
                "number": cells.get("number", "").strip() or own,
                "name": names.name_of(row),
            }
            one = lists.entry_of(cells)
            yield one if cells.get("schema") else replace(one, schema="")


def _queries(path: Path, schema: str, tally: Tally) -> Iterator[Query]:
    with _open(path, (), tally) as table:
        at = [headings.fold(heading) for heading in table.headings]
        told = at.index("schema") if "schema" in at else None
        names = name_columns.find(table, tally.remarks)
        for row in names.rows_of(table):
            said = "" if told is None else table.cells_of(row)[told].strip()
            kind, name = schema or said, names.name_of(row)
            why = row.damage or _why_not_asked(row.number, name, kind)
            yield Query(row.number, name, kind, why or None)


def _why_not_asked(number: int, name: str, schema: str) -> Message:
    if not name:
        return _lacks(number, ["name"])
    return _unknown(number, schema) if schema else NOTHING


@contextmanager
def _open(path: Path, needed: Sequence[str], tally: Tally) -> Iterator[Table]:
    request = reading.Request(
        path=path, name=path.name, known=frozenset(needed or ("name",))
    )
    with reading.open_table(request) as table:
        folded = [headings.fold(heading) for heading in table.headings]
        lacking = [name for name in needed if name not in folded]
        if lacking:
            raise InvalidInput(
                SAID.say(
                    "NO_NEEDED_COLUMN", table=table.name, lacking=lacking, needed=needed
                ),
                field=lacking[0],
            )
        tally.remarks += map(main.say, table.remarks)
        yield table
