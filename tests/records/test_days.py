"""Days of years that are a slip are refused in one sentence, wherever they come."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.records import lengths
from armstrace.vocabulary.dates import EARLIEST, LATEST
from armstrace.vocabulary.errors import InvalidInput

pytestmark = pytest.mark.pure


@dataclass(frozen=True, slots=True)
class Lasting:
    valid_from: date | None = None
    valid_until: date | None = None
    known_at: datetime | None = None


@given(st.dates())
def test_a_day_is_kept_between_the_two_bounds_alone(day) -> None:
    refused = lengths.refuse_day(Lasting(valid_until=day))

    assert (refused is None) is (EARLIEST <= day <= LATEST)


@pytest.mark.parametrize("field", ["valid_from", "valid_until"])
@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_refusal_names_the_field_and_the_bounds(field, day) -> None:
    with pytest.raises(InvalidInput) as refused:
        lengths.require_fits(Lasting(**{field: day}))

    assert refused.value.field == field
    assert "between 1900-01-01 and 2200-12-31" in str(refused.value.message)


def test_moments_and_days_that_are_not_given_are_no_slip() -> None:
    kept = Lasting(known_at=datetime(9000, 1, 1, tzinfo=UTC))

    assert lengths.refuse_day(kept) is None
    assert lengths.refuse_day("a text") is None
