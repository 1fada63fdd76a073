"""What a figure from records rests on, and what it says less than it seems to."""

from dataclasses import dataclass, replace
from datetime import date

from armstrace.analysis.statistics.indicator import (
    Caution,
    IndicatorValue,
    years_of_window,
)
from armstrace.vocabulary.messages import Message, message

# Where the records of a year end before this month, a quarter of it is missing.
LAST_MONTH_EXPECTED = 10


@dataclass(frozen=True, slots=True)
class Grounds:
    """The records that figures are computed from."""

    # The last day of which anything can be known; None where that cannot be told.
    known_on: date | None = None
    # Day of the last recovery on record; None where there is none.
    last_recovery: date | None = None
    # Whether a register of lawful arms is on record.
    has_register: bool = True


def say_grounds(figure: IndicatorValue, grounds: Grounds) -> IndicatorValue:
    """Say with a figure what it lacks: a register, or a part of a year.

    Args:
        figure: A figure computed from records; one without a value stays as it is.

    Source:
        Metadata of SDG indicator 16.4.2 (2018), limitations: tracing is slow, and
        the latest year is revised.
    """
    if figure.value is None:
        return figure
    found: dict[Caution, Message] = {}
    for year in years_of_window(figure):
        said = _warn_of_running_year(year, grounds)
        if said:
            found.setdefault(Caution.UNFINISHED, said)
    if not grounds.has_register:
        found[Caution.NO_REGISTER] = _NO_REGISTER
    return replace(
        figure,
        cautions=tuple(found),
        notes=(*found.values(), *figure.notes),
    )


def _warn_of_running_year(year: int, grounds: Grounds) -> Message | None:
    if grounds.known_on is not None and grounds.known_on.year <= year:
        return message(
            "%(year)s is not finished: the records are known as of %(day)s. The "
            "figure is provisional.",
            year=year,
            day=grounds.known_on,
        )
    last = grounds.last_recovery
    # The first of January may stand for a year of which the day is not known.
    if last is None or last.year != year or last == date(year, 1, 1):
        return None
    if last.month >= LAST_MONTH_EXPECTED:
        return None
    return message(
        "The last recovery of %(year)s on record is of %(day)s: the year is not on "
        "record whole. The figure is provisional.",
        year=year,
        day=last,
    )


_NO_REGISTER = message(
    "No register of lawful arms is on record, so no arm can be traced in it: a low "
    "figure then says nothing about how well arms are traced."
)
