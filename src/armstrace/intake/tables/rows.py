"""What a file is once it has been opened: headings and rows of text."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.texts import trim

CONTROL_PICTURES = {
    code: 0x2400 + code for code in range(32) if code not in (9, 10, 13)
}
CONTROL_PICTURES |= {0x7F: 0x2421, 0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
CONTROL_PICTURES |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
_CONTROL = frozenset(map(chr, CONTROL_PICTURES))
_PICTURE = re.compile("[␀-␡\ufffd]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    # The row's number as a spreadsheet program shows it.
    number: int
    # Text of each cell; a control character is written as its picture.
    cells: tuple[str, ...]
    # Positions of cells that the workbook holds as dates.
    dated: tuple[int, ...] = ()
    # One sentence where the row itself could not be read whole.
    damage: Message | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing that can be seen stands in the row."""
        return not any(map(trim, self.cells))


@dataclass(slots=True)
class Table:
    """An opened file: its headings, then its rows one by one."""

    # The file's name, as people know it.
    name: str
    # The sheet's name; empty for CSV.
    sheet: str
    # The headings, made distinct where two are alike.
    headings: tuple[str, ...]
    # Number of the row that holds the headings; 0 where none does and its columns are
    # numbered.
    heading_row: int
    # The rows below the headings; can be walked once.
    rows: Iterable[Row]
    # How many rows to expect, 0 where that is not known.
    length: int = 0
    # Sentences about the file as a whole.
    remarks: list[Message] = field(default_factory=list)
    # Rows above the headings, such as a title and a day.
    above: tuple[Row, ...] = ()
    # The row of headings as it is in the file.
    written: tuple[str, ...] = ()

    def peek(self, count: int) -> list[Row]:
        """Give the first rows, which stay among those to be walked."""
        rows = iter(self.rows)
        first = list(itertools.islice(rows, count))
        self.rows = itertools.chain(first, rows)
        return first

    def cells_of(self, row: Row) -> list[str]:
        """Give a cell for each heading, empty where the row ends before it."""
        width = len(self.headings)
        return [*row.cells[:width], *[""] * (width - len(row.cells))]

    def from_top(self) -> Iterator[tuple[str, ...]]:
        """Give the cells of every row from the top of the sheet, titles included."""
        titles = {row.number: row.cells for row in self.above}
        for number in range(1, self.heading_row):
            yield titles.get(number, ())
        if self.heading_row:
            yield self.headings
        for row in self.rows:
            yield row.cells


def visible(text: str) -> str:
    """Write control characters as pictures that a person can see."""
    if text.isprintable() or _CONTROL.isdisjoint(text):
        return text
    return text.translate(CONTROL_PICTURES)


def has_control_picture(text: str) -> bool:
    """Tell whether a control character stood in the text."""
    return _PICTURE.search(text) is not None


def with_blanks(rows: Iterable[Row]) -> Iterator[Row]:
    """Put back the blank rows between others; those at the end are dropped."""
    expected = 0
    for row in rows:
        if row.is_blank and not row.damage:
            continue
        for number in range(expected or row.number, row.number):
            yield Row(number, ())
        expected = row.number + 1
        yield row
