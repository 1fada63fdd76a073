"""The annual return as its pages show it: tables, cells, checks, changes."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from armstrace.analysis.statistics.questionnaire.filled import (
    Cell,
    CheckResult,
    ReturnFilled,
    Row,
    Table,
    split_key,
)
from armstrace.web import cell_names
from armstrace.web.drawing import bars
from armstrace.web.figures import return_line_presenters

DRAWN = ("B1", "B2", "B3", "C1", "C2", "C3")


@dataclass(frozen=True, slots=True)
class Viewing:
    """How a return is looked at."""

    year: int
    # The day asked for, as typed; empty for now.
    as_of: str = ""
    # Whether cells that records do not fill can be entered here.
    may_fill: bool = False
    # Whether cells open their records; those of a kept return do not.
    opens: bool = True

    def address(self, name: str, *parts: object) -> str:
        return reverse(name, args=[self.year, *parts]) + self.as_of_query

    @property
    def as_of_query(self) -> str:
        """What an address ends with, where a day was asked for."""
        return f"?{urlencode({'as_of': self.as_of})}" if self.as_of else ""


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table as filled, with what stands beside its cells."""

    filled: Table
    # Number of each source of entered figures, from 1.
    sources: Mapping[str, int]
    # Codes of the checks that fail and compare a cell, by its key.
    failing: Mapping[str, Collection[str]]
    heads: tuple[return_line_presenters.Head, ...]
    lines: tuple[tuple[return_line_presenters.Field, ...], ...]
    # Where its numbers are entered at once; empty where they are not.
    enter: str


@dataclass(frozen=True, slots=True)
class CheckShown:
    """A check with the colour and words of its state, and cells that open."""

    found: CheckResult
    meaning: str
    state: str
    cells: tuple[str, ...]


def tables(filled: ReturnFilled, viewing: Viewing) -> tuple[TableShown, ...]:
    failing: dict[str, dict[str, None]] = {}
    for check in filled.checks:
        if check.holds is False:
            for key in check.cells:
                failing.setdefault(key, {})[check.rule] = None
    return tuple(_table(each, viewing, failing) for each in filled.tables)


def table_bars(
    filled: ReturnFilled, viewing: Viewing
) -> list[tuple[str, str, bars.Bars]]:
    """Draw the tables by type, condition, marking, place, ground and context."""
    drawn = []
    for name in DRAWN:
        table = filled.table(name)
        if table is not None:
            counts = [_bar(row.label, row.cells[0], viewing) for row in _leaves(table)]
            whole = _whole(filled) if table.spec.is_multiple else None
            title = gettext(table.spec.title)
            drawn.append((name, title, bars.draw(counts, whole=whole)))
    return drawn


def checks(filled: ReturnFilled, viewing: Viewing) -> tuple[CheckShown, ...]:
    """Give the checks that do not hold, those without an explanation first."""
    found = [check for check in filled.checks if not check.holds]
    ranked = sorted(found, key=lambda c: (c.holds is None, bool(c.explained), c.rule))
    return tuple(_check(each, filled, viewing) for each in ranked)


def holding(filled: ReturnFilled) -> list[tuple[str, list[CheckResult]]]:
    """Give the rules that hold, each with what it found."""
    rules: dict[str, list[CheckResult]] = {}
    for check in filled.checks:
        if check.holds:
            rules.setdefault(check.rule, []).append(check)
    return sorted(rules.items())


def blank_rows(filled: ReturnFilled) -> Iterator[tuple[str, ...]]:
    """Give the blank cells that can be filled in, each with its words.

    A row is a line of the file that is loaded: table, row, column, value, source.
    """
    for table in filled.tables:
        for cell in table.cells():
            if cell.takes_entry and cell.is_blank:
                words = cell_names.cell_words(cell.key)
                yield (*split_key(cell.key), "", "", words)


def silent(filled: ReturnFilled, viewing: Viewing) -> tuple[CheckShown, ...]:
    return tuple(
        each
        for each in checks(filled, viewing)
        if each.found.holds is False and not each.found.explained
    )


def open_checks(filled: ReturnFilled) -> int:
    return sum(c.holds is False and not c.explained for c in filled.checks)


def _table(
    table: Table, viewing: Viewing, failing: Mapping[str, Collection[str]]
) -> TableShown:
    heads, lines = return_line_presenters.laid_out(
        table.lines, viewing.year, asked=viewing.as_of_query, opens=viewing.opens
    )
    sources = dict.fromkeys(c.source for c in table.cells() if c.source)
    several = viewing.may_fill and len(enterable(table)) > 1
    parts = [viewing.year, table.table_id]
    return TableShown(
        table,
        {source: number for number, source in enumerate(sources, 1)},
        failing,
        heads,
        lines,
        reverse("return-enter-table", args=parts) if several else "",
    )


def enterable(table: Table) -> tuple[Cell, ...]:
    """Give the cells whose numbers people enter; sums are added up from them."""
    left_out = ("TEXT", table.spec.columns_sum)
    return tuple(
        cell
        for row in table.rows
        for cell in row.cells
        if not row.is_sum and cell.column not in left_out and cell.takes_entry
    )


def _check(found: CheckResult, filled: ReturnFilled, viewing: Viewing) -> CheckShown:
    if found.holds is None:
        meaning, state = "", gettext("cannot be told")
    elif found.explained:
        meaning, state = "waiting", gettext("explained")
    elif found.outdated:
        words = gettext("explained for earlier figures; check again")
        meaning, state = "overdue", words
    else:
        meaning, state = "overdue", gettext("fails")
    opening = (key for key in found.cells if viewing.opens and filled.opens(key))
    return CheckShown(found, meaning, state, tuple(opening))


def _leaves(table: Table) -> list[Row]:
    return [row for row in table.rows if not row.is_sum]


def _bar(label: str, cell: Cell, viewing: Viewing) -> bars.Count:
    opens = cell.opens_records and bool(cell.value)
    note = gettext(cell.why_blank.label) if cell.why_blank else ""
    address = viewing.address("return-records", cell.key) if opens else ""
    return bars.Count(gettext(label), cell.value, address, note)


def _whole(filled: ReturnFilled) -> int | None:
    cell = filled.cell("A2:TOTAL:SEIZED")
    return cell.value if cell else None
