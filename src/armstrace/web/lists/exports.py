"""A list as CSV or as a workbook, row by row."""

import io
import itertools
import mimetypes
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

from armstrace.audit import consultations
from armstrace.vocabulary import spreadsheets
from armstrace.vocabulary.ledger import Access

MOST_SHEET_ROWS = 1_048_575
# The files of a page of one record, as addresses beside it.
FILES = (("?format=csv", "CSV"), ("?format=xlsx", "XLSX"))

type Row = Sequence[object]
type Columns = Mapping[str, str | Callable[[Any], object]]
"""The columns of a file by their heads: an attribute of a row, or what gives it."""


def getters(columns: Columns) -> list[Callable[[Any], object]]:
    """Give what takes each cell of a row from it."""
    wanted = columns.values()
    return [attrgetter(one) if isinstance(one, str) else one for one in wanted]


def columns_of(attributes: str) -> dict[str, Any]:
    """Give columns that are headed as the attributes that they show, by their names."""
    return {name: name for name in attributes.split()}


def as_csv(name: str, head: Sequence[str], rows: Iterable[Row]) -> HttpResponseBase:
    """Send a list as CSV in UTF-8; nothing in it runs as a formula.

    It is written to disk whole before it leaves, so that the ledger holds its rows.

    Args:
        name: File name without its ending.
    """
    consultations.note_kind(Access.EXPORT)
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    spreadsheets.write_rows(text, itertools.chain([head], rows))
    text.detach()
    return _sent(file, f"{name}.csv", "text/csv; charset=utf-8")


def as_xlsx(name: str, head: Sequence[str], rows: Iterable[Row]) -> HttpResponseBase:
    """Send a list as a workbook, written to disk in constant memory.

    Args:
        name: File name without its ending.
    """
    consultations.note_kind(Access.EXPORT)
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
        "remove_timezone": True,
    }
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(name[:31])
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, head, book.add_format({"bold": True}))
    for number, row in enumerate(rows, start=1):
        if number > MOST_SHEET_ROWS:
            break
        sheet.write_row(number, 0, [_cell(value) for value in row])
    book.close()
    return _sent(file, f"{name}.xlsx", spreadsheets.WORKBOOK_TYPE)


def as_lines(name: str, lines: Iterable[str], content_type: str) -> HttpResponseBase:
    """Send text in UTF-8 that is written to disk line by line."""
    consultations.note_kind(Access.EXPORT)
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    file.writelines(line.encode() for line in lines)
    return _sent(file, name, content_type)


WRITERS = {"csv": as_csv, "xlsx": as_xlsx}


def hand_over(
    request: HttpRequest, name: str, columns: Columns, rows: Iterable[object]
) -> HttpResponseBase:
    """Hand a list over as the file that is wanted.

    Args:
        name: File name without its ending.
    """
    gets = getters(columns)
    told = ([get(row) for get in gets] for row in rows)
    return WRITERS[request.GET["format"]](name, tuple(columns), told)


@dataclass(frozen=True, slots=True)
class File:
    """A list as the file that may be wanted of it."""

    # File name without its ending.
    name: str
    columns: Columns
    # The query that gives every row.
    every: Callable[..., Iterable[object]]


def attach(content: bytes | str, name: str, content_type: str) -> HttpResponse:
    """Send what is at hand as a file.

    Args:
        name: File name; where it has no ending, that of the type is given to it.
    """
    if "." not in name:
        name += mimetypes.guess_extension(content_type) or ""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        # Whatever it holds runs nowhere, should a browser show it all the same.
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


def is_wanted(request: HttpRequest) -> bool:
    """Tell whether a list is wanted as a file."""
    return request.GET.get("format") in WRITERS


def _sent(file: IO[bytes], name: str, content_type: str) -> FileResponse:
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=name, content_type=content_type
    )


def _cell(value: object) -> object:
    if value is None or isinstance(value, int | float | date | datetime):
        return value
    return str(value)
