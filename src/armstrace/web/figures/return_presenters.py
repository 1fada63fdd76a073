"""The annual return as its pages show it: tables, cells, checks, changes."""

from collections.abc import Iterator, Mapping, Sequence
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
    WhyBlank,
    split_key,
)
from armstrace.translation import translate
from armstrace.web.drawing import bars
from armstrace.web.figures import cell_names, return_line_presenters

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
        return reverse(name, args=[self.year, *parts]) + self.asked

    @property
    def asked(self) -> str:
        """What an address ends with, where a day was asked for."""
        return f"?{urlencode({'as_of': self.as_of})}" if self.as_of else ""


@dataclass(frozen=True, slots=True)
class CellShown:
    cell: Cell
    # Its records; empty where none stand behind it.
    address: str
    # Where it is entered; empty where it is not.
    enter: str
    why: str
    # Codes of the checks that fail and compare it.
    failing: tuple[str, ...]
    # Number of its source among those of the table; 0 for none.
    note: int = 0


@dataclass(frozen=True, slots=True)
class RowShown:
    code: str
    label: str
    is_sum: bool
    cells: tuple[CellShown, ...]


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table with its headings, and the sources of entered figures as notes.

    ``remarks`` says of a cell what to know of its count; ``enter`` is where its
    numbers are entered at once, empty where they are not.
    """

    table_id: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[RowShown, ...]
    line_columns: tuple[return_line_presenters.Head, ...]
    lines: tuple[tuple[return_line_presenters.Field, ...], ...]
    is_text: bool
    failing: int
    sources: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    enter: str = ""


@dataclass(frozen=True, slots=True)
class CheckShown:
    """A check with its cells, its records and its explanation."""

    found: CheckResult
    meaning: str
    state: str
    sentence: str
    outdated: str
    cells: tuple[tuple[str, str], ...]
    behind: str
    explain: str


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule that holds: how often, and what it found where it is one finding."""

    rule: str
    words: str
    count: int
    sentence: str
    behind: str


def tables(filled: ReturnFilled, viewing: Viewing) -> tuple[TableShown, ...]:
    failing: dict[str, list[str]] = {}
    for check in filled.checks:
        if check.holds is False:
            for key in check.cells:
                failing.setdefault(key, []).append(check.rule)
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


def holding(filled: ReturnFilled, viewing: Viewing) -> tuple[RuleShown, ...]:
    """Give the rules that hold, with how often, and the records that they name."""
    rules: dict[str, list[CheckResult]] = {}
    for check in filled.checks:
        if check.holds:
            rules.setdefault(check.rule, []).append(check)
    return tuple(
        RuleShown(
            rule,
            gettext(found[0].words),
            len(found),
            cell_names.in_words(found[0].sentence) if len(found) == 1 else "",
            _behind(found[0], viewing),
        )
        for rule, found in sorted(rules.items())
    )


def blank_rows(
    filled: ReturnFilled, viewing: Viewing
) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Give the blank cells that can be filled in, each with its words.

    A row is a line of the file that is loaded: table, row, column, value, source.
    """
    for table in tables(filled, viewing):
        for row in table.rows:
            for each in row.cells:
                if each.enter and each.cell.is_blank:
                    key = split_key(each.cell.key)
                    yield (*key, "", "", cell_names.cell_words(each.cell.key))


def silent(filled: ReturnFilled, viewing: Viewing) -> tuple[CheckShown, ...]:
    return tuple(
        each
        for each in checks(filled, viewing)
        if each.found.holds is False and not each.found.explained
    )


def open_checks(filled: ReturnFilled) -> int:
    return sum(c.holds is False and not c.explained for c in filled.checks)


def _table(
    table: Table, viewing: Viewing, failing: Mapping[str, list[str]]
) -> TableShown:
    heads, lines = return_line_presenters.laid_out(
        table.lines, viewing.year, asked=viewing.asked, opens=viewing.opens
    )
    keys = {cell.key for cell in table.cells()}
    sources = tuple(dict.fromkeys(c.source for c in table.cells() if c.source))
    noted = [cell for cell in table.cells() if cell.note]
    numbers = {source: number for number, source in enumerate(sources, 1)}
    return TableShown(
        table.table_id,
        gettext(table.spec.title),
        gettext(table.spec.note) if table.spec.note else "",
        tuple(cell_names.column_words(column) for column in table.spec.columns),
        tuple(
            RowShown(
                row.code,
                gettext(row.label),
                row.is_sum,
                tuple(
                    _cell(
                        cell,
                        viewing,
                        failing=failing.get(cell.key, ()),
                        note=numbers.get(cell.source, 0),
                    )
                    for cell in row.cells
                ),
            )
            for row in table.rows
        ),
        heads,
        lines,
        "TEXT" in table.spec.columns,
        sum(key in failing for key in keys),
        sources,
        tuple((cell_names.cell_words(c.key), translate(c.note)) for c in noted),
        _enter_table(table, viewing),
    )


def enterable(table: Table) -> tuple[Cell, ...]:
    """Give the cells whose numbers people enter; sums are added up from them."""
    left_out = ("TEXT", table.spec.columns_sum)
    return tuple(
        cell
        for row in table.rows
        for cell in row.cells
        if not row.is_sum and cell.column not in left_out and _is_entered(cell)
    )


def _is_entered(cell: Cell) -> bool:
    fits = cell.why_blank is not WhyBlank.NOT_APPLICABLE
    return fits and not cell.opens_records


def _enter_table(table: Table, viewing: Viewing) -> str:
    several = viewing.may_fill and len(enterable(table)) > 1
    parts = [viewing.year, table.table_id]
    return reverse("return-enter-table", args=parts) if several else ""


def _cell(
    cell: Cell, viewing: Viewing, *, failing: Sequence[str], note: int
) -> CellShown:
    opens = viewing.opens and cell.opens_records
    enters = viewing.may_fill and _is_entered(cell)
    return CellShown(
        cell,
        viewing.address("return-records", cell.key) if opens else "",
        reverse("return-enter", args=[viewing.year, cell.key]) if enters else "",
        why_words(cell.why_blank),
        tuple(dict.fromkeys(failing)),
        note,
    )


def why_words(why: WhyBlank | None) -> str:
    if why is WhyBlank.ENTERED_BY_OTHERS:
        return gettext("to be entered")
    return gettext(why.label) if why else gettext("blank")


def _behind(found: CheckResult, viewing: Viewing) -> str:
    opens = viewing.opens and found.behind
    return viewing.address("return-records", found.behind) if opens else ""


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
    explains = viewing.may_fill and found.holds is False
    path = reverse("return-explain", args=[viewing.year])
    return CheckShown(
        found,
        meaning,
        state,
        cell_names.in_words(found.sentence),
        cell_names.in_words(found.outdated),
        tuple(
            (cell_names.cell_words(key), viewing.address("return-records", key))
            for key in found.cells
            if viewing.opens and _opens(filled.cell(key))
        ),
        _behind(found, viewing),
        f"{path}?{urlencode({'finding': found.key})}" if explains else "",
    )


def _opens(cell: Cell | None) -> bool:
    return cell is not None and cell.opens_records


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
