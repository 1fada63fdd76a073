"""Published tables in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from armstrace.analysis.statistics.publishing import WITHHELD
from armstrace.analysis.statistics.questionnaire.filled import WhyBlank
from armstrace.vocabulary.recoveries import RecoveryKind

THIN = "\u202f"
BAR = 100.0


@dataclass(frozen=True, slots=True)
class PublicCell:
    """A published cell: a count, or why there is none; and the length of its bar."""

    count: str
    why: str
    bar: float


@dataclass(frozen=True, slots=True)
class PublicRow:
    label: str
    is_sum: bool
    cells: tuple[PublicCell, ...]


@dataclass(frozen=True, slots=True)
class PublicTable:
    table_id: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[PublicRow, ...]


def tables(content: Mapping[str, Any]) -> tuple[PublicTable, ...]:
    """Lay out the tables of a published year."""
    return tuple(_table(each) for each in content["tables"])


def _table(table: Mapping[str, Any]) -> PublicTable:
    counts = [
        cell["value"] or 0
        for row in table["rows"]
        if not row["is_sum"]
        for cell in row["cells"]
    ]
    most = max(counts, default=0)
    return PublicTable(
        table["id"],
        gettext(table["title"]),
        gettext(table["note"]) if table["note"] else "",
        tuple(_column(code) for code in table["columns"]),
        tuple(
            PublicRow(
                gettext(row["label"]),
                row["is_sum"],
                tuple(_cell(cell, most, row["is_sum"]) for cell in row["cells"]),
            )
            for row in table["rows"]
        ),
    )


def _cell(cell: Mapping[str, Any], most: int, is_sum: object) -> PublicCell:
    value = cell["value"]
    if value is None:
        return PublicCell("", _why(cell["why"]), 0.0)
    bar = 0.0 if is_sum or not most else BAR * value / most
    return PublicCell(f"{value:,}".replace(",", THIN), "", round(bar, 1))


def _why(code: str) -> str:
    if code == WITHHELD:
        return gettext("withheld")
    known = code in WhyBlank.__members__
    return gettext(WhyBlank[code].label) if known else gettext("blank")


def _column(code: str) -> str:
    known = code in RecoveryKind.__members__
    return gettext(RecoveryKind[code].label).capitalize() if known else gettext("Total")
