"""Days are read as precisely as people write them, and never more so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.intake.dates import DateOrder
from armstrace.intake.spans import read_span
from armstrace.vocabulary.dates import DateSpan

pytestmark = pytest.mark.pure
READ = {
    "2018": "2018",
    "2018.0": "2018",
    "2018-03": "2018-03",
    "03/2018": "2018-03",
    "3.2018": "2018-03",
    "mars 2018": "2018-03",
    "Março de 2018": "2018-03",
    "marzo del 2018": "2018-03",
    "2018 March": "2018-03",
    "März 2018": "2018-03",
    "марта 2018": "2018-03",
    "يناير 2018": "2018-01",
    "Q1 2018": "2018-01/2018-03",
    "2018-Q3": "2018-07/2018-09",
    "1er trimestre 2018": "2018-01/2018-03",
    "2º semestre de 2018": "2018-07/2018-12",
    "2018-2019": "2018/2019",
    "2018-01-05/2018-01-09": "2018-01-05/2018-01-09",
    "between 2018-01-05 and 2018-01-09": "2018-01-05/2018-01-09",
    "between 5 and 9 January 2018": "2018-01-05/2018-01-09",
    "entre le 5 et le 9 janvier 2018": "2018-01-05/2018-01-09",
    "entre 15/01/2018 e 19/01/2018": "2018-01-15/2018-01-19",
    "от 5 до 9 января 2018": "2018-01-05/2018-01-09",
    "January to March 2018": "2018-01/2018-03",
    "2018-03-01 10:00": "2018-03-01",
    "5.3.2018": "2018-03-05",
    "43831": "2020-01-01",
}
NOT_READ = {
    "1026": "the year 1026 cannot be right",
    "9999": "the year 9999 cannot be right",
    "1026-03": "the year 1026 cannot be right",
    "13/2018": "not a month of a year",
    "Q5 2018": "is not a date",
    "01/03/2019": "may be day and month",
    "entre 05/01/2018 e 19/01/2018": "may be day and month",
    "2018-12-31 to 2018-01-01": "lies after",
    "2018-03-01 to ?": "is not a date",
    "late 2018": "not a month",
    "hello": "is not a date",
}


@pytest.mark.parametrize(("text", "span"), READ.items())
def test_what_people_write_is_read(text: str, span: str) -> None:
    assert str(read_span(text, DateOrder.NOT_STATED).value) == span


@pytest.mark.parametrize(("text", "why"), NOT_READ.items())
def test_what_cannot_be_told_is_not_guessed(text: str, why: str) -> None:
    reading = read_span(text, DateOrder.NOT_STATED)

    assert reading.value is None
    assert why in str(reading.trouble)


@given(st.dates().filter(lambda day: 1900 <= day.year <= 2200))
def test_every_way_of_writing_a_span_is_read_back(day) -> None:
    for span in (
        DateSpan.of(day),
        DateSpan.of_year(day.year),
        DateSpan.of_months(day.year, day.month),
        DateSpan.of_months(day.year, 1, day.month),
    ):
        assert read_span(str(span), DateOrder.NOT_STATED).value == span


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    reading = read_span(text, DateOrder.DAY_FIRST)

    assert (reading.value is None) == bool(reading.trouble)
