"""A return as it is filled: cells, what they rest on, and one hash of it all."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from armstrace.analysis.statistics.questionnaire.declared import TableSpec
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.messages import NOTHING, Message


class WhyBlank(Code):
    """Why a cell is blank; a blank is never a zero."""

    NOT_RECORDED = "NOT_RECORDED", "not recorded"
    NOT_APPLICABLE = "NOT_APPLICABLE", "not applicable"
    WITHHELD = "WITHHELD", "withheld"
    ENTERED_BY_OTHERS = "ENTERED_BY_OTHERS", "to be entered with its source"


class Origin(Code):
    """Where the value of a cell comes from."""

    RECORDS = "RECORDS", "counted from records"
    ENTERED = "ENTERED", "entered"
    LOADED = "LOADED", "loaded from a file"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Args:
        table: Id of its table.
        row: Code of its row.
        column: Code of its column.
        value: The count; None where it is blank or holds text.
        why_blank: Why it is blank; None where it is not.
        origin: Where its value comes from.
        source: What was named as its source; empty for records.
        text: Words, in a table of text.
        note: What to know about the count, one sentence.
    """

    table: str
    row: str
    column: str
    value: int | None = None
    why_blank: WhyBlank | None = None
    origin: Origin = Origin.RECORDS
    source: str = ""
    text: str = ""
    note: Message = NOTHING

    @property
    def key(self) -> str:
        """The name of the cell: ``B1:PISTOL:SEIZED``."""
        return cell_key(self.table, self.row, self.column)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return self.value is None and not self.text

    @property
    def opens_records(self) -> bool:
        return self.value is not None and self.origin is Origin.RECORDS

    @property
    def takes_entry(self) -> bool:
        """Whether people fill it in, for records do not and it can be filled."""
        fits = self.why_blank is not WhyBlank.NOT_APPLICABLE
        return fits and not self.opens_records


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its cells, in the order of the columns."""

    code: str
    label: str
    cells: tuple[Cell, ...]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table as filled; ``spec`` says what it is."""

    spec: TableSpec
    # Its rows; empty for a table of lines.
    rows: tuple[Row, ...] = ()
    # Lines of a table that is a list (G, H), each by field.
    lines: tuple[Mapping[str, "Field"], ...] = ()

    @property
    def table_id(self) -> str:
        return self.spec.table_id

    def cell(self, row: str, column: str) -> Cell | None:
        wanted = cell_key(self.table_id, row, column)
        return next((each for each in self.cells() if each.key == wanted), None)

    def cells(self) -> Iterable[Cell]:
        return (cell for row in self.rows for cell in row.cells)


type Field = str | int | date | tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found.

    Args:
        rule: Code of the check.
        words: What holds where it holds.
        sentence: What was found, with the numbers.
        holds: Whether it holds; None where it cannot be told.
        cells: Keys of the cells compared.
        behind: Key of the list of records behind a failure; empty where none
            is kept. ``cell_records`` opens it like a cell.
        differs_by: How far apart the two sides are; 0 where that says nothing.
        explained: Reason code of an explanation; empty where there is none.
        explanation: Its words.
        outdated: What an explanation was given for, where the figures have
            changed since and it does not hold for these; empty otherwise.
    """

    rule: str
    words: str
    sentence: Message
    holds: bool | None
    cells: tuple[str, ...] = ()
    behind: str = ""
    differs_by: int = 0
    explained: str = ""
    explanation: str = ""
    outdated: Message = NOTHING

    @property
    def key(self) -> str:
        """The name of the finding: its rule and its cells."""
        return "|".join((self.rule, *self.cells))


@dataclass(frozen=True, slots=True)
class ReturnFilled:
    """The return of one year.

    Args:
        year: Reference year: the year in which the items were recovered.
        country: ISO 3166-1 alpha-2 code.
        as_of: The state of knowledge; None for now.
        version: Version of the questionnaire file.
        tables: All tables, in the order of the file.
        checks: What the checks found.
        left_out: Records outside the tables, by reason.
    """

    year: int
    country: str
    as_of: datetime | None
    version: str
    tables: tuple[Table, ...]
    checks: tuple[CheckResult, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)

    def table(self, table_id: str) -> Table | None:
        return next((each for each in self.tables if each.table_id == table_id), None)

    def cell(self, key: str) -> Cell | None:
        table, row, column = split_key(key)
        found = self.table(table)
        return found.cell(row, column) if found else None

    def opens(self, key: str) -> bool:
        """Tell whether records stand behind a cell."""
        cell = self.cell(key)
        return cell is not None and cell.opens_records

    @property
    def has_records(self) -> bool:
        """Whether records stand behind any of its cells."""
        return any(each.opens_records for t in self.tables for each in t.cells())

    @property
    def content_hash(self) -> str:
        """SHA-256 of the canonical text of what the return says."""
        return hashlib.sha256(canonical(self).encode()).hexdigest()


def blanks_awaited(parts: Iterable[Cell]) -> list[Cell]:
    """Give the blank parts that keep a sum of stated figures from being told.

    Where records stand behind a part, what they do not hold adds nothing.
    """
    cells = list(parts)
    if any(part.opens_records for part in cells):
        return []
    return [
        part
        for part in cells
        if part.is_blank and part.why_blank is not WhyBlank.NOT_APPLICABLE
    ]


def cell_key(table: str, row: str, column: str) -> str:
    """Name a cell: ``B1:PISTOL:SEIZED``."""
    return f"{table}:{row}:{column}"


def split_key(key: str) -> tuple[str, str, str]:
    """Take the name of a cell apart; empty parts where it is not one."""
    parts = key.split(":")
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else ("", "", "")


def canonical(filled: ReturnFilled) -> str:
    """Write what a return says as one text: sorted keys, no spaces.

    When it was filled and as known when are left out, so that the same content
    has the same hash.
    """
    explanations = {
        each.key: [each.explained, each.explanation]
        for each in filled.checks
        if each.explained
    }
    return _text({**_figures(filled), "explanations": explanations})


def is_same(one: ReturnFilled, other: ReturnFilled) -> bool:
    """Tell whether two returns hold the same figures, explained or not."""
    return _text(_figures(one)) == _text(_figures(other))


def _figures(filled: ReturnFilled) -> dict[str, object]:
    return {
        "year": filled.year,
        "country": filled.country,
        "version": filled.version,
        "cells": {
            cell.key: said(cell) for table in filled.tables for cell in table.cells()
        },
        "lines": {
            table.table_id: [dict(line) for line in table.lines]
            for table in filled.tables
            if table.lines
        },
    }


def _text(content: Mapping[str, object]) -> str:
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), default=str, ensure_ascii=False
    )


def said(cell: Cell) -> list[str | int | None]:
    """Give what a cell says, for the canonical text and for keeping.

    Args:
        cell: A cell; its note is not part of what it says.
    """
    why = cell.why_blank.value if cell.why_blank else ""
    return [cell.value, why, cell.origin.value, cell.source, cell.text]
