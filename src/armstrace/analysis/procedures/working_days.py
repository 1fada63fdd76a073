"""The day by which a step is due, in working days of the country.

Source:
    The library ``holidays`` for public holidays and weekends; a country that it does
    not know has Monday to Friday.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5
# Public holidays, by month and day, of the invented country of the demo.
INVENTED = {"XV": {(1, 1), (10, 12), (12, 25)}}


@lru_cache(maxsize=8)
def _calendar(country: str) -> holidays.HolidayBase | None:
    try:
        return holidays.country_holidays(country) if country else None
    except NotImplementedError:
        return None


@lru_cache(maxsize=4096)
def is_working_day(day: date, country: str) -> bool:
    """Tell whether offices work on a day."""
    calendar = _calendar(country)
    if calendar is None:
        is_holiday = (day.month, day.day) in INVENTED.get(country, ())
        return day.weekday() < SATURDAY and not is_holiday
    return bool(calendar.is_working_day(day))


def holidays_between(after: date, until: date, country: str) -> list[date]:
    """Give the days from Monday to Friday on which offices are closed.

    Args:
        after: Not itself among them.
        until: The last day that is looked at.
    """
    days = (after + n * ONE_DAY for n in range(1, (until - after).days + 1))
    return [
        day
        for day in days
        if day.weekday() < SATURDAY and not is_working_day(day, country)
    ]


@lru_cache(maxsize=65536)
def due_on(begun_on: date, days: int, country: str) -> date:
    """Give the last day in time.

    Args:
        begun_on: The day on which the step could be begun; it is not counted.
        days: Working days; 0 is the same day, or the first working day after it.
    """
    day = begun_on
    while not is_working_day(day, country):
        day += ONE_DAY
    for _ in range(days if day == begun_on else max(days - 1, 0)):
        day += ONE_DAY
        while not is_working_day(day, country):
            day += ONE_DAY
    return day
