"""Figures that people add to a return: what is asked of them, and from a file."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from armstrace.analysis.statistics.questionnaire.declared import (
    From,
    Questionnaire,
    RowSpec,
)
from armstrace.analysis.statistics.questionnaire.filled import WhyBlank, split_key
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.sources import Source

HEADINGS = ("table", "row", "column", "value", "source")
MOST_DIGITS = 12
WORDS_COLUMN = "TEXT"
BLANKS = {each.value: each for each in WhyBlank}


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """What a person states for a cell: a count, words, or why it stays blank.

    Args:
        year: Reference year.
        cell: Key of the cell, such as ``E1:TARGETED:TOTAL``.
        value: The count; None where words or a reason are stated.
        source: Where it comes from: a ministry, a report and its date.
        text: Words, for a table of text.
        why_blank: Why the cell stays blank.
    """

    year: int
    cell: str
    value: int | None = None
    source: str = ""
    text: str = ""
    why_blank: WhyBlank | None = None


def require_enterable(asked: Questionnaire, stated: StatedFigure) -> RowSpec:
    """Refuse a figure that no cell can take.

    Args:
        asked: The questionnaire.
        stated: What a person states.

    Returns:
        The row of the cell.

    Raises:
        InvalidInput: No cell has that name.
        RuleBroken: ``RT-21`` nothing or too much is stated, ``RT-22`` no source
            is named, ``RT-23`` the count is below zero or has more than
            ``MOST_DIGITS`` digits.

    Source:
        UNODC illicit arms flows questionnaire (2018): every figure has a source.
    """
    table, row, column = split_key(stated.cell)
    spec = asked.table(table)
    found = spec.row(row) if spec else None
    if spec is None or found is None or column not in spec.columns:
        msg = f"No cell of the return is named “{stated.cell}”; choose it from a table."
        raise InvalidInput(msg, field="cell")
    said = [stated.value is not None, bool(stated.text), stated.why_blank is not None]
    if sum(said) != 1 or (bool(stated.text) and column != WORDS_COLUMN):
        msg = f"State one thing for {stated.cell}: a number, or why it stays blank."
        raise RuleBroken("RT-21", msg, source=Source("iafq", "notes"))
    if not stated.source.strip():
        msg = f"Name the source of {stated.cell}: who counted it, and when."
        raise RuleBroken("RT-22", msg, source=Source("iafq", "sources"))
    if stated.value is not None and not 0 <= stated.value < 10**MOST_DIGITS:
        msg = (
            f"A count is a whole number, not below zero and of at most {MOST_DIGITS} "
            f"digits; look at {stated.cell}."
        )
        raise RuleBroken("RT-23", msg, source=Source("iafq", "validation"))
    return found


def require_not_counted(row: RowSpec, stated: StatedFigure, *, counted: bool) -> None:
    """Refuse a number for a cell that records fill.

    Args:
        row: The row of the cell.
        stated: What a person states.
        counted: Whether records fill the cell now.

    Raises:
        RuleBroken: ``RT-24`` records fill the cell.

    Source:
        Rule of this design: every figure opens the records behind it.
    """
    is_number = stated.value is not None
    if is_number and counted and row.origin is From.RECORDS:
        msg = (
            f"Records fill {stated.cell}; correct the records, or explain the "
            "difference."
        )
        raise RuleBroken("RT-24", msg, source=Source("design"))


def read_figures(text: str, *, year: int, source: str = "") -> list[StatedFigure]:
    """Read figures from a table with the columns table, row, column, value.

    A value is a whole number, or the code of why the cell stays blank; a line
    without one states nothing. A line may name its own source.

    Args:
        text: CSV with a heading line.
        year: Reference year.
        source: Source of the lines that name none.

    Raises:
        InvalidInput: A heading is missing or a line cannot be read; the message
            names every such line.
    """
    stated, unread = read_lines(text, year=year, source=source)
    if unread:
        raise InvalidInput(" ".join(unread), field="file")
    return stated


def read_lines(
    text: str, *, year: int, source: str = ""
) -> tuple[list[StatedFigure], list[str]]:
    """Read as ``read_figures`` does; what cannot be read is named, not raised.

    Args:
        text: CSV with a heading line.
        year: Reference year.
        source: Source of the lines that name none.

    Returns:
        The figures of the lines that can be read; a sentence on the others.

    Raises:
        InvalidInput: A heading is missing.
    """
    text = text.removeprefix("\ufeff")
    # Spreadsheets of many languages part the columns by semicolons.
    parted_by = max(",;\t", key=text.partition("\n")[0].count)
    lines = list(csv.DictReader(io.StringIO(text), delimiter=parted_by))
    missing = [name for name in HEADINGS[:4] if not lines or name not in lines[0]]
    if missing:
        msg = f"The file needs the columns {', '.join(HEADINGS[:4])}; add {missing[0]}."
        raise InvalidInput(msg, field="file")
    read = {
        n: _stated(line, year, source)
        for n, line in enumerate(lines, start=2)
        if (line["value"] or "").strip()
    }
    wrong = [str(n) for n, each in read.items() if each is None]
    words = f"Line {', '.join(wrong)}: write a whole number, or why it is blank."
    stated = [each for each in read.values() if each is not None]
    return stated, [words] if wrong else []


def _stated(line: dict[str, str], year: int, source: str) -> StatedFigure | None:
    given = (line["value"] or "").strip()
    key = ":".join((line[name] or "").strip() for name in HEADINGS[:3])
    named = (line.get("source") or "").strip() or source
    if key.endswith(f":{WORDS_COLUMN}"):
        return StatedFigure(year, key, None, named, text=given)
    if given in BLANKS:
        return StatedFigure(year, key, None, named, why_blank=BLANKS[given])
    if not given.isascii() or not given.isdigit():
        return None
    return StatedFigure(
        year, key, int(given.lstrip("0")[: MOST_DIGITS + 1] or "0"), named
    )


def doubled(stated: Sequence[StatedFigure]) -> list[str]:
    """Give the cells that a file states more than once."""
    keys = [each.cell for each in stated]
    return sorted({key for key in keys if keys.count(key) > 1})
