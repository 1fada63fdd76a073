"""Fill a report to another instrument, and say what it lacks.

The forms stand in TOML files beside this module. A figure that records cannot
give stays blank with its reason: it is for a person to write.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from armstrace.analysis.statistics.questionnaire.filled import ReturnFilled, WhyBlank
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.rows import fill

FORMS = ("poa", "att")


class FilledIn(Code):
    """Whether an item of a report is filled, and why not."""

    FILLED = "FILLED", "filled from records"
    BLANK = "BLANK", "blank in the annual return"
    BY_HAND = "BY_HAND", "to be written by the national point of contact"
    NO_TRANSFERS = "NO_TRANSFERS", "no transfers are recorded"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a form."""

    code: str
    words: str
    # Cells of the annual return that it adds up; empty where no record fills it.
    cells: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a form."""

    number: str
    title: str
    items: tuple[Item, ...]
    # Whether its place in the form follows a published source.
    is_verified: bool = True
    # Records that it needs and that are not kept here; ``TRANSFERS``.
    records: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of another instrument."""

    # ``poa`` or ``att``.
    code: str
    title: str
    instrument: str
    years: int
    due: str
    unverified: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One item as filled, a value a year."""

    item: Item
    # Counts or words, one a year; None where blank.
    values: tuple[int | str | None, ...]
    standing: FilledIn
    reason: str = ""

    @property
    def is_text(self) -> bool:
        return any(isinstance(value, str) for value in self.values)


@dataclass(frozen=True, slots=True)
class Filled:
    """A report as far as records fill it."""

    form: Form
    years: tuple[int, ...]
    sections: tuple[tuple[Section, tuple[Answer, ...]], ...]
    hashes: tuple[str, ...]

    @property
    def completeness(self) -> tuple[tuple[Section, int, int], ...]:
        """Items filled, and items asked, section by section."""
        return tuple(
            (
                section,
                sum(each.standing is FilledIn.FILLED for each in answers),
                len(answers),
            )
            for section, answers in self.sections
        )

    @property
    def has_no_transfers(self) -> bool:
        """Whether it asks for transfers, which are not recorded here."""
        return any(section.records for section, _ in self.sections)


@cache
def form_of(code: str) -> Form:
    """Read a form from its file."""
    if code not in FORMS:
        msg = message(
            "There is no report “%(code)s”; choose one of %(known)s.",
            code=code,
            known=list(FORMS),
        )
        raise NotFound(msg)
    kept = read_table(__package__, f"{code}.toml")
    sections = (
        fill(Section, each, items=tuple(fill(Item, item) for item in each["items"]))
        for each in kept["section"]
    )
    return fill(Form, kept, sections=tuple(sections))


def years_of(form: Form, year: int) -> tuple[int, ...]:
    """Give the years that a report covers; the last one is ``year``."""
    return tuple(range(year - form.years + 1, year + 1))


def report_of(form: Form, returns: Sequence[ReturnFilled]) -> Filled:
    """Fill a form from the annual returns of its years.

    Args:
        returns: One return a year, in the order of the years.

    Source:
        Programme of Action (2001), national reports; International Tracing
        Instrument, para. 36; Arms Trade Treaty, art. 13.
    """
    return Filled(
        form,
        tuple(each.year for each in returns),
        tuple(
            (section, tuple(_answer(item, section, returns) for item in section.items))
            for section in form.sections
        ),
        tuple(each.content_hash for each in returns),
    )


def _answer(item: Item, section: Section, returns: Sequence[ReturnFilled]) -> Answer:
    nothing = (None,) * len(returns)
    if section.records:
        standing = FilledIn.NO_TRANSFERS
        return Answer(item, nothing, standing, standing.label)
    if not item.cells:
        return Answer(item, nothing, FilledIn.BY_HAND, FilledIn.BY_HAND.label)
    values = tuple(_value(item, each) for each in returns)
    if all(value is None for value in values):
        reason = _reason(item, returns[-1])
        return Answer(item, values, FilledIn.BLANK, reason)
    return Answer(item, values, FilledIn.FILLED)


def _value(item: Item, filled: ReturnFilled) -> int | str | None:
    """Add up the cells; blank where every one is, words where they are words."""
    cells = [cell for key in item.cells if (cell := filled.cell(key)) is not None]
    words = " ".join(cell.text for cell in cells if cell.text)
    counts = [cell.value for cell in cells if cell.value is not None]
    return words or (sum(counts) if counts else None)


def _reason(item: Item, filled: ReturnFilled) -> str:
    cells = [cell for key in item.cells if (cell := filled.cell(key)) is not None]
    why = [cell.why_blank for cell in cells if cell.why_blank is not None]
    return (why[0] if why else WhyBlank.NOT_RECORDED).label
