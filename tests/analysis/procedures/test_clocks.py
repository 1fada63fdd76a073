"""Working days used and stopped: overlapping stops are taken out once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.procedures import clocks
from armstrace.analysis.procedures.clocks import Stop
from armstrace.analysis.procedures.working_days import due_on as plainly_due
from armstrace.analysis.procedures.working_days import holidays_between, is_working_day

pytestmark = pytest.mark.pure

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 90).map(lambda n: FIRST + timedelta(days=n))
LATER = st.integers(0, 1_200).map(lambda n: FIRST + timedelta(days=n))
STOPS = st.lists(st.builds(Stop, DAYS, st.none() | DAYS), max_size=5)


def slowly(begun: date, until: date, stops: list[Stop]) -> clocks.Days:
    """Count day by day."""
    working, stopped = set(), set()
    for n in range(1, max((until - begun).days, 0) + 1):
        day = begun + timedelta(days=n)
        if is_working_day(day, "AT"):
            working.add(day)
        for stop in stops:
            if stop.begun_on < day <= (stop.ended_on or until):
                stopped.add(day)
    return clocks.Days(len(working - stopped), len(working & stopped))


@given(DAYS, DAYS, STOPS)
def test_a_count_agrees_with_one_day_by_day(
    begun: date, until: date, stops: list[Stop]
) -> None:
    assert clocks.count(begun, until, stops, "AT") == slowly(begun, until, stops)


@given(LATER, LATER)
def test_a_count_over_years_agrees_with_one_day_by_day(
    begun: date, until: date
) -> None:
    assert clocks.count(begun, until, [], "AT") == slowly(begun, until, [])


@given(DAYS, st.integers(0, 60), STOPS)
def test_the_last_day_in_time_is_the_first_on_which_all_days_are_used(
    begun: date, days: int, stops: list[Stop]
) -> None:
    due = clocks.due_on(begun, days, stops, "AT")

    if any(stop.ended_on is None for stop in stops):
        assert due is None
        return
    assert due is not None
    assert clocks.count(begun, due, stops, "AT").used == days
    if days:
        before = due - timedelta(days=1)
        assert clocks.count(begun, before, stops, "AT").used == days - 1


@given(DAYS, st.integers(1, 60))
def test_without_stops_it_is_the_day_of_the_procedures(begun: date, days: int) -> None:
    assert clocks.due_on(begun, days, [], "AT") == plainly_due(begun, days, "AT")


def test_a_holiday_of_the_country_is_no_working_day() -> None:
    begun, until = date(2026, 1, 5), date(2026, 1, 7)  # Epiphany between them

    assert clocks.count(begun, until, [], "AT").used == 1
    assert clocks.count(begun, until, [], "GB").used == 2


def test_the_country_of_the_demo_has_public_holidays() -> None:
    eve, after = date(2026, 12, 24), date(2026, 12, 28)

    assert clocks.count(eve, after, [], "XV").used == 1
    assert holidays_between(eve, after, "XV") == [date(2026, 12, 25)]
    assert holidays_between(eve, after, "") == []
    assert date(2026, 10, 26) in holidays_between(date(2026, 10, 1), eve, "AT")
