"""Read one workbook, alone in a process with little memory and time.

Run as a script with ``python -I``; imports nothing of this application. Writes
JSON lines: first ``{"sheets": …, "sheet": …, "first_row": n, "rows": n}``, then
one ``[row number, [cells as text], [columns that held a date]]`` a row that has
anything in it, at last ``{"end": true}``. A refusal is one line
``{"refused": code}``.
"""

import datetime
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

MEGABYTE = 2**20
Book = Any  # of python_calamine, which is imported under the limits
Sheet = Any


def confine(memory_mb: int, cpu_s: int) -> None:
    """Give up what a reader of spreadsheets never needs."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cell_text(value: object) -> str:
    """Write a cell as a person would read it."""
    match value:
        case bool():
            text = "TRUE" if value else "FALSE"
        case float():
            text = number_text(value)
        case datetime.datetime():
            text = value.isoformat(sep=" ", timespec="seconds")
        case datetime.date() | datetime.time():
            text = value.isoformat()
        case _:
            text = str(value)
    return text


def number_text(value: float) -> str:
    """Write a number without an idle decimal part or binary dust."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def lines(path: str, wanted: str) -> Iterator[str]:
    """Yield the JSON lines of one sheet."""
    # the import is here so that it happens inside the limits
    import python_calamine  # noqa: PLC0415 - the import must happen under the limits

    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
    except python_calamine.PasswordError:
        yield json.dumps({"refused": "ENCRYPTED"})
        return
    names, seen = worksheets(book)
    if not names or (wanted and wanted not in names):
        yield json.dumps({"refused": "NO_SHEET", "sheets": names})
        return
    chosen = wanted or fullest(book, seen or names)
    sheet = book.get_sheet_by_name(chosen)
    start = sheet.start
    yield json.dumps(
        {"sheets": names, "sheet": chosen, "rows": sheet.height if start else 0}
    )
    if start:
        yield from rows(sheet, start[1])
    yield json.dumps({"end": True})


def worksheets(book: Book) -> tuple[list[str], list[str]]:
    """Name the sheets, without charts and macros; then those that are not hidden."""
    found = [s for s in book.sheets_metadata if str(s.typ).endswith("WorkSheet")]
    seen = [s.name for s in found if str(s.visible).endswith(".Visible")]
    return [s.name for s in found], seen


def fullest(book: Book, names: list[str]) -> str:
    """Choose the sheet with the most cells, the first of equals."""
    if len(names) == 1:
        return names[0]

    def cells(name: str) -> int:
        sheet = book.get_sheet_by_name(name)
        return int(sheet.height * sheet.width) if sheet.start else 0

    return max(names, key=cells)


def rows(sheet: Sheet, first_column: int) -> Iterator[str]:
    """Yield each row that has anything in it."""
    pad = [""] * first_column
    dates = (datetime.date, datetime.time)
    number = 0
    for number, cells in enumerate(fill_down(sheet, first_column), 1):
        texts = [value if type(value) is str else cell_text(value) for value in cells]
        if not any(texts):
            continue
        dated = [
            column + first_column
            for column, value in enumerate(cells)
            if isinstance(value, dates)
        ]
        yield json.dumps([number, pad + texts, dated], ensure_ascii=False)


def fill_down(sheet: Sheet, first_column: int) -> Iterator[list[Any]]:
    """Yield the rows; a cell that is merged over several stands in each of them."""
    merged: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if top < bottom and left >= first_column:
            merged.setdefault(top, []).append((left - first_column, bottom))
    # Column to the value that stands in it down to a row.
    lasting: dict[int, tuple[Any, int]] = {}
    for at, cells in enumerate(sheet.iter_rows()):
        lasting = {to: kept for to, kept in lasting.items() if at <= kept[1]}
        for column, (value, _) in lasting.items():
            cells[column] = cells[column] or value
        begun = merged.get(at, ())
        lasting |= {to: (cells[to], end) for to, end in begun if to < len(cells)}
        yield cells


def main() -> None:
    """Read the workbook that the arguments name."""
    path, wanted, memory_mb, cpu_s = sys.argv[1:5]
    confine(int(memory_mb), int(cpu_s))
    out = sys.stdout
    out.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    try:
        for line in lines(path, wanted):
            out.write(line)
            out.write("\n")
    except MemoryError:
        out.write('{"refused": "MEMORY"}\n')
    except BrokenPipeError:
        return
    except Exception as why:  # noqa: BLE001 - whatever a parser raises is one refusal
        out.write(json.dumps({"refused": "DAMAGED", "why": str(why)[:200]}) + "\n")
    out.flush()


if __name__ == "__main__":
    main()
