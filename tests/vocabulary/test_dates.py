"""A day is kept as precisely as it is known, and written so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.vocabulary.dates import DateSpan, Precision
from armstrace.vocabulary.errors import InvalidInput

pytestmark = pytest.mark.pure
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
SPANS = st.builds(
    lambda first, days: DateSpan(first, first + timedelta(days=days)),
    DAYS,
    st.one_of(st.just(0), st.integers(0, 800)),
)


@given(st.one_of(SPANS, st.builds(lambda day: DateSpan.of_year(day.year), DAYS)))
def test_what_is_written_is_read_back(span: DateSpan) -> None:
    assert DateSpan.read(str(span)) == span
    assert DateSpan.of(span.first, span.until) == span


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2018", "2018-01-01", "2018-12-31", Precision.YEAR),
        ("2016-02", "2016-02-01", "2016-02-29", Precision.MONTH),
        ("2018-03-05", "2018-03-05", "2018-03-05", Precision.DAY),
        ("2018-01/2018-03", "2018-01-01", "2018-03-31", Precision.SPAN),
        ("2018-12-30/2019-01-02", "2018-12-30", "2019-01-02", Precision.SPAN),
    ],
)
def test_a_span_tells_its_days_and_its_precision(text, first, last, precision) -> None:
    span = DateSpan.read(text)

    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)
    assert span.precision is precision
    assert str(span) == text


def test_a_span_over_two_years_has_no_year() -> None:
    assert DateSpan.read("2018-12-30/2019-01-02").year is None
    assert DateSpan.read("2018").year == 2018


@pytest.mark.parametrize("text", ["", "18", "2018-13", "2018-02-30", "2019/2018", "x"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        DateSpan.read(text)
