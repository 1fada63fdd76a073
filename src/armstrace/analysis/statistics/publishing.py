"""Tables of a return as they may be published: small counts withheld.

What is published is a document of its own. It holds no record, no number of a
record, and no count from which a withheld one could be worked out.
"""

import hashlib
import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import xlsxwriter

from armstrace.analysis.statistics import suppression
from armstrace.analysis.statistics.indicator import IndicatorValue, Method
from armstrace.analysis.statistics.questionnaire.declared import Questionnaire
from armstrace.analysis.statistics.questionnaire.filled import Cell, ReturnFilled, Table
from armstrace.analysis.statistics.ratios import IDENTIFIED, TRACEABLE
from armstrace.analysis.statistics.suppression import AtMost, Sum, Tables
from armstrace.vocabulary import spreadsheets
from armstrace.vocabulary.messages import Message, Parameter, message

PUBLISHED = ("A1", "A2", "A3", "A4", "B1", "B2", "B3", "C1", "C2", "C3")
METHODS = (Method.METADATA, Method.UNODC_ANNUAL)
WITHHELD = "WITHHELD"
ABOVE, BELOW, REST = "ABOVE", "BELOW", "REST"
TRACED_IN = {"5.1": "SEIZED", "5.2": "FOUND", "5.3": "SURRENDERED"}
# Rows on marking, and the rows of tracing that hold the same arms by definition.
MARKED_AS = {"UNKNOWN": ("K",), "NO_MARK": ("NI", "NX")}
SENTENCES = ("sentence", "warning")
HEADINGS = ("table", "title", "row", "label", "column", "count", "why_blank")


@dataclass(frozen=True, slots=True)
class Safe:
    """What may be published of a year."""

    document: dict[str, Any]
    withheld: frozenset[str]
    # Those of them that are withheld for their own count; the others are withheld
    # because they would give one of these away, or were withheld in an earlier edition.
    small: frozenset[str] = frozenset()
    # Why the indicator is withheld, by method, in sentences for the staff; methods that
    # are published are left out.
    because: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)


def safe(
    filled: ReturnFilled,
    asked: Questionnaire,
    figures: Sequence[IndicatorValue],
    *,
    always: Collection[str] = (),
) -> Safe:
    """Withhold what may not be published of a return.

    Args:
        figures: The indicator by the methods of ``METHODS``, of the same year.
        always: Cells that an earlier edition withheld.

    Source:
        Hundepool et al., Statistical Disclosure Control (2012), ch. 4.
    """
    tables = [
        each for each in filled.tables if each.table_id in (*PUBLISHED, *TRACED_IN)
    ]
    system = _system(tables, asked, figures)
    hidden = suppression.withheld(system, always=always)
    document = {
        "year": filled.year,
        "country": filled.country,
        "version": filled.version,
        "threshold": suppression.THRESHOLD,
        "indicator": [_figure(each, hidden) for each in figures],
        "tables": [_table(each, hidden) for each in tables],
    }
    least = suppression.THRESHOLD
    small = frozenset(c for c in hidden if system.values[c] < least)
    reasons = {
        each.method.value: tuple(_because(each, system, hidden, always))
        for each in figures
    }
    return Safe(document, hidden, small, {k: v for k, v in reasons.items() if v})


def _because(
    figure: IndicatorValue,
    system: Tables,
    hidden: Collection[str],
    always: Collection[str],
) -> Iterator[Message]:
    for side in (ABOVE, BELOW):
        cell = f"{figure.method.value}:{side}"
        if cell not in hidden:
            continue
        if system.values[cell] < suppression.THRESHOLD:
            yield replace(_FEW[side], params={"few": suppression.THRESHOLD})
        elif (told := suppression.cell_opened(system, hidden, cell)) or not always:
            yield replace(_TELLING[side], params={"value": _name_cell(told)})
        else:
            yield _WITHHELD_BEFORE[side]


_FEW = {
    ABOVE: message("Fewer than %(few)s arms are counted in its numerator."),
    BELOW: message("Fewer than %(few)s arms are counted in its denominator."),
}
_TELLING = {
    ABOVE: message("Its numerator would reveal %(value)s."),
    BELOW: message("Its denominator would reveal %(value)s."),
}
_WITHHELD_BEFORE = {
    ABOVE: message("Its numerator was withheld in an earlier edition."),
    BELOW: message("Its denominator was withheld in an earlier edition."),
}


def _name_cell(cell: str) -> Parameter:
    """Name a cell; the counts of a figure have no name among the tables."""
    return cell if cell.count(":") == 2 else message("a count that is withheld")


def content_hash(document: Mapping[str, Any]) -> str:
    """Hash a published document; the same content has the same hash.

    Its sentences count as they read in English.
    """
    read = [
        {**each, **{name: str(Message.read(each[name])) for name in SENTENCES}}
        for each in document["indicator"]
    ]
    whole = {**document, "indicator": read}
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def csv_of(document: Mapping[str, Any]) -> bytes:
    """Write the published tables as one long CSV in UTF-8."""
    text = io.StringIO()
    spreadsheets.write_rows(text, [HEADINGS, *_long_rows(document)])
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(document: Mapping[str, Any]) -> bytes:
    """Write the published tables as a workbook, one sheet a table."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("16.4.2")
    sheet.write_row(0, 0, ["method", "percent", "above", "below", "why_blank"], bold)
    for at, each in enumerate(document["indicator"], start=1):
        fraction = [each["numerator"], each["denominator"], each["why"]]
        sheet.write_row(at, 0, [each["name"], each["value"], *fraction])
    for table in document["tables"]:
        sheet = book.add_worksheet(table["id"])
        sheet.write(0, 0, table["title"], bold)
        sheet.write_row(1, 0, ["", *table["columns"]], bold)
        for at, row in enumerate(table["rows"], start=2):
            counts = [
                cell["why"].lower() if cell["value"] is None else cell["value"]
                for cell in row["cells"]
            ]
            sheet.write_row(at, 0, [row["label"], *counts])
    book.close()
    return file.getvalue()


def _system(
    tables: Sequence[Table], asked: Questionnaire, figures: Sequence[IndicatorValue]
) -> Tables:
    values = {
        cell.key: cell.value
        for table in tables
        for cell in table.cells()
        if cell.value is not None
    }
    sums = [each for table in tables for each in _sums(table)]
    for figure in figures:
        values |= _fraction(figure, values)
        sums += _fraction_sums(figure, values)
    return Tables(
        values, (*sums, *_equal(asked, values)), tuple(_bounds(asked, values))
    )


def _sums(table: Table) -> Iterator[Sum]:
    """Give the sums of a table; one whose parts are blank in part says nothing."""
    values = {cell.key: cell.value for cell in table.cells()}
    for spec in (row for row in table.spec.rows if row.sums):
        for column in table.spec.columns:
            total = f"{table.table_id}:{spec.code}:{column}"
            parts = tuple(f"{table.table_id}:{code}:{column}" for code in spec.sums)
            if values.get(total) == sum(values.get(part) or 0 for part in parts):
                yield Sum(total, parts)


def _equal(asked: Questionnaire, values: Mapping[str, int]) -> Iterator[Sum]:
    """Give the cells that tell the same count; where they do not, they say nothing."""
    for table, column in TRACED_IN.items():
        for row, parts in MARKED_AS.items():
            cells = tuple(f"{table}:{part}:{column}" for part in parts)
            total = f"B3:{row}:{column}"
            if values.get(total, -1) == sum(values.get(cell, 0) for cell in cells):
                yield Sum(total, cells)
    for check in asked.checks:
        sets = check.options["sets"] if check.kind == "EQUAL" else ()
        for first, *others in sets:
            for other in others:
                if values.get(first, -1) == values.get(other, -2):
                    yield Sum(first, (other,))


def _bounds(asked: Questionnaire, values: Mapping[str, int]) -> Iterator[AtMost]:
    if "A1:TOTAL:SEIZED" in values and "A2:TOTAL:SEIZED" in values:
        yield AtMost("A1:TOTAL:SEIZED", "A2:TOTAL:SEIZED")
    contexts = asked.table("C3")
    for row in contexts.rows if contexts else ():
        key = f"C3:{row.code}:SEIZED"
        if values.get(key, 0) <= values.get("A2:TOTAL:SEIZED", -1):
            yield AtMost(key, "A2:TOTAL:SEIZED")


def _fraction(figure: IndicatorValue, values: Mapping[str, int]) -> dict[str, int]:
    """Give numerator, denominator and what of them no table tells."""
    both = figure.numerator_and_denominator
    if both is None:
        return {}
    above, below = (f"{figure.method.value}:{side}" for side in (ABOVE, BELOW))
    told = [sum(values.get(c, 0) for c in cells) for cells in _told(figure)]
    rest = {
        f"{name}:{REST}": total - known
        for name, total, known in zip((above, below), both, told, strict=True)
        if total > known
    }
    return {above: both[0], below: both[1], **rest}


def _fraction_sums(figure: IndicatorValue, values: Mapping[str, int]) -> list[Sum]:
    sums = []
    for side, cells in zip((ABOVE, BELOW), _told(figure), strict=True):
        name = f"{figure.method.value}:{side}"
        if name in values:
            rest = (f"{name}:{REST}",) if f"{name}:{REST}" in values else ()
            sums.append(Sum(name, (*cells, *rest)))
    return sums


def _told(figure: IndicatorValue) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the cells that add up to the numerator and to the denominator."""
    if figure.method is Method.UNODC_ANNUAL:
        return _keys({"5.1": "SEIZED"}, IDENTIFIED), _keys({"5.1": "SEIZED"}, TRACEABLE)
    return _keys(TRACED_IN, IDENTIFIED), _keys(TRACED_IN, ("T",))


def _keys(columns: Mapping[str, str], rows: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        f"{table}:{row}:{column}" for table, column in columns.items() for row in rows
    )


def _figure(figure: IndicatorValue, hidden: Collection[str]) -> dict[str, Any]:
    above, below = (f"{figure.method.value}:{side}" for side in (ABOVE, BELOW))
    is_hidden = above in hidden or below in hidden
    shows = figure.value is not None and not is_hidden
    bounds = figure.interval if shows else None
    return {
        "method": figure.method.value,
        "name": figure.method.label,
        "value": float(figure.value or 0) if shows else None,
        "numerator": figure.numerator if shows else None,
        "denominator": figure.denominator if shows else None,
        "low": float(bounds.low) if bounds else None,
        "high": float(bounds.high) if bounds else None,
        "why": WITHHELD if is_hidden else "",
        "sentence": figure.sentence.to_json(),
        "warning": figure.warning.to_json() if shows and figure.warning else "",
    }


def _table(table: Table, hidden: Collection[str]) -> dict[str, Any]:
    return {
        "id": table.table_id,
        "title": table.spec.title,
        "note": table.spec.note,
        "is_multiple": table.spec.is_multiple,
        "columns": list(table.spec.columns),
        "rows": [
            {
                "code": row.code,
                "label": row.label,
                "is_sum": row.is_sum,
                "cells": [_cell(cell, hidden) for cell in row.cells],
            }
            for row in table.rows
        ],
    }


def _cell(cell: Cell, hidden: Collection[str]) -> dict[str, Any]:
    if cell.key in hidden:
        return {"value": None, "why": WITHHELD}
    why = cell.why_blank.value if cell.why_blank else ""
    return {"value": cell.value, "why": why if cell.value is None else ""}


def _long_rows(document: Mapping[str, Any]) -> Iterator[list[object]]:
    for each in document["indicator"]:
        for side in ("value", "numerator", "denominator"):
            place = ["16.4.2", each["name"], each["method"], side, "TOTAL"]
            yield [*place, each[side], each["why"]]
    for table in document["tables"]:
        for row in table["rows"]:
            for column, cell in zip(table["columns"], row["cells"], strict=True):
                place = [table["id"], table["title"], row["code"], row["label"], column]
                yield [*place, cell["value"], cell["why"]]
