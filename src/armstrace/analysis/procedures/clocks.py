"""Working days that a clock has run, and those on which it was stopped.

A day counts when offices work on it and it comes after the day of the beginning. A
stop takes out the days after the one on which it began, the day of its end among
them; a day that several stops take out is taken out once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate

from armstrace.analysis.procedures.working_days import ONE_DAY, is_working_day


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which the clock was stopped."""

    begun_on: date
    # None while it lasts.
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """How the working days of a clock were spent."""

    used: int
    stopped: int


def count(begun_on: date, until: date, stops: Iterable[Stop], country: str) -> Days:
    """Count the days that were used until a day, and those that were stopped.

    Args:
        until: The last day that is counted.
    """
    spans = _merge(begun_on, until, stops)
    stopped = sum(working_days(*span, country) for span in spans)
    return Days(working_days(begun_on, until, country) - stopped, stopped)


def due_on(
    begun_on: date, days: int, stops: Sequence[Stop], country: str
) -> date | None:
    """Give the last day in time; None while the clock is stopped."""
    if any(stop.ended_on is None for stop in stops):
        return None
    day, left = begun_on, days
    spans = _merge(begun_on, date.max, stops)
    while left > 0:
        day += ONE_DAY
        is_stopped = any(begin < day <= end for begin, end in spans)
        left -= is_working_day(day, country) and not is_stopped
    return day


def working_days(after: date, until: date, country: str) -> int:
    """Count the working days after one day and until another."""
    if until <= after:
        return 0
    whole = sum(_by_day(year, country)[-1] for year in range(after.year, until.year))
    return whole + _until(until, country) - _until(after, country)


def _until(day: date, country: str) -> int:
    """Count the working days of a year until a day, itself among them."""
    return _by_day(day.year, country)[(day - date(day.year, 1, 1)).days]


@lru_cache(maxsize=512)
def _by_day(year: int, country: str) -> tuple[int, ...]:
    """Give for each day of a year how many working days there are until it."""
    days = range((date(year, 12, 31) - date(year, 1, 1)).days + 1)
    first = date(year, 1, 1)
    return tuple(accumulate(is_working_day(first + n * ONE_DAY, country) for n in days))


def _merge(
    begun_on: date, until: date, stops: Iterable[Stop]
) -> list[tuple[date, date]]:
    spans = sorted(
        (max(stop.begun_on, begun_on), min(stop.ended_on or until, until))
        for stop in stops
    )
    merged: list[tuple[date, date]] = []
    for begin, end in spans:
        if begin >= end:
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged
