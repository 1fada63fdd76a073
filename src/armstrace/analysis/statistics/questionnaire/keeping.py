"""A return as a document that outlives the file it was filled by."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from armstrace.analysis.statistics.questionnaire.declared import (
    From,
    RowSpec,
    TableSpec,
    questionnaire,
)
from armstrace.analysis.statistics.questionnaire.filled import (
    Cell,
    CheckResult,
    Origin,
    ReturnFilled,
    Row,
    Table,
    WhyBlank,
    said,
)
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.rows import fill


def document_of(filled: ReturnFilled) -> dict[str, Any]:
    """Write a return as plain values, labels included.

    Returns:
        What JSON can hold; ``filled_from`` reads it back.
    """
    document = {
        "year": filled.year,
        "country": filled.country,
        "version": filled.version,
        "tables": [_table(each) for each in filled.tables],
        "checks": [_check(each) for each in filled.checks],
        "left_out": dict(filled.left_out),
    }
    text = json.dumps(document, default=str)
    plain: dict[str, Any] = json.loads(text)
    return plain


def read_return(document: Mapping[str, Any], as_of: datetime | None) -> ReturnFilled:
    """Read a return back from its document."""
    return fill(
        ReturnFilled,
        document,
        as_of=as_of,
        tables=tuple(_table_from(each) for each in document["tables"]),
        checks=tuple(
            fill(
                CheckResult,
                each,
                sentence=Message.read(each["sentence"]),
                outdated=Message.read(each.get("outdated", "")),
            )
            for each in document["checks"]
        ),
    )


def _table(table: Table) -> dict[str, Any]:
    return {
        "id": table.table_id,
        "title": table.spec.title,
        "columns": list(table.spec.columns),
        "rows": [
            {
                "code": row.code,
                "label": row.label,
                "is_sum": row.is_sum,
                "cells": [
                    [*said(cell), cell.note.to_json() if cell.note else ""]
                    for cell in row.cells
                ],
            }
            for row in table.rows
        ],
        "lines": [dict(line) for line in table.lines],
    }


def _check(found: CheckResult) -> dict[str, Any]:
    values = ((name, getattr(found, name)) for name in CheckResult.__dataclass_fields__)
    return {
        name: value.to_json() if isinstance(value, Message) else value
        for name, value in values
    }


def _table_from(given: Mapping[str, Any]) -> Table:
    table_id, columns = given["id"], tuple(given["columns"])
    known = questionnaire().table(table_id)
    bare = TableSpec(table_id, given["title"], (), columns, origin=From.RECORDS)
    spec = replace(known or bare, title=given["title"], columns=columns)
    if [row.code for row in spec.rows] != [row["code"] for row in given["rows"]]:
        rows = tuple(RowSpec(row["code"], row["label"], {}) for row in given["rows"])
        spec = replace(spec, rows=rows)
    rows_filled = tuple(_row_from(table_id, columns, row) for row in given["rows"])
    return Table(spec, rows_filled, tuple(given["lines"]))


def _row_from(table_id: str, columns: tuple[str, ...], given: Mapping[str, Any]) -> Row:
    cells = tuple(
        _cell_from(table_id, given["code"], column, written)
        for column, written in zip(columns, given["cells"], strict=True)
    )
    return Row(given["code"], given["label"], cells, given["is_sum"])


def _cell_from(table_id: str, row: str, column: str, written: list[Any]) -> Cell:
    value, why, origin, source, text, note = written
    return Cell(
        table_id,
        row,
        column,
        value,
        WhyBlank[why] if why else None,
        Origin[origin],
        source,
        text,
        Message.read(note),
    )
