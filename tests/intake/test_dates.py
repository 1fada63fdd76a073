"""Dates are read as people write them; an ambiguous one is not guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.intake.dates import EXCEL_EPOCH, DateOrder, read_date

pytestmark = pytest.mark.pure
DAYS = st.dates(date(1930, 1, 1), date(2099, 12, 31))
ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun",
           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-01",
        "2019/3/1",
        "20190301",
        "2019-03-01 14:49:21",
        "2019-03-01T14:49:21Z",
        "01/03/2019",
        "1/3/2019 08:01",
        "1.3.2019",
        "01-03-2019",
        "1 Mar 2019",
        "1st March 2019",
        "01-MAR-2019",
        "March 1, 2019",
        "1 de março de 2019",
        "1º de marzo de 2019",
        "1er mars 2019",
        "1. März 2019",
        "1 marzo 2019",
        "1 марта 2019",
        "1 марта 2019 г.",
        "01.03.2019 р.",
        "1 березня 2019 року",
        "Friday, 1 March 2019",
        "Fri 1 March 2019",
        "2019年3月1日",
        "2019年03月01日 08时",
        "1 مارس 2019",
        "43525",
        "43525.75",
    ],
)
def test_the_first_of_march_is_read_in_many_styles(text):
    assert read_date(text, DateOrder.DAY_FIRST).value == date(2019, 3, 1)


def test_the_month_comes_first_only_where_that_is_stated():
    assert read_date("01/03/2019", DateOrder.MONTH_FIRST).value == date(2019, 1, 3)
    assert read_date("1.3.2019", DateOrder.MONTH_FIRST).value == date(2019, 3, 1)


def test_an_ambiguous_date_is_not_guessed_where_no_order_is_stated():
    reading = read_date("01/03/2019", DateOrder.NOT_STATED)

    assert reading.value is None
    assert "day and month or month and day" in str(reading.trouble)
    assert read_date("25/03/2019", DateOrder.NOT_STATED).value == date(2019, 3, 25)
    assert read_date("03/25/2019", DateOrder.NOT_STATED).value == date(2019, 3, 25)
    assert read_date("03/03/2019", DateOrder.NOT_STATED).value == date(2019, 3, 3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("yesterday", "is not a date"),
        ("31/02/2019", "not a day of the calendar"),
        ("02/25/2019", "no month 25"),
        ("1/2/19", "two digits"),
        ("1 Foo 2019", "contains no month"),
        ("0219-03-01", "cannot be right"),
        ("99999", "is not a date"),
    ],
)
def test_what_cannot_be_read_says_why(text, words):
    reading = read_date(text, DateOrder.DAY_FIRST)

    assert reading.value is None
    assert words in str(reading.trouble)


@given(DAYS)
def test_every_day_is_read_back_from_every_style(day):
    styles = [
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
        f"{day.day} {ENGLISH[day.month - 1]} {day.year}",
        str((day - EXCEL_EPOCH) // timedelta(days=1)),
    ]

    assert {read_date(text, DateOrder.DAY_FIRST).value for text in styles} == {day}


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_reason(text):
    for order in DateOrder:
        reading = read_date(text, order)
        assert (reading.value is None) == bool(str(reading.trouble))
