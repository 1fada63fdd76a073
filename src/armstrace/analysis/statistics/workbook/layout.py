"""The return laid out table by table, totals as formulas.

Column A holds the code of each row, so that the workbook can be read back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from armstrace.analysis.statistics.indicator import IndicatorValue
from armstrace.analysis.statistics.questionnaire.declared import (
    From,
    RowSpec,
    TableSpec,
)
from armstrace.analysis.statistics.questionnaire.filled import (
    Cell,
    ReturnFilled,
    Table,
    WhyBlank,
)
from armstrace.analysis.statistics.workbook import about, cells, verdicts
from armstrace.analysis.statistics.workbook.cells import (
    NOTHING,
    Book,
    Line,
    Place,
    Sheet,
    SheetCell,
    line,
)

GROUPS = {
    "A": "A Totals",
    "B": "B Arms",
    "C": "C Circumstances",
    "5": "5 Tracing",
    "E": "E Criminal justice",
    "F": "F Follow-up",
    "G": "G Significant seizures",
    "H": "H Routes",
    "I": "I Context",
    "X": "X Left out",
}
COLUMN_WORDS = {
    "SEIZED": "Seized",
    "FOUND": "Found",
    "SURRENDERED": "Surrendered",
    "OTHERWISE": "On file otherwise",
    "MALE": "Male",
    "FEMALE": "Female",
    "UNKNOWN": "Not known",
    "TOTAL": "Total",
    "TEXT": "Text",
}
CODE, ROW, CHECK, SOURCE, NOTE = "Code", "Row", "Check", "Source", "Note"
FIRST = 2  # column of the first count
OK, WRONG, UNTOLD = "ok", "does not add up", verdicts.UNTOLD
LATEST = 9999  # release whose spelling is shown: the latest one known


@dataclass(frozen=True, slots=True)
class Told:
    """What a workbook says beside the return itself."""

    figures: Sequence[IndicatorValue] = ()
    # When and by whom, as words.
    made: str = ""
    # Cells that changed since the return was last kept: key, then, now.
    revised: Sequence[about.Revised] = ()
    # Of which state the last one was; empty where none was kept.
    since: str = ""


def book_of(filled: ReturnFilled, told: Told) -> Book:
    """Lay a return out as a workbook.

    Source:
        UNODC illicit arms flows questionnaire, statistical data file: tables
        whose totals can be checked on the spot.
    """
    groups = _groups(filled)
    places = dict(_places(groups))
    sheets = [about.front(filled, told.made)]
    sheets += [_group_sheet(name, tables, places) for name, tables in groups.items()]
    sheets += [
        about.indicator(told.figures),
        about.checks(filled, places),
        *([about.revisions(told.revised, told.since)] if told.since else []),
        about.definitions(filled),
    ]
    return Book(tuple(sheets), f"Illicit arms flows {filled.year}", places)


def sum_formula(table: TableSpec, cell: Cell, places: Mapping[str, Place]) -> str:
    """Give the formula of a cell that adds others up; empty for a plain cell.

    Where every cell that it adds is blank, so is the sum: a blank is no zero.
    Of stated figures, one blank cell leaves it blank.
    """
    summed = keys_summed(table, cell)
    if not summed:
        return ""
    found = [places[key] for key in summed]
    same_row = len({each.row for each in found}) == 1 and len(found) > 1
    inside = cells.beside(found) if same_row else cells.ranges(found)
    too_few = f"<{len(summed)}" if _is_stated(table, cell) else "=0"
    return f'=IF(COUNT({inside}){too_few},"",SUM({inside}))'


def least_told(table: TableSpec, cell: Cell) -> int:
    """Count how many of its parts a sum needs before it is one."""
    return len(keys_summed(table, cell)) if _is_stated(table, cell) else 1


def _is_stated(table: TableSpec, cell: Cell) -> bool:
    row = table.row(cell.row)
    return row is not None and row.origin is From.ENTERED


def keys_summed(table: TableSpec, cell: Cell) -> tuple[str, ...]:
    """Name the cells that a cell adds up; none for a plain one."""
    row = table.row(cell.row)
    if row and row.sums:
        return tuple(f"{cell.table}:{code}:{cell.column}" for code in row.sums)
    if table.columns_sum and cell.column == table.columns_sum:
        others = [code for code in table.columns if code != cell.column]
        return tuple(f"{cell.table}:{cell.row}:{code}" for code in others)
    return ()


def adds_up(table: Table, cell: Cell) -> bool:
    """Tell whether a sum is what its cells add up to, all blank or all told."""
    found = {each.key: each.value for each in table.cells()}
    summed = keys_summed(table.spec, cell)
    told = [value for key in summed if (value := found.get(key)) is not None]
    least = least_told(table.spec, cell)
    return cell.value == (sum(told) if len(told) >= least else None)


def _groups(filled: ReturnFilled) -> dict[str, list[Table]]:
    groups: dict[str, list[Table]] = {}
    for table in filled.tables:
        letter = table.table_id[:1]
        groups.setdefault(GROUPS.get(letter, letter), []).append(table)
    return groups


def _height(table: Table) -> int:
    """Count the rows that a table takes: title, note, headings, rows, a gap."""
    return 4 + len(table.rows or table.lines)


def _places(groups: Mapping[str, Sequence[Table]]) -> Iterator[tuple[str, Place]]:
    for name, tables in groups.items():
        top = 0
        for table in tables:
            for number, row in enumerate(table.rows):
                for column, cell in enumerate(row.cells):
                    yield cell.key, Place(name, top + 3 + number, FIRST + column)
            top += _height(table)


def _group_sheet(
    name: str, tables: Iterable[Table], places: Mapping[str, Place]
) -> Sheet:
    lines: list[Line] = []
    for table in tables:
        lines += [_title(table), _note(table)]
        if table.spec.columns:
            lines += _count_rows(table, places)
        else:
            lines += _lines_of(table)
        lines.append(())
    return Sheet(name, tuple(lines), (20, 46, 13, 13, 13, 13, 24, 30, 60))


def _title(table: Table) -> Line:
    return line(table.table_id, table.spec.title, style="title")


def _note(table: Table) -> Line:
    words = [table.spec.note, about.UNVERIFIED if not table.spec.is_verified else ""]
    return (NOTHING, SheetCell(" ".join(filter(None, words)), style="quiet"))


def _count_rows(table: Table, places: Mapping[str, Place]) -> Iterator[Line]:
    heads = [COLUMN_WORDS.get(code, code) for code in table.spec.columns]
    yield line(CODE, ROW, *heads, CHECK, SOURCE, NOTE, style="head")
    for row in table.rows:
        declared = table.spec.row(row.code)
        yield (
            SheetCell(row.code, style="code"),
            SheetCell(row.label, style="total" if row.is_sum else ""),
            *(_cell(table, cell, places) for cell in row.cells),
            _check(table, row.cells, places),
            SheetCell(_join(cell.source for cell in row.cells), style="wrapped"),
            SheetCell(_remarks(row.cells, declared), style="wrapped"),
        )


def _cell(table: Table, cell: Cell, places: Mapping[str, Place]) -> SheetCell:
    if cell.text:
        return SheetCell(cell.text, style="wrapped")
    comment = str(cell.note)
    if cell.is_blank and cell.why_blank:
        comment = f"Blank: {cell.why_blank.label}. {cell.note}".strip()
    formula = sum_formula(table.spec, cell, places)
    if formula and adds_up(table, cell):
        value = "" if cell.value is None else cell.value
        return SheetCell(value, formula, comment, "total")
    style = "blank" if cell.is_blank else "count"
    return SheetCell(cell.value, comment=comment, style=style)


def _check(table: Table, row: Sequence[Cell], places: Mapping[str, Place]) -> SheetCell:
    """Say beside each row whether it holds, by a formula that recomputes."""
    tests, waits, verdicts = [], [], []
    for cell in row:
        here = places[cell.key].reference
        formula = sum_formula(table.spec, cell, places)
        if formula:
            inside = formula[len("=IF(COUNT(") : formula.index(',""')]
            inside = inside.rpartition(")")[0]
            adds = f"N({here})=SUM({inside})"
            few = f"COUNT({inside})<{_parts_needed(table, cell)}"
            may_add = f'{few},OR({here}="",SUM({inside})<=N({here}))'
            tests.append(f"OR({adds},AND({may_add}))")
            waits.append(f"AND(COUNT({here},{inside})>0,{may_add})")
            verdicts.append(_verdict(table, cell))
        elif "TEXT" not in table.spec.columns:
            tests.append(f"N({here})>=0,INT(N({here}))=N({here})")
    if not tests:
        return NOTHING
    rest = f'IF(OR({",".join(waits)}),"{UNTOLD}","{OK}")' if waits else f'"{OK}"'
    formula = f'=IF(AND({",".join(tests)}),{rest},"{WRONG}")'
    value = next((each for each in (WRONG, UNTOLD) if each in verdicts), OK)
    return SheetCell(value, formula, style="check")


def _parts_needed(table: Table, cell: Cell) -> int:
    """Count the parts that a sum waits for; as the checks of the return do."""
    parts = _parts(table, cell)
    if any(part.opens_records for part in parts):
        return 0
    return len([p for p in parts if p.why_blank is not WhyBlank.NOT_APPLICABLE])


def _verdict(table: Table, cell: Cell) -> str:
    parts = _parts(table, cell)
    told = [part.value for part in parts if part.value is not None]
    may_add = len(told) < _parts_needed(table, cell) and (
        cell.value is None or sum(told) <= cell.value
    )
    if may_add:
        return UNTOLD if told or cell.value is not None else OK
    return OK if (cell.value or 0) == sum(told) else WRONG


def _parts(table: Table, cell: Cell) -> list[Cell]:
    summed = keys_summed(table.spec, cell)
    return [each for each in table.cells() if each.key in summed]


def _remarks(row: Sequence[Cell], declared: RowSpec | None) -> str:
    blank = [
        f"{COLUMN_WORDS.get(cell.column, cell.column)}: {cell.why_blank.label}."
        for cell in row
        if cell.is_blank and cell.why_blank
    ]
    label = declared.label_in(LATEST) if declared else ""
    words = [f"UNODC: {label}."] if label else []
    return " ".join(
        [*blank, *dict.fromkeys(str(c.note) for c in row if c.note), *words]
    )


def _lines_of(table: Table) -> Iterator[Line]:
    # Numbers of our own records say nothing outside this house.
    names = list(
        dict.fromkeys(
            name
            for each in table.lines
            for name, value in each.items()
            if not isinstance(value, tuple)
        )
    )
    if not names:
        yield line("", "No line is on record for this year.", style="quiet")
        return
    heads = [name.replace("_", " ").capitalize() for name in names]
    yield line(*heads, style="head")
    for each in table.lines:
        yield tuple(
            SheetCell(about.write_field(each.get(name)), style="wrapped")
            for name in names
        )


def _join(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, words)))
