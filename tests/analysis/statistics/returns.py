"""Returns built by hand, for tests of what leaves the house."""

import random
from collections.abc import Mapping
from datetime import date

from armstrace.analysis.statistics.questionnaire import declared, filled
from armstrace.analysis.statistics.questionnaire.filled import (
    Cell,
    CheckResult,
    Origin,
    ReturnFilled,
    Row,
    Table,
    WhyBlank,
)

ASKED = declared.questionnaire()
LINES = {
    "G": ({"date": date(2024, 3, 1), "place": "Porto Velho", "arms": 12},),
    "H": ({"departure": "XA", "destination": "XV", "arms": 3},),
}


def a_return(
    counts: Mapping[str, int | None] | None = None, *, seed: int = 0, blanks: float = 0
) -> ReturnFilled:
    """Fill every table: leaves by chance, sums by what they add up.

    Args:
        counts: Cells that are given, by key.
        seed: Of the chance.
        blanks: Share of leaves that are blank.
    """
    chance = random.Random(seed)
    values: dict[str, int | None] = {}
    for table in ASKED.tables:
        for row in table.leaves:
            for column in table.columns:
                key = filled.cell_key(table.table_id, row.code, column)
                drawn = None if chance.random() < blanks else chance.randint(0, 40)
                values[key] = (counts or {}).get(key, drawn)
        _add_up(table, values)
    tables = tuple(_table(each, values) for each in ASKED.tables)
    return ReturnFilled(2024, "XV", None, ASKED.version, tables, checks(values))


def _add_up(table, values):
    for row in table.rows:
        for column in table.columns:
            summed = [
                filled.cell_key(table.table_id, code, column) for code in row.sums
            ]
            if not summed and table.columns_sum == column:
                summed = [
                    filled.cell_key(table.table_id, row.code, other)
                    for other in table.columns
                    if other != column
                ]
            if summed:
                told = [values[key] for key in summed if values[key] is not None]
                key = filled.cell_key(table.table_id, row.code, column)
                least = len(summed) if row.origin is declared.From.ENTERED else 1
                values[key] = sum(told) if len(told) >= least else None


def _table(spec, values):
    return Table(
        spec,
        tuple(
            Row(
                row.code,
                row.label,
                tuple(_cell(spec, row, column, values) for column in spec.columns),
                bool(row.sums),
            )
            for row in spec.rows
        ),
        LINES.get(spec.table_id, ()),
    )


def _cell(spec, row, column, values):
    key = filled.cell_key(spec.table_id, row.code, column)
    if column == "TEXT":
        text = "The police, customs" if row.code == "AUTHORITIES" else ""
        why = None if text else WhyBlank.ENTERED_BY_OTHERS
        return Cell(
            spec.table_id, row.code, column, None, why, Origin.ENTERED, text=text
        )
    value = values[key]
    by_people = row.origin is declared.From.ENTERED
    return Cell(
        spec.table_id,
        row.code,
        column,
        value,
        WhyBlank.NOT_RECORDED if value is None else None,
        Origin.ENTERED if by_people else Origin.RECORDS,
        "Ministry of Justice" if by_people and value is not None else "",
    )


def checks(values):
    left, right = "A2:TOTAL:SEIZED", "B1:TOTAL:SEIZED"
    one, other = values[left] or 0, values[right] or 0
    return (
        CheckResult(
            "CK-03",
            "Totals of the same arms agree across tables.",
            f"{left} is {one}, {right} is {other}.",
            one == other,
            (left, right),
            differs_by=other - one,
            explained="" if one == other else "COVERAGE",
            explanation="" if one == other else "Customs file by type alone.",
        ),
    )
