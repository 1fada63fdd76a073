"""Write a workbook of plain values as XLSX."""

import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from armstrace.analysis.statistics.workbook.cells import Book, Sheet, SheetCell

LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 13},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "code": {"font_color": "#555555"},
    "quiet": {"italic": True, "font_color": "#555555"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "count": {"num_format": "#,##0"},
    "blank": {"num_format": "#,##0", "pattern": 17, "fg_color": "#BBBBBB"},
    "total": {"num_format": "#,##0", "bold": True, "top": 1},
    "per_cent": {"num_format": "0.00"},
    "check": {"font_color": "#555555"},
    "date": {"num_format": "yyyy-mm-dd"},
}
# The same return gives the same bytes, whenever it is written.
CREATED = datetime(2018, 6, 14, tzinfo=UTC).replace(tzinfo=None)


def xlsx(book: Book) -> bytes:
    """Write a workbook; no text in it runs as a formula."""
    into = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    made = xlsxwriter.Workbook(into, options)
    made.set_properties({"title": book.title, "created": CREATED})
    looks = {name: made.add_format(look) for name, look in LOOKS.items()}
    for sheet in book.sheets:
        _write(made.add_worksheet(sheet.name), sheet, looks)
    made.close()
    return into.getvalue()


def _write(into: Any, sheet: Sheet, looks: dict[str, Any]) -> None:  # noqa: ANN401 - of xlsxwriter
    for column, width in enumerate(sheet.widths):
        into.set_column(column, column, width)
    if sheet.frozen:
        into.freeze_panes(sheet.frozen, 0)
    into.set_landscape()
    into.set_paper(9)
    into.fit_to_pages(1, 0)
    into.set_footer("&L&A&R&P / &N")
    for row, cells in enumerate(sheet.lines):
        for column, cell in enumerate(cells):
            _put(into, (row, column), cell, looks)


def _put(
    into: Any,  # noqa: ANN401 - of xlsxwriter
    place: tuple[int, int],
    cell: SheetCell,
    looks: dict[str, Any],
) -> None:
    look = looks.get(cell.style)
    value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
    if cell.formula:
        into.write_formula(*place, cell.formula, look, "" if value is None else value)
    elif value is None or value == "":
        if look is not None:
            into.write_blank(*place, None, look)
    elif isinstance(value, str):
        into.write_string(*place, value, look)
    elif isinstance(value, int | float):
        into.write_number(*place, value, look)
    else:
        into.write_datetime(*place, value, looks["date"])
    if cell.comment:
        into.write_comment(*place, cell.comment)
