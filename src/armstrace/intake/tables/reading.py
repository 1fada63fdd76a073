"""Open any table that people send: workbook or CSV, headings wherever they stand."""

import itertools
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from armstrace.intake.tables import archive, headings, refusals, text, workbook
from armstrace.intake.tables.heading_words import names_a_field
from armstrace.intake.tables.rows import Row, Table, with_blanks
from armstrace.vocabulary.messages import Message, message

LOOK_AT_ROWS = 40
MOST_COLUMNS = 400
_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")


@dataclass(frozen=True, slots=True)
class Request:
    """What to open, and what is known about it beforehand."""

    path: Path
    # Its name as people know it.
    name: str
    # Folded headings that a profile expects; they mark the heading row.
    known: Collection[str] = ()
    # The sheet; the fullest one where empty.
    sheet: str = ""
    # The encoding of a text file; found out where empty.
    encoding: str = ""


@contextmanager
def open_table(request: Request) -> Iterator[Table]:
    """Open a table and find its headings; its rows can be walked once."""
    if not request.path.is_file():
        raise refusals.of("NOT_THERE", request.name)
    if _is_workbook(request):
        with workbook.open_workbook(
            request.path, request.name, sheet=request.sheet
        ) as opened_sheet:
            rows = _naming_lost(opened_sheet.rows, opened_sheet.lost)
            table = _table(request, rows, opened_sheet.name)
            table.rows = _naming_surplus(table.rows, len(table.headings), _UNHEADED)
            table.length = max(0, opened_sheet.length - 1)
            table.remarks = opened_sheet.remarks + table.remarks
            yield table
        return
    _refuse_pictures(request)
    with text.open_text(
        request.path, request.name, encoding=request.encoding
    ) as opened_text:
        table = _table(request, opened_text.rows, "")
        table.rows = _naming_surplus(table.rows, len(table.headings), _SPLIT)
        yield table


def _refuse_pictures(request: Request) -> None:
    """Refuse text that is named like a picture or a document; it is no table."""
    suffix = Path(request.name).suffix
    if suffix.lower() in _NO_TABLES:
        raise refusals.of("NOT_A_TABLE", request.name, suffix=suffix)


_PICTURES = "bmp gif heic jpeg jpg mp4 png svg tif tiff webp"
_DOCUMENTS = "doc docx htm html odt pdf ppt pptx rtf zip"
_NO_TABLES = frozenset(f".{each}" for each in f"{_PICTURES} {_DOCUMENTS}".split())


def _is_workbook(request: Request) -> bool:
    if request.name.lower().endswith(_WORKBOOK_NAMES):
        return True
    with request.path.open("rb") as stream:
        head = stream.read(8)
    return head == archive.OLE or zipfile.is_zipfile(request.path)


def _naming_lost(rows: Iterable[Row], lost: dict[int, list[str]]) -> Iterator[Row]:
    for row in rows:
        letters = lost.get(row.number)
        if letters:
            damage = message(
                "Row %(number)s has a formula without a result in column %(names)s;"
                " open the workbook in a spreadsheet program, save it and load it "
                "again.",
                number=row.number,
                names=", ".join(letters),
            )
            yield Row(row.number, row.cells, row.dated, damage)
        else:
            yield row


_SPLIT = message(
    "Row %(number)s has more cells than there are headings: a separator inside a cell "
    "may have split it; put that cell in quotation marks and load the row again."
)
_UNHEADED = message(
    "Row %(number)s has a value to the right of the last heading; write a heading "
    "above it, or remove the value, and load the row again."
)


def _naming_surplus(rows: Iterable[Row], width: int, why: Message) -> Iterator[Row]:
    """Name rows with more cells than headings, none of which may be lost."""
    for row in rows:
        if not any(row.cells[width:]) or row.damage:
            yield row
            continue
        damage = Message(why.template, {"number": row.number})
        yield Row(row.number, row.cells, row.dated, damage)


def _with_unheaded(names: tuple[str, ...], rows: Sequence[Row]) -> tuple[str, ...]:
    """Number the columns without a heading that half of the rows fill."""
    full = [row for row in rows if not row.is_blank]
    most = max((len(row.cells) for row in full), default=0)
    filled = [
        sum(at < len(row.cells) and bool(row.cells[at].strip()) for row in full)
        for at in range(most)
    ]
    width = max((at + 1 for at in range(most) if filled[at] * 2 > len(full)), default=0)
    return (*names, *map(headings.placeholder, range(len(names) + 1, width + 1)))


def _cut_beside(table: Table, looked_at: Sequence[Row]) -> Table:
    """Leave out another table beside this one, behind a column that holds nothing."""
    width = len(table.headings)
    bare = [re.sub(r" \(\d+\)$", "", each) for each in table.headings]
    for at in range(1, width):
        is_gap = table.headings[at] == headings.placeholder(at + 1) and not any(
            row.cells[at : at + 1] != () and row.cells[at].strip() for row in looked_at
        )
        again = [each for each in bare[at + 1 :] if each in bare[:at]]
        if not is_gap or len(again) < 2:
            continue
        table.remarks.append(
            message(
                "%(name)s: the columns from “%(column)s” onwards look like another "
                "table and are not read; save them as a separate file to load them.",
                name=table.name,
                column=table.headings[at + 1],
            )
        )
        table.headings = table.headings[:at]
        table.rows = (replace(row, cells=row.cells[:at]) for row in table.rows)
        return table
    return table


def _table(request: Request, rows: Iterable[Row], sheet: str) -> Table:
    stream = with_blanks(rows)
    first = list(itertools.islice(stream, LOOK_AT_ROWS))
    if any(any(row.cells[MOST_COLUMNS:]) for row in first):
        raise refusals.of("TOO_WIDE", request.name, limit=MOST_COLUMNS)
    found = headings.find(first, request.known, names_a_field)
    if found is None:
        raise refusals.of("NO_HEADINGS", request.name)
    below = first[found.position + 1 :]
    if below and headings.numbers_columns(below[0]):
        del below[0]
    table = Table(
        name=request.name,
        sheet=sheet,
        headings=_with_unheaded(found.names, below),
        heading_row=found.row,
        rows=itertools.chain(below, stream),
        remarks=found.remarks(request.name),
        above=tuple(first[: max(found.position, 0)]),
        written=first[found.position].cells if found.row else (),
    )
    return _cut_beside(table, below)
