"""Tell from a sample of its values what a column may hold."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, cached_property, lru_cache
from itertools import pairwise

import pycountry

from armstrace.analysis.marks import calibres, makes, models, places, serials, types
from armstrace.intake import value_words
from armstrace.intake.dates import (
    DateOrder,
    beside_day,
    is_of_other_calendar,
    read_date,
    with_whole_year,
)
from armstrace.intake.fields import Field, Shape
from armstrace.intake.profiles import kind_words
from armstrace.intake.reading_values import member_of
from armstrace.intake.tables.heading_words import meanings
from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.marks import Certainty, SerialStatus

MOST_LOOKED_AT = 200
_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?")
_BARE = re.compile(r"\d+(?:[.,]\d+)?")
_FRACTION = re.compile(r"-?\d{1,3}[.,]\d{3,}")
_SERIAL = re.compile(r"(?=.*\d)[^\W_][\w/ .,+\-]{2,19}|[^\W\d_]\d")
_NUMBERED = re.compile(r"(?=.*\d)(?!.*@)(?:.*[/\-.№ ].*|.*(?:19|20)\d\d.*)")
_NOT_A_CALIBRE = re.compile(r"\d{5}|[^\W\d_]{2}[-. ]?\d{3,}|\d[/-](?:19|20)\d\d\b")
_PERSON = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:,?\s+[^\W\d_][^\W\d_.'’-]*){1,4}")
_PARAGRAPH = re.compile(
    r"(?:\bart|§|\bst\b|\bст|стат|\bart[íi]culo|المادة|مادة|第).{0,12}\d|\d+\s?条",
    re.IGNORECASE,
)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[ T].*)?")
_MOST_REPEATED = 0.5
_LEAST_VARIED = 0.3
_LONGEST_TYPE, _BESIDE_FIGURES = 40, 0.8
_LONGEST_DESCRIPTION = 120


@dataclass(frozen=True, eq=False)
class Column:
    """A column and a sample of what stands in it."""

    # As it stands in the file.
    heading: str
    # One for each row of the sample; empty where nothing stands there.
    cells: tuple[str, ...]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each different value stands in it, in the order of the file."""
        return Counter(filter(None, self.cells))

    @cached_property
    def full_cells(self) -> int:
        """How many of its cells hold something."""
        return self.counts.total()

    @cached_property
    def distinct(self) -> float:
        """The share of its values that differ from each other."""
        return len(self.counts) / self.full_cells if self.full_cells else 0.0

    def share(self, is_such: Callable[[str], bool]) -> float:
        """Give the share of values of which something is true; 0 to 1."""
        looked_at = self.counts.most_common(MOST_LOOKED_AT)
        total = sum(count for _, count in looked_at)
        such = sum(count for value, count in looked_at if is_such(value))
        return such / total if total else 0.0

    @cached_property
    def days(self) -> float:
        """The share of its values that are days of the calendar."""
        if {"DATE", "PLACE"} <= meanings(self.heading).found:
            return self.share(lambda text: _is_day(beside_day(text)[0]))
        return self.share(_is_day)

    @cached_property
    def years(self) -> float:
        """The share of its values that are years of our time."""
        return self.share(lambda text: _YEAR.fullmatch(text) is not None)

    @cached_property
    def calibres(self) -> float:
        """The share of its values that are calibres and not bare numbers."""
        return self.share(_is_calibre)

    @cached_property
    def is_running(self) -> bool:
        """Whether its values count on from row to row."""
        numbers = [int(text) for text in self.cells if text.isdecimal()]
        if len(numbers) < 3 or len(numbers) < self.full_cells:
            return False
        steps = [later - earlier for earlier, later in pairwise(numbers)]
        return all(step > 0 for step in steps) and sorted(steps)[len(steps) // 2] <= 2

    @cached_property
    def counts_rows(self) -> bool:
        """Whether its values number the rows from 1, and so name no record."""
        numbers = [text.removesuffix(".") for text in self.cells if text]
        # A total and notes may stand below the rows.
        while numbers and not numbers[-1].isdecimal():
            numbers.pop()
        return len(numbers) > 2 and numbers == [
            str(at) for at in range(1, len(numbers) + 1)
        ]

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes that its values say; more than one where rows differ."""
        return frozenset(map(kind_words.class_of, self.counts)) - {""}

    @cached_property
    def pattern(self) -> float:
        """The share of values that follow the column's commonest pattern."""
        shapes = Counter[str]()
        for value, count in self.counts.items():
            shapes[_shape(value)] += count
        return max(shapes.values(), default=0) / max(self.full_cells, 1)


@lru_cache(maxsize=4096)
def likeness(column: Column, field: Field) -> float | None:
    """Give how much a column's values look like a field's, from 0 to 1.

    Returns:
        The likeness; None where the values of such a field look like any text.
    """
    if not column.full_cells:
        return None
    own = _BY_NAME.get(field.name) or _BY_SHAPE.get(field.shape)
    if own is not None:
        return own(column)
    is_such = _OF_VALUES.get(field.name) or _OF_VALUES.get(field.shape)
    if is_such is not None:
        return column.share(is_such)
    if field.codes is not None:
        codes = field.codes
        return column.share(lambda text: member_of(field.name, codes, text) is not None)
    return None


def _is_day(text: str) -> bool:
    if text.isdecimal():
        return False
    whole = _FOUR.sub(_in_our_years, with_whole_year(text, LATEST_OF_TWO))
    return any(
        read_date(whole, order).value is not None
        for order in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)
    )


_FOUR = re.compile(r"\d{4}")


def _in_our_years(found: re.Match[str]) -> str:
    """Give a year for one of another calendar: such a day is held, and is a day."""
    return "2000" if is_of_other_calendar(int(found[0])) else found[0]


def _is_day_or_year(column: Column) -> float:
    # A spreadsheet's number of days is a day only where nearly all are, and said so.
    numbers = 0.0
    if meanings(column.heading).found:
        numbers = column.share(
            lambda text: read_date(text, DateOrder.DAY_FIRST).value is not None
        )
    return max(column.days, column.years * 0.9, numbers if numbers > 0.9 else 0.0)


def read_day(text: str, order: DateOrder) -> date | None:
    """Read a day; two digits of its year mean one of the hundred years up to now."""
    return read_date(with_whole_year(text, datetime.now(UTC).year), order).value


def _is_calibre(text: str) -> bool:
    if _BARE.fullmatch(text) or _ISO_DAY.fullmatch(text):
        return False
    if _NOT_A_CALIBRE.search(text):
        return False
    reading = calibres.read_calibre(text)
    return bool(reading.value) and reading.certainty in _SURE


# What two digits of a year are taken for where only days matter, not which.
LATEST_OF_TWO = 2099
_SURE = frozenset({Certainty.CERTAIN, Certainty.LIKELY})


def _calibre(column: Column) -> float:
    bare = column.share(lambda text: _BARE.fullmatch(text) is not None)
    is_list = column.distinct < _MOST_REPEATED or column.full_cells < 20
    return min(
        1.0, column.calibres + (0.6 * bare if column.calibres and is_list else 0)
    )


def _type(column: Column) -> float:
    plain = column.share(lambda text: not has_figure(text) and bool(_type_value(text)))
    # One column may describe each item whole.
    is_told = "DESCRIPTION" in meanings(column.heading).found
    longest = _LONGEST_DESCRIPTION if is_told else _LONGEST_TYPE
    if is_told and max(map(len, column.counts)) > longest:
        return plain
    described = column.share(
        lambda text: (
            has_figure(text) and len(text) <= longest and bool(_type_value(text))
        )
    )
    return plain + _BESIDE_FIGURES * described


def has_figure(text: str) -> bool:
    """Tell whether a digit of any script stands in a text."""
    return any(map(str.isdecimal, text))


def _type_value(text: str) -> str:
    reading = types.read_type(text)
    is_arm = "ARM" if reading.reading.certainty is not Certainty.NONE else ""
    return reading.reading.value or is_arm


def _is_make(text: str) -> bool:
    if text.isdecimal() or _type_value(text):
        return False
    reading = makes.read_make(text).reading
    return bool(reading.value) and reading.certainty in _SURE


def _model(column: Column) -> float:
    known = column.share(
        lambda text: models.read_model(text).certainty is Certainty.CERTAIN
    )
    return min(1.0, known * 1.5)


def _serial(column: Column) -> float:
    if column.counts_rows:  # "S/N" heads a running number as well
        return 0.0
    if column.is_running:
        return 0.3
    share = column.share(_is_serial)
    scattered = 1.0 if column.distinct > 0.7 else column.distinct / 0.7
    # Serials are of several makers; numbers that are all alike are an office's.
    is_regular = column.pattern > 0.95 and len(set(map(len, column.counts))) == 1
    return share * scattered * (0.7 if is_regular else 1.0)


def _is_serial(text: str) -> bool:
    if not _SERIAL.fullmatch(text):
        status = serials.read_serial(text).status
        return status not in {SerialStatus.COMPLETE, SerialStatus.UNKNOWN}
    return not _is_day(text) and not _is_calibre(text)


def _number_of_row(column: Column) -> float:
    if column.is_running:
        return 1.0
    if _is_of_another_kind(column):
        return 0.0
    numbered = column.share(has_figure)
    return numbered * (column.distinct if column.distinct > 0.95 else 0.5)


def _is_of_another_kind(column: Column) -> bool:
    """Tell days, years, calibres and places on the globe from numbers of an office."""
    others = (column.days, column.years, column.calibres, column.share(_is_fraction))
    return max(others) > 0.5


def _case(column: Column) -> float:
    share = column.share(lambda text: _NUMBERED.fullmatch(text) is not None)
    is_other = _is_of_another_kind(column)
    varied = min(1.0, column.distinct / _LEAST_VARIED)
    return 0.0 if is_other else share * column.pattern * varied


def _is_country(text: str) -> bool:
    return bool(places.country_code(text))


def _is_fraction(text: str) -> bool:
    return _FRACTION.fullmatch(text) is not None


def _one_country(column: Column) -> float:
    """Tell where rows are from: a State's own table names one country throughout."""
    return column.share(_is_country) * (1.0 if _countries(column) < 2 else _UNLIKELY)


def _several_countries(column: Column) -> float:
    return column.share(_is_country) * (_UNLIKELY if _countries(column) < 2 else 1.0)


def _countries(column: Column) -> int:
    return len(set(map(places.country_code, column.counts)) - {""})


_UNLIKELY = 0.5


@cache
def _regions() -> frozenset[str]:
    """Give the names of the provinces of the world."""
    return frozenset(fold(each.name) for each in pycountry.subdivisions)


def _person(column: Column) -> float:
    share = column.share(
        lambda text: _PERSON.fullmatch(text) is not None and not _type_value(text)
    )
    return share * column.distinct


def _item(column: Column) -> float:
    """Tell columns that part arms from ammunition and parts."""
    kinds = {
        value_words.code_of("item_kind", text)
        or (types.read_type(text).item_kind.value if _type_value(text) else "")
        for text in column.counts
    }
    known = column.share(lambda text: bool(value_words.code_of("item_kind", text)))
    return known * (1.0 if len(kinds - {""}) > 1 or known > 0.9 else 0.5)


def _shape(text: str) -> str:
    letters = re.sub(r"[^\W\d_]+", "A", text)
    return re.sub(r"\d+", "9", letters)


_BY_NAME: dict[str, Callable[[Column], float]] = {
    "calibre": _calibre,
    "arm_type": _type,
    "model": _model,
    "serial": _serial,
    "source_number": _number_of_row,
    "case_number": _case,
    "country": _one_country,
    "country_of_manufacture": _several_countries,
    "taken_from": _person,
    "item_kind": _item,
}
_BY_SHAPE: dict[Shape, Callable[[Column], float]] = {
    Shape.DATE: _is_day_or_year,
    Shape.YEAR: lambda column: max(column.years, column.days),
}
# What is true of each value by itself, by the name or the shape of its field.
_OF_VALUES: dict[str, Callable[[str], bool]] = {
    "make": _is_make,
    "agency": lambda text: "AGENCY" in meanings(text).found,
    "offences": lambda text: (
        "OFFENCE" in meanings(text[:80]).found or _PARAGRAPH.search(text) is not None
    ),
    "region": lambda text: fold(text) in _regions(),
    "recovery_kind": kind_words.tells_kind,
    Shape.WHOLE: lambda text: text.isdecimal() and len(text) < 5,
    Shape.DEGREES: _is_fraction,
    Shape.COUNTRY: _is_country,
}
