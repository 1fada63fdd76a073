"""Fill every table from one pass over plain columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.statistics import scope
from armstrace.analysis.statistics.questionnaire.columns import (
    Codes,
    Columns,
    Standing,
    columns_of,
    standing,
)
from armstrace.analysis.statistics.questionnaire.crosswalk import Decider
from armstrace.analysis.statistics.questionnaire.declared import (
    From,
    Measure,
    Questionnaire,
    RowSpec,
    TableSpec,
)
from armstrace.analysis.statistics.questionnaire.entering import StatedFigure
from armstrace.analysis.statistics.questionnaire.filled import (
    Cell,
    Field,
    Origin,
    Row,
    Table,
    WhyBlank,
    blanks_awaited,
    cell_key,
    split_key,
)
from armstrace.vocabulary.messages import NOTHING, counted

COLUMN = "recovery_kind"
NOT_TOLD = ("", "UNKNOWN")
NO_COLUMNS = columns_of((), ())


@dataclass(frozen=True, slots=True)
class Entered(StatedFigure):
    """What was entered or loaded for a cell."""

    origin: Origin = Origin.ENTERED


@dataclass(frozen=True, slots=True)
class Recorded:
    """All that the records of a year say, as plain columns."""

    # Columns by kind of item: ``ARM``, ``PART``, ``AMMUNITION``, ``CASE``, ``FATE``.
    items: Mapping[str, Columns]
    # How each dimension is decided; ``exclusion`` among them.
    deciders: Mapping[str, Decider]
    lines: Mapping[str, tuple[Mapping[str, Field], ...]] = field(default_factory=dict)


def tables_filled(
    asked: Questionnaire, recorded: Recorded, entered: Mapping[str, Entered]
) -> tuple[Table, ...]:
    """Fill the questionnaire; what is not recorded stays blank.

    Args:
        entered: What was entered or loaded, by the key of its cell; it fills
            only what records leave blank, or withholds.

    Source:
        UNODC illicit arms flows questionnaire; metadata of SDG indicator 16.4.2
        (2018), definitions.
    """
    counting = _Counting(recorded)
    return tuple(_table(each, counting, entered) for each in asked.tables)


def free_of_exclusions(columns: Columns, decider: Decider) -> Codes:
    """Give 1 for each group that counts for 16.4.2, 0 for one left out.

    Source:
        Metadata of SDG indicator 16.4.2 (2018), concepts and definitions.
    """
    reasons = tuple(RowSpec(each.value, "", {}) for each in scope.Exclusion)
    out = standing(columns, decider, reasons)
    free: Codes = (~out.rows.any(axis=0)).astype(np.int64)[out.places]
    return free


def number_in(
    asked: Questionnaire, recorded: Recorded, key: str, others: Sequence[str] = ()
) -> int:
    """Count the arms that stand in one cell and in none of some others.

    Args:
        key: Key of a leaf of a table with a dimension.
    """
    counting = _Counting(recorded)
    stands = counting.members(asked, key)
    for other in others:
        stands = stands & ~counting.members(asked, other)
    return int((stands * counting.recorded.items["ARM"].counts).sum())


class _Counting:
    """The columns of a year, with what was already decided on them."""

    def __init__(self, recorded: Recorded) -> None:
        self.recorded = recorded
        self._standing: dict[tuple[object, ...], Standing] = {}
        self._counted: dict[str, Codes] = {}

    def columns(self, spec: TableSpec) -> Columns:
        return self.recorded.items.get(spec.population.items, NO_COLUMNS)

    def standing(self, spec: TableSpec) -> Standing:
        leaves = tuple(row.code for row in spec.leaves)
        key = (spec.population.items, spec.dimension, leaves)
        if key not in self._standing:
            decider = self.recorded.deciders[spec.dimension]
            self._standing[key] = standing(self.columns(spec), decider, spec.leaves)
        return self._standing[key]

    def members(self, asked: Questionnaire, key: str) -> NDArray[np.bool_]:
        """Tell for each group of arms whether it stands in a leaf."""
        table, row, column = split_key(key)
        spec = asked.table(table)
        place = [leaf.code for leaf in spec.leaves].index(row) if spec else 0
        if spec is None:
            return np.zeros(0, bool)
        within = _in_column(self.columns(spec), column) * self.is_counted(spec)
        stands = self.standing(spec)
        found: NDArray[np.bool_] = stands.rows[place][stands.places] & (within > 0)
        return found

    def is_counted(self, spec: TableSpec) -> Codes:
        """Give 1 for each group that counts, 0 for one that is left out."""
        items = spec.population.items
        if items not in self._counted:
            decider = self.recorded.deciders["exclusion"]
            columns = self.columns(spec)
            has_all = all(name in columns.values for name in decider.columns)
            free = np.ones(len(columns), np.int64)
            self._counted[items] = (
                free_of_exclusions(columns, decider) if has_all else free
            )
        counted = self._counted[items]
        return counted if spec.population.is_counted else 1 - counted


def _table(
    spec: TableSpec, counting: _Counting, entered: Mapping[str, Entered]
) -> Table:
    if spec.origin is From.LISTED:
        return Table(spec, lines=counting.recorded.lines.get(spec.table_id, ()))
    counted: dict[str, Cell] = {}
    if spec.population.items:
        for column in spec.columns:
            counted |= {cell.key: cell for cell in _count(spec, column, counting)}
    leaves = {
        (row.code, column): _leaf(spec, row, column, counted, entered)
        for row in spec.leaves
        for column in spec.columns
    }
    return Table(spec, tuple(_row(spec, row, leaves, entered) for row in spec.rows))


def _leaf(
    spec: TableSpec,
    row: RowSpec,
    column: str,
    counted: Mapping[str, Cell],
    entered: Mapping[str, Entered],
) -> Cell:
    key = cell_key(spec.table_id, row.code, column)
    blank = WhyBlank.ENTERED_BY_OTHERS
    cell = Cell(spec.table_id, row.code, column, why_blank=blank)
    if row.origin is From.RECORDS:
        cell = counted.get(key, cell)
    return overlaid(cell, entered.get(key))


def overlaid(cell: Cell, given: Entered | None) -> Cell:
    """Lay what was entered over a cell: it fills a blank or withholds a count."""
    if given is None or (not cell.is_blank and given.why_blank is None):
        return cell
    return replace(
        cell,
        value=given.value,
        why_blank=given.why_blank,
        origin=given.origin,
        source=given.source,
        text=given.text,
        note=NOTHING,
    )


def _row(
    spec: TableSpec,
    row: RowSpec,
    leaves: Mapping[tuple[str, str], Cell],
    entered: Mapping[str, Entered],
) -> Row:
    if row.sums:
        cells = {
            column: _sum_up(
                Cell(spec.table_id, row.code, column),
                [leaves[code, column] for code in row.sums],
                entered,
            )
            for column in spec.columns
        }
    else:
        cells = {column: leaves[row.code, column] for column in spec.columns}
    if spec.columns_sum:
        last = cells[spec.columns_sum]
        parts = [cells[name] for name in spec.columns if name != spec.columns_sum]
        if last.is_blank and last.why_blank is not WhyBlank.WITHHELD:
            cells[spec.columns_sum] = _sum_up(last, parts, entered)
    return Row(row.code, row.label, tuple(cells.values()), bool(row.sums))


def _sum_up(cell: Cell, parts: list[Cell], entered: Mapping[str, Entered]) -> Cell:
    """Add up what is there; blank where nothing is, or a part must be waited for."""
    given = entered.get(cell.key)
    if given is not None:
        return overlaid(replace(cell, value=None), given)
    reasons = [part.why_blank for part in parts if part.is_blank]
    if WhyBlank.WITHHELD in reasons:
        return replace(cell, value=None, why_blank=WhyBlank.WITHHELD)
    found = [part for part in parts if part.value is not None]
    waits = blanks_awaited(parts)
    if waits or not found:
        reasons = [part.why_blank for part in waits] or reasons
        why = reasons[0] if reasons else WhyBlank.NOT_RECORDED
        return replace(cell, value=None, why_blank=why)
    total = sum(part.value for part in found if part.value is not None)
    typed = next((p for p in found if p.origin is not Origin.RECORDS), found[0])
    return replace(
        cell, value=total, why_blank=None, origin=typed.origin, source=typed.source
    )


def _count(spec: TableSpec, column: str, counting: _Counting) -> Iterable[Cell]:
    columns = counting.columns(spec)
    here = _in_column(columns, column)
    blank = Cell(spec.table_id, "", column, why_blank=WhyBlank.NOT_RECORDED)
    if not (here * columns.counts).any():
        return [replace(blank, row=row.code) for row in spec.leaves]
    within = here * counting.is_counted(spec)
    if not spec.dimension:
        return [_total(spec, blank, columns, within)]
    stands = counting.standing(spec)
    members = stands.counts(within * columns.counts)
    numbers = stands.rows.astype(np.int64) @ members
    known = int((stands.is_known * members).sum())
    silent = {row.needs for row in spec.leaves} - _columns_told(columns, within)
    return [
        replace(blank, row=row.code)
        if row.needs and row.needs in silent and not number
        else _count_leaf(
            spec, replace(blank, row=row.code), int(number), known, members
        )
        for row, number in zip(spec.leaves, numbers, strict=True)
    ]


def _columns_told(columns: Columns, within: Codes) -> set[str]:
    """Name the columns of which something is known of some item that counts."""
    return {
        name
        for name, values in columns.values.items()
        if any(
            value not in NOT_TOLD
            for place in np.unique(columns.codes[name][within > 0]).tolist()
            for value in (values[place],)
        )
    }


def _count_leaf(
    spec: TableSpec, cell: Cell, number: int, known: int, members: Codes
) -> Cell:
    total = int(members.sum())
    row = spec.row(cell.row)
    if row and row.only and cell.column not in row.only:
        return replace(cell, why_blank=WhyBlank.NOT_APPLICABLE)
    is_silent = total > 0 and known == 0 and not (row and row.is_unknown)
    if is_silent or (row and row.is_blank_at_zero and number == 0):
        return cell
    note = NOTHING
    if spec.is_multiple and known < total:
        note = counted(
            "Of %(silent)s of %(n)s arm nothing is known here.",
            "Of %(silent)s of %(n)s arms nothing is known here.",
            silent=total - known,
            n=total,
        )
    return replace(cell, value=number, why_blank=None, note=note)


def _total(spec: TableSpec, blank: Cell, columns: Columns, within: Codes) -> Cell:
    """Count a table that has one row and no dimension."""
    cell = replace(blank, row=spec.leaves[0].code)
    number = int((columns.counts * within).sum())
    if columns.amounts is None or columns.unstated is None:
        return replace(cell, value=number, why_blank=None)
    stated = int((columns.amounts * within).sum())
    silent = int((columns.unstated * within).sum())
    if spec.measure is Measure.QUANTITY:
        stated += silent
    elif number and silent == number:
        return cell
    note = NOTHING
    if silent:
        note = replace(_SILENT[spec.measure], params={"n": silent})
    return replace(cell, value=stated, why_blank=None, note=note)


_SILENT = {
    Measure.QUANTITY: counted(
        "%(n)s record states no quantity and counts as one piece.",
        "%(n)s records state no quantity and count as one piece each.",
    ),
    Measure.ROUNDS: counted(
        "%(n)s record states no quantity and adds nothing.",
        "%(n)s records state no quantity and add nothing.",
    ),
    Measure.CASES: counted(
        "%(n)s record has no case number and counts as a case.",
        "%(n)s records have no case number and count as a case each.",
    ),
    Measure.ITEMS: counted(
        "%(n)s record states no quantity.", "%(n)s records state no quantity."
    ),
}


def _in_column(columns: Columns, column: str) -> Codes:
    """Give 1 for each group of a column, 0 for the others."""
    values = columns.values.get(COLUMN, ())
    if column not in values:
        return np.zeros(len(columns), np.int64)
    found: Codes = (columns.codes[COLUMN] == values.index(column)).astype(np.int64)
    return found
