"""Read a return's workbook back: what differs from the records, cell by cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from armstrace.analysis.statistics import release
from armstrace.analysis.statistics.questionnaire.declared import From
from armstrace.analysis.statistics.questionnaire.entering import StatedFigure
from armstrace.analysis.statistics.questionnaire.filled import (
    Cell,
    ReturnFilled,
    Table,
    split_key,
)
from armstrace.analysis.statistics.workbook import about, layout
from armstrace.analysis.statistics.workbook.cells import Place
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message


class Kind(Code):
    """What is different in a workbook that came back."""

    CHANGED = "CHANGED", "changed"
    OVERWRITTEN = "OVERWRITTEN", "formula overwritten"
    ALTERED_FORMULA = "ALTERED_FORMULA", "formula altered"
    NOT_A_COUNT = "NOT_A_COUNT", "not a count"
    MISSING = "MISSING", "row or column missing"
    UNKNOWN_ROW = "UNKNOWN_ROW", "unknown row"
    UNKNOWN_TABLE = "UNKNOWN_TABLE", "unknown table"
    OTHER_RETURN = "OTHER_RETURN", "another return"
    NOT_CALCULATED = (
        "NOT_CALCULATED",
        "not calculated; open and save it in a spreadsheet program",
    )


class Content(Protocol):
    """A cell as it was read."""

    @property
    def text(self) -> str:
        """Its value as text."""

    @property
    def formula(self) -> str | None:
        """Its formula without ``=``; None where there is none."""


UNCALCULATED = message(
    "The formulas of the workbook are not calculated; open it in a spreadsheet "
    "program and save it to see its totals."
)

type Grid = Mapping[tuple[int, int], Content]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a workbook differs from the return it is held against."""

    kind: Kind
    sheet: str
    # The cell, ``C5``; empty where a whole row is meant.
    reference: str
    # Key of the cell of the return, or the code of the row.
    key: str
    was: str
    now: str

    @property
    def sentence(self) -> Message:
        if self.kind is Kind.NOT_CALCULATED:
            return UNCALCULATED
        return message(
            "%(place)s (%(cell)s): %(kind)s; was %(was)s, is %(now)s.",
            place="!".join(filter(None, (self.sheet, self.reference))),
            cell=self.key,
            kind=self.kind,
            was=self.was or message("blank"),
            now=self.now or message("blank"),
        )


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a workbook says against a return."""

    # As the workbook says; None where it does not.
    year: int | None
    content_hash: str
    differences: tuple[Difference, ...]
    # Values for cells that people fill, where they changed.
    entered: tuple[StatedFigure, ...]


@dataclass(slots=True)
class _Found:
    """Where a table stands in a sheet that was read."""

    columns: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


def year_of(sheets: Mapping[str, Grid]) -> int:
    """Read the year that a workbook says it is about.

    Raises:
        InvalidInput: It has no front sheet with a year, so it is no return.
    """
    told = _front(sheets).get(about.YEAR, "")
    if not told.isdigit():
        msg = message(
            "The workbook has no sheet “%(sheet)s” with a year, so it is not a return "
            "of this system; send the workbook as it was exported.",
            sheet=about.FRONT,
        )
        raise InvalidInput(msg, field="file")
    return int(told)


def read_back(sheets: Mapping[str, Grid], filled: ReturnFilled) -> ReadBack:
    """Hold a workbook against a return.

    Args:
        sheets: The workbook, by name of sheet, cells by row and column from 0.
        filled: The return of the same year as the records say it now.

    Raises:
        InvalidInput: The workbook is no return.
    """
    year = year_of(sheets)
    front = _front(sheets)
    differences = list(_of_front(front, filled))
    if year != filled.year:
        return ReadBack(year, front.get(about.HASH, ""), tuple(differences), ())
    book = layout.book_of(filled, layout.Told())
    entered: list[StatedFigure] = []
    for name in dict.fromkeys(place.sheet for place in book.places.values()):
        tables = [t for t in filled.tables if t.rows and _sheet_of(t) == name]
        reader = _SheetReader(name, sheets.get(name, {}), tables)
        differences += reader.differences(book.places)
        entered += [StatedFigure(year, *each) for each in reader.entered]
    differences = list(_once(differences))
    return ReadBack(year, front.get(about.HASH, ""), tuple(differences), tuple(entered))


def _once(differences: list[Difference]) -> Iterator[Difference]:
    """Say once, and last, that formulas are not calculated."""
    waiting = None
    for each in differences:
        if each.kind is Kind.NOT_CALCULATED:
            waiting = waiting or Difference(each.kind, each.sheet, "", "", "", "")
        else:
            yield each
    if waiting is not None:
        yield waiting


def _front(sheets: Mapping[str, Grid]) -> dict[str, str]:
    grid = sheets.get(about.FRONT, {})
    return {
        content.text.strip(): _text(grid, row, 1)
        for (row, column), content in grid.items()
        if column == 0
    }


def _of_front(front: Mapping[str, str], filled: ReturnFilled) -> Iterator[Difference]:
    wanted = {
        about.YEAR: str(filled.year),
        about.COUNTRY: filled.country,
        about.VERSION: filled.version,
    }
    for name, value in wanted.items():
        if front.get(name, "") != value:
            found = front.get(name, "")
            yield Difference(Kind.OTHER_RETURN, about.FRONT, "", name, value, found)


def _sheet_of(table: Table) -> str:
    letter = table.table_id[:1]
    return layout.GROUPS.get(letter, letter)


def _text(grid: Grid, row: int, column: int) -> str:
    content = grid.get((row, column))
    return content.text.strip() if content else ""


class _SheetReader:
    """The reading of one sheet, while it goes on."""

    def __init__(self, name: str, grid: Grid, tables: list[Table]) -> None:
        self.name = name
        self.grid = grid
        self.tables = {table.table_id: table for table in tables}
        self.found: dict[str, _Found] = {}
        # Key, count, source and words of each cell that people fill.
        self.entered: list[tuple[str, int | None, str, str]] = []

    def differences(self, places: Mapping[str, Place]) -> Iterator[Difference]:
        """Walk the sheet, then every cell that should stand in it."""
        yield from self._walk()
        for table in self.tables.values():
            found = self.found.get(table.table_id, _Found())
            for cell in table.cells():
                yield from self._of_cell(table, cell, found, places)

    def _walk(self) -> Iterator[Difference]:
        """Find tables, columns and rows; name what is not known."""
        current: Table | None = None
        last = max((row for row, _ in self.grid), default=-1)
        for row in range(last + 1):
            code = _text(self.grid, row, 0)
            if code in self.tables:
                current = self.tables[code]
                self.found[code] = _Found()
            elif current is not None and code == layout.CODE:
                self.found[current.table_id].columns = self._columns(row)
            elif code and current is not None and current.spec.row(code):
                self.found[current.table_id].rows[code] = row
            elif code or self._has_counts(row, current):
                kind = Kind.UNKNOWN_ROW if current else Kind.UNKNOWN_TABLE
                words = _text(self.grid, row, 1)
                key = f"{current.table_id}:{code}" if current else code
                yield Difference(kind, self.name, f"A{row + 1}", key, "", words)

    def _columns(self, row: int) -> dict[str, int]:
        known = {words: code for code, words in layout.COLUMN_WORDS.items()}
        known[layout.SOURCE] = layout.SOURCE
        return {
            known[content.text.strip()]: column
            for (at, column), content in self.grid.items()
            if at == row and column >= layout.FIRST and content.text.strip() in known
        }

    def _has_counts(self, row: int, current: Table | None) -> bool:
        """Tell whether a row without a code holds numbers in a table."""
        found = self.found.get(current.table_id) if current else None
        columns = found.columns.items() if found else ()
        wide = (column for code, column in columns if code != layout.SOURCE)
        return any(_text(self.grid, row, column) for column in wide)

    def _of_cell(
        self, table: Table, cell: Cell, found: _Found, places: Mapping[str, Place]
    ) -> Iterator[Difference]:
        if cell.row not in found.rows or cell.column not in found.columns:
            yield Difference(
                Kind.MISSING, self.name, "", cell.key, _said(cell.value, cell.text), ""
            )
            return
        row, column = found.rows[cell.row], found.columns[cell.column]
        here = Place(self.name, row, column)
        content = self.grid.get((row, column))
        formula = layout.sum_formula(table.spec, cell, places)
        if formula and layout.adds_up(table, cell):
            is_due = self._is_due(table, cell, found)
            for each in self._of_formula(cell, here, (content, formula), places):
                is_bare = each.kind is Kind.CHANGED and not each.now and is_due
                yield replace(each, kind=Kind.NOT_CALCULATED) if is_bare else each
            return
        now = content.text.strip() if content else ""
        was = _said(cell.value, cell.text)
        if now == was or ("TEXT" not in table.spec.columns and _same(now, cell.value)):
            return
        is_text = "TEXT" in table.spec.columns
        kind = Kind.CHANGED if is_text or _is_count(now) else Kind.NOT_A_COUNT
        yield Difference(kind, self.name, here.reference, cell.key, was, now)
        declared = table.spec.row(cell.row)
        if kind is Kind.CHANGED and declared and declared.origin is From.ENTERED:
            source = _text(self.grid, row, found.columns.get(layout.SOURCE, -1))
            self._keep(cell.key, now, source, is_text=is_text)

    def _is_due(self, table: Table, cell: Cell, found: _Found) -> bool:
        """Tell whether the formula of a sum would give one if it were calculated."""
        told = 0
        summed = layout.keys_summed(table.spec, cell)
        for _, row, column in map(split_key, summed):
            if row in found.rows and column in found.columns:
                part = self.grid.get((found.rows[row], found.columns[column]))
                told += part is not None and bool(part.text.strip() or part.formula)
        return told >= layout.least_told(table.spec, cell)

    def _keep(self, key: str, now: str, source: str, *, is_text: bool) -> None:
        if now:
            value = None if is_text else release.count_of(now)
            text = now if is_text else ""
            self.entered.append((key, value, source, text))

    def _of_formula(
        self,
        cell: Cell,
        here: Place,
        found: tuple[Content | None, str],
        places: Mapping[str, Place],
    ) -> Iterator[Difference]:
        content, wanted = found
        where = (self.name, here.reference, cell.key)
        was = _said(cell.value, "")
        if content is None or content.formula is None:
            now = content.text.strip() if content else ""
            yield Difference(Kind.OVERWRITTEN, *where, f"{wanted} ({was})", now)
        elif not _is_same_formula(content.formula, wanted, cell, (here, places)):
            now = f"={content.formula} ({content.text})"
            yield Difference(Kind.ALTERED_FORMULA, *where, f"{wanted} ({was})", now)
        elif not _same(content.text.strip(), cell.value):
            yield Difference(Kind.CHANGED, *where, was, content.text.strip())


def _is_same_formula(
    found: str, wanted: str, cell: Cell, seen: tuple[Place, Mapping[str, Place]]
) -> bool:
    """Compare formulas; rows that moved are not compared cell by cell."""
    here, places = seen
    plain = found.replace("$", "").replace(" ", "").upper()
    if not plain or plain == wanted.removeprefix("=").upper():
        return True
    return here.row != places[cell.key].row and plain.startswith("IF(COUNT(")


def _said(value: int | None, text: str) -> str:
    return text or ("" if value is None else str(value))


def _same(text: str, value: int | None) -> bool:
    return _is_count(text) and release.count_of(text) == value


def _is_count(text: str) -> bool:
    try:
        release.count_of(text)
    except InvalidInput:
        return False
    return True
