r"""Cells that a spreadsheet program would take for a formula.

A program that splits at another sign than the comma, or that does not heed quotation
marks, begins a cell anew after ``;``, a tab or the end of a line. A text of signs
alone, such as the "-" of a number that is not there, is no formula and stays.

Source:
    OWASP ASVS 5.0, 1.2.10 (formula injection).
"""

import csv
import re
from collections.abc import Iterable, Sequence
from typing import IO

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = r"(?=(?:[^\S\t\r\n]|[\"'])*[=+\-@\uff1d\uff0b\uff0d\uff20])"
_RISKY = re.compile(rf"^(?=[\t\r\n])|(?:^|[;\t\r\n]){_FORMULA}")
_WORD = re.compile(r"\w")
_MARKED = re.compile(rf"^'(?=[\t\r\n])|(^|[;\t\r\n])'{_FORMULA}")


def harmless(text: str) -> str:
    """Write a text so that no spreadsheet program runs a part of it as a formula."""
    return _RISKY.sub(r"\g<0>'", text) if _WORD.search(text) else text


def as_written(text: str) -> str:
    """Give back what ``harmless`` was given."""
    return _MARKED.sub(r"\1", text) if "'" in text and _WORD.search(text) else text


def write_rows(
    stream: IO[str], rows: Iterable[Sequence[object]], *, line_end: str = "\r\n"
) -> None:
    """Write rows as CSV for spreadsheet programs; nothing in it runs as a formula.

    Args:
        stream: Where to; opened with ``newline=""``.
    """
    csv.writer(stream, lineterminator=line_end).writerows(
        [harmless(value) if isinstance(value, str) else value for value in row]
        for row in rows
    )
