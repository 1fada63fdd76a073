"""Figures that people add to a return: what is asked of them, and from a file."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from armstrace.analysis.statistics.questionnaire.declared import (
    From,
    Questionnaire,
    RowSpec,
)
from armstrace.analysis.statistics.questionnaire.filled import WhyBlank, split_key
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.rules import Rule, RuleBook, require_all
from armstrace.vocabulary.sentences import Sentences

BOOK = RuleBook(__name__)

SAID = Sentences(__package__)
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


class Overlaid(NamedTuple):
    """What a person states, and whether records fill its cell."""

    stated: StatedFigure
    is_counted: bool


def _states_one_thing(stated: StatedFigure) -> bool:
    said = [stated.value is not None, bool(stated.text), stated.why_blank is not None]
    takes_words = split_key(stated.cell)[2] == WORDS_COLUMN
    return sum(said) == 1 and (takes_words or not stated.text)


RULES: tuple[Rule[StatedFigure], ...] = (
    BOOK.rule("RT-21", _states_one_thing),
    BOOK.rule("RT-22", lambda stated: bool(stated.source.strip())),
    BOOK.rule(
        "RT-23",
        lambda stated: stated.value is None or 0 <= stated.value < 10**MOST_DIGITS,
        lambda stated: {"digits": MOST_DIGITS, "cell": stated.cell},
    ),
)
NOT_COUNTED: Rule[Overlaid] = BOOK.rule(
    "RT-24",
    lambda overlaid: overlaid.stated.value is None or not overlaid.is_counted,
    lambda overlaid: {"cell": overlaid.stated.cell},
)


def require_enterable(asked: Questionnaire, stated: StatedFigure) -> RowSpec:
    """Refuse a figure that no cell can take.

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
        msg = SAID.say("NO_CELL", cell=stated.cell)
        raise InvalidInput(msg, field="cell")
    require_all(RULES, stated)
    return found


def require_not_counted(row: RowSpec, stated: StatedFigure, *, counted: bool) -> None:
    """Refuse a number for a cell that records fill.

    Raises:
        RuleBroken: ``RT-24`` records fill the cell.

    Source:
        Rule of this design: every figure opens the records behind it.
    """
    NOT_COUNTED.require(Overlaid(stated, counted and row.origin is From.RECORDS))


def read_lines(
    text: str, *, year: int, source: str = ""
) -> tuple[list[StatedFigure], list[Message]]:
    """Read figures from a table with the columns table, row, column, value.

    A value is a whole number, or the code of why the cell stays blank; a line
    without one states nothing. A line may name its own source.

    Args:
        text: CSV with a heading line.

    Raises:
        InvalidInput: A heading is missing.
    """
    text = text.removeprefix("\ufeff")
    # Spreadsheets of many languages part the columns by semicolons.
    parted_by = max(",;\t", key=text.partition("\n")[0].count)
    lines = list(csv.DictReader(io.StringIO(text), delimiter=parted_by))
    missing = [name for name in HEADINGS[:4] if not lines or name not in lines[0]]
    if missing:
        msg = SAID.say("NO_COLUMN", columns=HEADINGS[:4], missing=missing[0])
        raise InvalidInput(msg, field="file")
    read = {
        n: _read_line(line, year, source)
        for n, line in enumerate(lines, start=2)
        if (line["value"] or "").strip()
    }
    wrong = [str(n) for n, each in read.items() if each is None]
    stated = [each for each in read.values() if each is not None]
    unread = SAID.say("UNREAD_LINES", lines=wrong)
    return stated, [unread] if wrong else []


def _read_line(line: dict[str, str], year: int, source: str) -> StatedFigure | None:
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


def cells_twice(stated: Sequence[StatedFigure]) -> list[str]:
    """Give the cells that a file states more than once."""
    keys = [each.cell for each in stated]
    return sorted({key for key in keys if keys.count(key) > 1})
