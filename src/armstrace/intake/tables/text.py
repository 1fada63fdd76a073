"""Open a CSV file of any common encoding and delimiter."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from armstrace.intake.tables import quoting, refusals
from armstrace.intake.tables.headings import is_totals
from armstrace.intake.tables.rows import Row, visible
from armstrace.vocabulary import encodings, spreadsheets
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
# A cell of a quoted line is as long as the line may be.
csv.field_size_limit(quoting.MAX_LINE_CHARACTERS)
DELIMITERS = (",", ";", "\t", "|")
MAX_FILE_BYTES = 2**30
_MARKED_AS_TEXT = re.compile(r"\A'(?=\d)")
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file is written."""

    # Python's name of the encoding.
    encoding: str
    delimiter: str
    # Lines before the table, such as ``sep=;``.
    skip: int = 0


@dataclass(frozen=True, slots=True)
class OpenedText:
    """A text file while it is being read."""

    dialect: Dialect
    rows: Iterator[Row]


@contextmanager
def open_text(path: Path, name: str, *, encoding: str = "") -> Iterator[OpenedText]:
    """Open a CSV file for reading; an encoding that is not stated is found out."""
    dialect = sniff(_sample(path, name), encoding=encoding)
    with path.open(encoding=dialect.encoding, errors="replace", newline="") as stream:
        yield OpenedText(dialect, _rows(stream, dialect))


def sniff(sample: bytes, *, encoding: str = "") -> Dialect:
    """Find out encoding and delimiter from a file's beginning."""
    name = encoding or encodings.encoding_of(sample)
    text = sample.decode(name, errors="replace").lstrip("\ufeff")
    beginning = itertools.islice(io.StringIO(text, newline=""), 200)
    lines = list(quoting.join_records(beginning, "".join(DELIMITERS)))
    first = lines[0].strip().lower() if lines else ""
    if first.startswith("sep=") and len(first) == 5:
        return Dialect(name, lines[0].strip()[4], skip=1)
    best = max(DELIMITERS, key=lambda mark: _delimiter_score(lines, mark))
    return Dialect(name, best)


def _sample(path: Path, name: str) -> bytes:
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise refusals.of(
            "TOO_LARGE", name, size=size // 2**20, limit=MAX_FILE_BYTES // 2**20
        )
    with path.open("rb") as stream:
        sample = stream.read(encodings.SAMPLE_BYTES)
    if not sample.strip():
        raise refusals.of("EMPTY", name)
    if sample.startswith(_BINARY) or _is_binary(sample):
        raise refusals.of("NEITHER", name)
    return sample


def _is_binary(sample: bytes) -> bool:
    if encodings.encoding_of(sample).startswith(("utf-16", "utf-32")):
        return False
    head = sample[:8000]
    odd = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return odd > len(head) * 0.1


def _delimiter_score(lines: list[str], mark: str) -> float:
    cells = (_cells(line, mark) for line in lines)
    widths = Counter(len(row) for row in cells if any(row))
    if not widths:
        return 0.0
    width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item))
    if width < 2:
        return 0.0
    return times / widths.total() + min(width, 60) / 1000


def _rows(stream: TextIO, dialect: Dialect) -> Iterator[Row]:
    lines = itertools.islice(stream, dialect.skip, None)
    records = quoting.join_records(_without_mark(lines), dialect.delimiter)
    width = 0
    for number, record in enumerate(records, 1):
        row = _row(number, record, dialect.delimiter)
        if 1 < len(row.cells) < width and not record.endswith(("\n", "\r")):
            row = _cut_off(row)
        width = len(row.cells)
        yield row


def _cut_off(row: Row) -> Row:
    """Say that the file ends within its last row; a row of totals may be short."""
    if row.damage or is_totals(row):
        return row
    return Row(
        row.number, row.cells, row.dated, SAID.say("ROW_CUT_OFF", number=row.number)
    )


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    for position, line in enumerate(lines):
        yield line if position else line.removeprefix("\ufeff")


def _row(number: int, record: str, delimiter: str) -> Row:
    if len(record) > quoting.MAX_LINE_CHARACTERS:
        damage = SAID.say("LONG_LINE", number=number, count=len(record))
        return Row(number, (visible(record[:1000]),), (), damage)
    if '"' in record and quoting.is_open(record, delimiter):
        damage = SAID.say("QUOTE_OPEN", number=number)
        split = record.rstrip("\r\n").split(delimiter)
        return Row(number, tuple(map(visible, split)), (), damage)
    cells = _cells(record, delimiter)
    if "'" not in record and record.rstrip("\r\n").isprintable():
        return Row(number, tuple(cells))  # nearly every row, at the least cost
    return Row(number, tuple(map(_cell, cells)))


def _cell(text: str) -> str:
    written = spreadsheets.as_written(text)
    # An apostrophe tells a spreadsheet program that figures are text; it is no mark.
    return visible(_MARKED_AS_TEXT.sub("", written))


def _cells(record: str, delimiter: str) -> list[str]:
    if '"' not in record:
        return record.rstrip("\r\n").split(delimiter)
    return next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])
