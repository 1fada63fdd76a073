"""Tell dates of birth and years of making from the days of what is on file.

A heading may not say that its days are those of a birth, and a file may have no
headings at all. People who are caught on one day were born over decades; what they
did lies years later in every row.
"""

from collections.abc import Sequence
from datetime import date

from armstrace.intake.dates import EARLIEST_YEAR, DateOrder
from armstrace.intake.profiles.column_values import Column, read_day
from armstrace.intake.profiles.scores import LEAST_LIKE
from armstrace.intake.tables.heading_words import meanings

# Years between a tenth and nine tenths of the days that tell births.
LEAST_SPREAD = 12
# Years by which a birth lies before what its row is about.
LEAST_AGE = 10
_FEWEST = 5
_NEARLY_ALL = 0.95
type Days = Sequence[date | None]


def found_among(
    columns: Sequence[Column], order: DateOrder, *, by_spread: bool
) -> frozenset[int]:
    """Find the columns whose days or years are births and the like.

    Args:
        order: The order of days and months, as far as the file shows it.
        by_spread: Whether days that lie over decades, under a heading that says
            nothing, are births; those of a register may be days of purchase.
    """
    dated = [_days(each, order) for each in columns if each.days >= LEAST_LIKE]
    return frozenset(
        at
        for at, each in enumerate(columns)
        if max(each.days, each.years) >= LEAST_LIKE
        and (
            any(_all_before(_days(each, order), later) for later in dated)
            or (
                by_spread
                and not meanings(each.heading).found
                and _spread(each, order) >= LEAST_SPREAD
            )
        )
    )


def _spread(column: Column, order: DateOrder) -> float:
    """Give the years between a tenth and nine tenths of a column's days."""
    days = sorted(day for day in _days(column, order) if day is not None)
    if len(days) < _FEWEST:
        return 0.0
    low, high = days[len(days) // 10], days[-1 - len(days) // 10]
    return (high - low).days / 365.25


def _all_before(earlier: Days, later: Days) -> bool:
    ages = young = 0
    most_young = (1 - _NEARLY_ALL) * len(earlier)
    for a, b in zip(earlier, later, strict=True):
        if a is None or b is None:
            continue
        ages += 1
        young += (b - a).days / 365.25 < LEAST_AGE
        if young > most_young:
            return False
    return ages >= _FEWEST and ages - young >= _NEARLY_ALL * ages


def _days(column: Column, order: DateOrder) -> list[date | None]:
    return [_day(text, order) if text else None for text in column.cells]


def _day(text: str, order: DateOrder) -> date | None:
    year = text.removesuffix(".0")
    if len(year) == 4 and year.isdecimal():
        return date(int(year), 7, 1) if int(year) >= EARLIEST_YEAR else None
    return read_day(text, order)
