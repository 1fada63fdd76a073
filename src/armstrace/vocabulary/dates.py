"""Days as precisely as they are known: a day, a month, a year, a span of days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.texts import shorten

# What is on record happened on this day or later; an earlier year is a slip.
FIRST_YEAR_OF_ARMS = 1500
EARLIEST = date(1900, 1, 1)
# No licence, order or answer runs longer: a later year is a slip, or says “no end”.
LATEST = date(2200, 12, 31)

_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class Precision(Code):
    """How precisely a day is known."""

    DAY = "DAY", "a day"
    MONTH = "MONTH", "a month"
    YEAR = "YEAR", "a year"
    SPAN = "SPAN", "a span of days"


@dataclass(frozen=True, slots=True, order=True)
class DateSpan:
    """A day that lies somewhere from one day to another; often the two are one."""

    first: date
    # The latest; the same where the day is known.
    last: date

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins.

        Raises:
            InvalidInput: It does.
        """
        if self.last < self.first:
            msg = message(
                "%(first)s lies after %(last)s; write the earlier day first.",
                first=self.first,
                last=self.last,
            )
            raise InvalidInput(msg)

    @classmethod
    def of(cls, first: date, until: date | None = None) -> Self:
        """Give the span of two columns; the second is None where it is one day."""
        return cls(first, until or first)

    @classmethod
    def of_year(cls, year: int) -> Self:
        """Give the span of a year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_months(cls, year: int, first: int, last: int | None = None) -> Self:
        """Give the span of a month, or of several months of one year."""
        last = last or first
        return cls(date(year, first, 1), date(year, last, monthrange(year, last)[1]))

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a span as ISO 8601 writes it; ``str`` writes it so.

        Args:
            text: ``2018``, ``2018-03``, ``2018-03-01``, or two of these with a
                slash between: ``2018-01-05/2018-01-09``.

        Raises:
            InvalidInput: It is none of these, or ends before it begins.

        Source:
            ISO 8601-1:2019, 5.2.2 and 5.5.2.
        """
        begin, slash, end = (part.strip() for part in text.partition("/"))
        first = cls._read_one(begin, text)
        return cls(first.first, cls._read_one(end, text).last) if slash else first

    @classmethod
    def _read_one(cls, text: str, whole: str) -> Self:
        try:
            if found := _YEAR.fullmatch(text):
                return cls.of_year(int(found[1]))
            if found := _MONTH.fullmatch(text):
                return cls.of_months(int(found[1]), int(found[2]))
            if found := _DAY.fullmatch(text):
                return cls.of(date(int(found[1]), int(found[2]), int(found[3])))
        except (ValueError, IndexError):
            pass
        msg = message(
            "“%(text)s” is not a day, a month or a year; write it as 2019-03-01, "
            "2019-03 or 2019, or two of them with a slash between.",
            text=shorten(whole, 40),
        )
        raise InvalidInput(msg)

    @property
    def until(self) -> date | None:
        """Give the last day; None where the first is the only one."""
        return None if self.is_day else self.last

    @property
    def is_day(self) -> bool:
        """Tell whether the day is known."""
        return self.first == self.last

    @property
    def year(self) -> int | None:
        """Give the year; None where it may be one of several."""
        return self.first.year if self.first.year == self.last.year else None

    @property
    def precision(self) -> Precision:
        """Tell how precisely the day is known."""
        if self.is_day:
            return Precision.DAY
        if self.year is not None and self == self.of_year(self.year):
            return Precision.YEAR
        if self.year is not None and self == self.of_months(
            self.year, self.first.month
        ):
            return Precision.MONTH
        return Precision.SPAN

    @property
    def ends(self) -> tuple["DateSpan", "DateSpan"]:
        """Give the units that a span runs between: two years, two months, two days."""
        first, last = self.first, self.last
        is_from_month = first.day == 1
        is_to_month = (last + timedelta(days=1)).day == 1
        if is_from_month and is_to_month and first.month == 1 and last.month == 12:
            return self.of_year(first.year), self.of_year(last.year)
        if is_from_month and is_to_month:
            return (
                self.of_months(first.year, first.month),
                self.of_months(last.year, last.month),
            )
        return self.of(first), self.of(last)

    @property
    def for_export(self) -> date | str:
        """Give what a file holds: the day, or the span as ISO 8601 writes it."""
        return self.first if self.is_day else str(self)

    def __str__(self) -> str:
        """Write it as ISO 8601 does."""
        match self.precision:
            case Precision.DAY:
                return self.first.isoformat()
            case Precision.YEAR:
                return f"{self.first.year:04}"
            case Precision.MONTH:
                return f"{self.first:%Y-%m}"
        return "/".join(map(str, self.ends))
