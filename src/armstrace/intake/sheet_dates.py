"""Undo what a spreadsheet program made of what was typed: a calibre, a year."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from armstrace.intake.dates import year_made_a_day
from armstrace.intake.fields import Field, Shape
from armstrace.intake.outcomes import Reason, Trouble
from armstrace.vocabulary.messages import Message, counted, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
DEFAULT_STYLES = {"calibre": "M/YY", "model": "D/M"}
_ISO_CELL = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: .*)?")
_OF_YEARS = frozenset({Shape.DATE, Shape.YEAR})


@dataclass(frozen=True, slots=True)
class Made:
    """What may have been typed where a workbook holds a date."""

    # How a text such as ``12/70`` was typed; empty where it was none.
    style: str
    # Whether it may have been a year alone.
    may_be_year: bool


def made_of(wanted: Field, styles: Mapping[str, str]) -> Made:
    """Tell what may have been typed into the column of a field."""
    style = styles.get(wanted.name, DEFAULT_STYLES.get(wanted.name, "ISO"))
    is_text = wanted.shape is Shape.TEXT
    return Made(style if is_text else "", wanted.shape in _OF_YEARS)


def as_typed(cell: str, made: Made) -> str:
    """Give back what was typed before a spreadsheet program made it a date."""
    found = _ISO_CELL.fullmatch(cell)
    if found is None:
        return cell
    day = date(int(found[1]), int(found[2]), int(found[3]))
    if made.may_be_year:
        year = year_made_a_day(day)
        return cell if year is None else str(year)
    return _type_day(day, made.style) if made.style else cell


def lost_mark(name: str, cell: str) -> tuple[Trouble, ...]:
    """Hold a number marked on an arm of which a spreadsheet program made a date.

    Whether 5-12 or 12-5 was typed, nobody can tell from the date.
    """
    if name != "serial" or _ISO_CELL.fullmatch(cell) is None:
        return ()
    sentence = SAID.say("MARK_MADE_A_DAY", day=cell[:10])
    return (Trouble(Reason.DAMAGED_ROW, name, sentence),)


def _type_day(day: date, style: str) -> str:
    if style == "D/M" or (style == "M/YY" and day.day != 1):
        return f"{day.day}/{day.month}"
    if style == "M/YY":
        return f"{day.month}/{day.year % 100:02d}"
    if style == "M/YYYY":
        return f"{day.month}/{day.year}"
    return day.isoformat()


@dataclass(slots=True)
class Undone:
    """Cells of one field that had been turned into dates."""

    # The first row where it happened.
    row: int
    cell: str
    typed: str
    count: int = 0

    def sentence(self, name: str) -> Message:
        """Say what was undone."""
        cells = counted("%(n)s cell", "%(n)s cells", n=self.count)
        return message(
            "%(cells)s of %(name)s had been turned into dates by a spreadsheet "
            "program; %(cell)s in row %(row)s is read as %(typed)s.",
            cells=cells,
            name=name,
            cell=self.cell[:10],
            row=self.row,
            typed=self.typed,
        )
