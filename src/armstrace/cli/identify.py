"""``armstrace identify``: read the marks in a file, no database."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Annotated

import typer

from armstrace.analysis.marks import identify as marks
from armstrace.analysis.marks import tables
from armstrace.analysis.marks.description import Description
from armstrace.cli import columns, main, writing
from armstrace.cli.options import ToCsv, Vocabularies
from armstrace.intake.tables import headings, reading
from armstrace.intake.tables.rows import Table
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = typer.Typer(add_completion=False)

COLUMNS = (
    "canonical_type", "canonical_make", "make_country", "canonical_model",
    "canonical_calibre", "serial_search", "serial_status", "year_of_manufacture",
    "notes", "readings",
)  # fmt: skip
MARKS = frozenset({"make", "model", "calibre", "serial"})


@dataclass(slots=True)
class Tally:
    """What a run of identification did, for people and for ``--json``."""

    rows: int = 0
    with_make: int = 0
    with_model: int = 0
    with_calibre: int = 0
    with_serial: int = 0
    serial_status: Counter[str] = field(default_factory=Counter)
    vocabularies: str = ""
    seconds: float = 0.0
    remarks: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)

    def add(self, found: marks.Identification) -> None:
        """Count one row."""
        self.rows += 1
        self.with_make += bool(found.make)
        self.with_model += bool(found.model)
        self.with_calibre += bool(found.calibre)
        self.with_serial += bool(found.serial_search)
        self.serial_status[found.serial_status.value] += 1


@app.command()
def identify(
    file: Annotated[
        Path, typer.Argument(help="Arms as written: CSV, XLSX, XLS or ODS.")
    ],
    output: ToCsv = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print counts as JSON; needs -o.")
    ] = False,
    vocabularies: Vocabularies = None,
) -> None:
    """Read type, make, model, calibre and serial number as written.

    The result holds the columns of the file and the readings beside them. What is
    not known stays empty; readings tells by which rule each field was read and how
    sure that is. Columns are recognised by their headings, in several languages, and
    by what stands in them; what is taken for what is said on stderr.
    """
    tables.use(vocabularies)
    writing.require_apart(output, as_json=as_json)
    lists = vocabularies.glob("*") if vocabularies is not None else ()
    with writing.open_output(output, [file, *lists]) as stream:
        tally = identify_file(file, stream)
    said = message(
        "Rows read: %(rows)s, in %(seconds)s s; with make: %(with_make)s, with model: "
        "%(with_model)s, with calibre: %(with_calibre)s, with a serial number: "
        "%(with_serial)s."
    )
    writing.report(tally, said, as_json=as_json)


def identify_file(path: Path, out: IO[str]) -> Tally:
    """Write a file's rows with their readings as CSV.

    Raises:
        InvalidInput: The file cannot be read, or has no column of marks.
    """
    tally = Tally(vocabularies=tables.version())
    started = time.perf_counter()
    request = reading.Request(path=path, name=path.name)
    with reading.open_table(request) as table:
        tally.remarks += map(main.say, table.remarks)
        added = [f"{name} (read)" if name in table.headings else name
                 for name in COLUMNS]  # fmt: skip
        places = _places(table, tally)
        writing.write_rows(out, [[*table.headings, *added]])
        writing.write_rows(out, _rows(table, places, tally))
    tally.seconds = round(time.perf_counter() - started, 3)
    return tally


def _rows(table: Table, places: columns.Places, tally: Tally) -> Iterator[list[str]]:
    for row in table.rows:
        if row.is_blank:
            continue
        cells = table.cells_of(row)
        if headings.is_totals(row):
            yield [*cells, *[""] * len(COLUMNS)]
            continue
        found = marks.identify(Description(**columns.texts(cells, places)))
        tally.add(found)
        yield [*cells, *_values(found)]


def _places(table: Table, tally: Tally) -> columns.Places:
    """Find the columns of each field; say what was taken."""
    places, said = columns.find(table, columns.MARKS)
    if not places.keys() & MARKS:
        raise InvalidInput(SAID.say("NO_MARKS_COLUMN", table=table.name), field="make")
    tally.columns = {
        table.headings[at]: name for name, found in places.items() for at in found
    }
    tally.remarks += map(main.say, said)
    return places


def _values(found: marks.Identification) -> tuple[str, ...]:
    year = found.year_of_manufacture
    return (
        found.readings[0].value,
        found.make,
        found.make_country,
        found.model,
        found.calibre,
        found.serial_search,
        found.serial_status.value,
        str(year) if year else "",
        "; ".join(map(str, found.notes)),
        found.rules,
    )
