"""From a figure back to the records that it counts."""

from collections.abc import Mapping

from armstrace.analysis.statistics.indicator import (
    IndicatorValue,
    Method,
    years_of_window,
)
from armstrace.analysis.statistics.ratios import IDENTIFIED, TRACEABLE
from armstrace.analysis.statistics.scope import Exclusion
from armstrace.analysis.statistics.tables import (
    LEAVES,
    UNIQUE_LEAVES,
    CellTable,
    YearTables,
)
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.vocabulary.tracing import TracingCell

SEIZED = (Acquisition.SEIZED,)
ALL_KINDS = (Method.METADATA, Method.METADATA_UNIQUE)


class Line(Code):
    """Which side of the fraction a record stands on."""

    NUMERATOR = "NUMERATOR", "counted in the numerator"
    DENOMINATOR = "DENOMINATOR", "counted in the denominator"


class Beside(Code):
    """What is said beside the figures of a year, of arms in them or left out."""

    MAYBE_ENTERED_TWICE = "MAYBE_ENTERED_TWICE", "counted, and may be a second entry"
    RECOVERED_AGAIN = "RECOVERED_AGAIN", "counted, the same arm again within the year"
    BETWEEN_YEARS = "BETWEEN_YEARS", "in no year, as its day lies between two"


def records_behind(
    register: Mapping[int, YearTables], figure: IndicatorValue, line: Line
) -> tuple[int, ...]:
    """List the records that a figure counts above or below the line.

    Returns:
        Record numbers; as many as the figure says.
    """
    return tuple(
        item
        for tables in _tables(register, figure)
        for table in _tables_counted(tables, figure.method).values()
        for item in _of_table(table, figure.method, line)
    )


def part_items(
    register: Mapping[int, YearTables], figure: IndicatorValue, name: str
) -> tuple[int, ...]:
    """List the records behind one part of a figure.

    Args:
        name: ``NUMERATOR``, ``DENOMINATOR``, ``SEIZED.IN``, ``OUT.ANTIQUE``, or
            the code of an exclusion as the figure lists it: a cell of the ways
            of recovery that the method counts, a way of recovery, a reason.

    Raises:
        InvalidInput: No part has that name.
    """
    if name in Line.__members__:
        return records_behind(register, figure, Line[name])
    wanted = _names_of(name, figure)
    return tuple(
        item
        for tables in _tables(register, figure)
        for key, items in tables.items.items()
        if key in wanted
        for item in items
    )


def kinds_counted(method: Method) -> tuple[Acquisition, ...]:
    """Give the ways of recovery that a method counts."""
    return tuple(Acquisition) if method in ALL_KINDS else SEIZED


def cells_below(method: Method) -> tuple[TracingCell, ...]:
    """Give the cells that a method counts below the line."""
    known = {Method.METADATA: LEAVES, Method.METADATA_UNIQUE: UNIQUE_LEAVES}
    return known.get(method, TRACEABLE)


def _names_of(name: str, figure: IndicatorValue) -> set[str]:
    every = {f"{kind}.{cell}" for kind in Acquisition for cell in TracingCell}
    left_out = {f"OUT.{reason}" for reason in Exclusion}
    if name in every | left_out:
        return {name}
    if name in Exclusion.__members__:
        return {f"OUT.{name}"}
    if name in Acquisition.__members__:
        return {key for key in every if key.startswith(f"{name}.")}
    if name in TracingCell.__members__:
        return {f"{kind}.{name}" for kind in kinds_counted(figure.method)}
    msg = message(
        "No part of the figure is named “%(name)s”; open it from the figure itself.",
        name=name,
    )
    raise InvalidInput(msg, field="part")


def _tables(
    register: Mapping[int, YearTables], figure: IndicatorValue
) -> list[YearTables]:
    return [register[y] for y in years_of_window(figure) if y in register]


def _tables_counted(
    tables: YearTables, method: Method
) -> Mapping[Acquisition, CellTable]:
    return {
        kind: table
        for kind in kinds_counted(method)
        if (table := tables.tables.get(kind)) is not None and table.has_leaves
    }


def _of_table(table: CellTable, method: Method, line: Line) -> tuple[int, ...]:
    if line is Line.DENOMINATOR:
        return _items(table, cells_below(method))
    above = _items(table, IDENTIFIED)
    literal = method is Method.METADATA
    return above + table.established_items if literal else above


def _items(table: CellTable, wanted: tuple[TracingCell, ...]) -> tuple[int, ...]:
    return tuple(item for cell in wanted for item in table.items.get(cell, ()))
