"""``armstrace match``: two files, no database."""

import resource
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from armstrace.analysis.marks import serials, tables
from armstrace.analysis.marks.description import Description
from armstrace.analysis.matching import canonical
from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.memory import MemoryRegistry
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.rank import Ranker, Ranking
from armstrace.analysis.matching.search import Search
from armstrace.cli import columns, main, writing
from armstrace.cli.options import ToCsv, Vocabularies
from armstrace.intake.tables import headings, reading
from armstrace.intake.tables.rows import Table
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import NOTHING, Message, join, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
COLUMNS = (
    "query_id",
    "rank",
    "registry_id",
    "probability",
    "probability_absent",
    "explanation",
)
NEEDED = ("id", "serial")
HEADINGS = {
    "id": ("id", "query id", "registry id", "source number", "number"),
    "make": ("make", "manufacturer"),
    "model": ("model",),
    "calibre": ("calibre", "caliber"),
    "serial": ("serial", "serial number"),
    "type": ("type", "arm type"),
    "country": ("country", "country of manufacture"),
    "import_country": ("import country",),
    "import_mark": ("import mark",),
}
NOTHING_NEAR = message("No registered arm is near what was read.")
app = typer.Typer(add_completion=False)

MARKS = frozenset(HEADINGS) - {"id", "import_country"}
_KNOWN = frozenset(name for names in HEADINGS.values() for name in names)


@dataclass(slots=True)
class Tally:
    """What a run of matching did, for people and for ``--json``."""

    model: str = ""
    registry_rows: int = 0
    registry_rows_without_serial: int = 0
    registry_ids_repeated: int = 0
    queries: int = 0
    queries_with_candidates: int = 0
    queries_without_candidates: int = 0
    queries_without_serial: int = 0
    rows_written: int = 0
    seconds_indexing: float = 0.0
    seconds_matching: float = 0.0
    peak_memory_mb: float = 0.0
    remarks: list[str] = field(default_factory=list)


@app.command()
def match(
    queries: Annotated[Path, typer.Argument(help="Arms as read, CSV or XLSX.")],
    registry: Annotated[Path, typer.Argument(help="Registered arms, CSV or XLSX.")],
    output: ToCsv = None,
    top: Annotated[
        int, typer.Option(min=1, max=1000, help="Candidates for each arm.")
    ] = 10,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print counts and times as JSON.")
    ] = False,
    vocabularies: Vocabularies = None,
) -> None:
    """Match a file of arms as read against a file of registered ones.

    Both files have the headings id, make, model, calibre and serial, and may have
    type, country, import_country and import_mark. Where id or serial is headed
    otherwise, columns are recognised by their words and values. In a serial, ? stands
    for a character that cannot be read and * for an unknown stretch.
    """
    tables.use(vocabularies)
    writing.require_writable(output, (queries, registry))
    tally = Tally()
    started = time.perf_counter()
    held = MemoryRegistry(_registry(registry, tally))
    ranker = Ranker(Population(held.counts))
    tally.model = ranker.channel.model
    tally.seconds_indexing = round(time.perf_counter() - started, 3)
    search = Search(held, ranker, top=top)
    started = time.perf_counter()
    rows = _rows(search, _queries(queries, tally), tally)
    written = _write(rows, output, is_listed=as_json)
    tally.seconds_matching = round(time.perf_counter() - started, 3)
    tally.peak_memory_mb = round(_peak_memory_mb(), 1)
    said = message(
        "Arms looked for: %(queries)s, among %(registry_rows)s; with candidates: "
        "%(queries_with_candidates)s, without: %(queries_without_candidates)s. Indexed "
        "in %(seconds_indexing)s s, matched in %(seconds_matching)s s, "
        "%(peak_memory_mb)s MB at most."
    )
    more = {"matches": written} if written else {}
    writing.report(tally, said, as_json=as_json, **more)


def _registry(path: Path, tally: Tally) -> Iterator[Card]:
    seen: set[str] = set()
    for number, row in _describe(path, tally):
        name = row["id"] or f"row {number}"
        tally.registry_ids_repeated += name in seen
        seen.add(name)
        card = canonical.card(
            name,
            Description(**{name: row[name] for name in MARKS}),
            import_country=row["import_country"],
        )
        tally.registry_rows += 1
        tally.registry_rows_without_serial += not card.serial
        yield card


def _queries(path: Path, tally: Tally) -> Iterator[tuple[Query, Message]]:
    """Give what was read in each row, and why its serial gives no number."""
    for number, row in _describe(path, tally):
        query = canonical.query(
            row["id"] or f"row {number}",
            Description(**{name: row[name] for name in MARKS}),
            import_country=row["import_country"],
        )
        tally.queries += 1
        tally.queries_without_serial += not query.serial
        yield query, NOTHING if query.serial else _why_unread(row["serial"])


def _why_unread(serial: str) -> Message:
    if not serial:
        return message("The row has no serial number.")
    why = serials.read_serial(serial).reading.note
    return SAID.say("SERIAL_WITHOUT_NUMBER", serial=serial, why=why) if why else NOTHING


def _describe(path: Path, tally: Tally) -> Iterator[tuple[int, dict[str, str]]]:
    request = reading.Request(path=path, name=path.name, known=_KNOWN)
    with reading.open_table(request) as table:
        places = _places(table, tally)
        tally.remarks += map(main.say, table.remarks)
        nothing = dict.fromkeys(HEADINGS, "")
        for row in table.rows:
            if row.is_blank:
                continue
            yield row.number, nothing | columns.texts(row.cells, places)


def _places(table: Table, tally: Tally) -> columns.Places:
    """Find the columns of each field, as they should be headed, or by their words."""
    folded = [headings.fold(heading) for heading in table.headings]
    places = {
        name: [next(folded.index(each) for each in names if each in folded)]
        for name, names in HEADINGS.items()
        if not {*names}.isdisjoint(folded)
    }
    if all(name in places for name in NEEDED):
        return places
    found, said = columns.find(table, {"id": "source_number", **columns.MARKS})
    places = {name: at for name, at in found.items() if name in HEADINGS} | places
    if "serial" not in places:
        raise InvalidInput(
            SAID.say(
                "NO_SERIAL_COLUMN",
                table=table.name,
                lacking=[name for name in NEEDED if name not in places],
            ),
            field="serial",
        )
    tally.remarks += map(main.say, said)
    return places


def _rows(
    search: Search, queries: Iterable[tuple[Query, Message]], tally: Tally
) -> Iterator[tuple[str, ...]]:
    for query, why in queries:
        ranking = search.run(query)
        if ranking.candidates:
            tally.queries_with_candidates += 1
        else:
            tally.queries_without_candidates += 1
        for row in _rank_rows(ranking, why):
            tally.rows_written += 1
            yield row


def _rank_rows(ranking: Ranking, why: Message) -> Iterator[tuple[str, ...]]:
    stated = ranking.absence_stated
    absent = "" if stated is None else f"{stated:.5f}"
    if not ranking.candidates:
        words = main.say(join([why, ranking.note or NOTHING_NEAR]))
        yield (ranking.query.query_id, "", "", "", absent, words)
    for place, candidate in enumerate(ranking.candidates, start=1):
        yield (
            ranking.query.query_id,
            str(place),
            candidate.registry_id,
            f"{candidate.probability:.5f}",
            absent,
            main.say(candidate.explanation),
        )


def _write(
    rows: Iterable[tuple[str, ...]], output: Path | None, *, is_listed: bool
) -> list[dict[str, str]]:
    """Write the rows to the file or to standard output, or list them for JSON."""
    if output is None and is_listed:
        return [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    with writing.open_output(output) as stream:
        writing.write_rows(stream, [COLUMNS])
        writing.write_rows(stream, rows)
    return []


def _peak_memory_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # macOS counts in bytes, Linux in units of 1024 bytes.
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6
