"""Sentences as values."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.messages import Message, counted, join, message

pytestmark = pytest.mark.pure

PLAIN = (
    st.text()
    | st.integers()
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.sampled_from(ArmType)
)
PARAMS = st.dictionaries(
    st.from_regex(r"[a-z]{1,8}", fullmatch=True), PLAIN | st.lists(PLAIN, max_size=3)
)


@given(PARAMS)
def test_a_message_comes_back_from_json_as_it_was(params):
    said = Message("%(" + ")s, %(".join(params) + ")s" if params else "50 %", params)

    assert Message.read(said.to_json()) == said


def test_a_message_is_english_when_printed():
    said = message(
        "%(type)s of %(day)s: %(list)s, %(part)s",
        type=ArmType.PISTOL,
        day=date(2021, 3, 4),
        list=["a", "b"],
        part=message("none"),
    )

    assert str(said) == "pistol of 2021-03-04: a, b, none"


def test_a_plain_sentence_of_earlier_times_stays_readable():
    assert str(Message.read("50 % of it, %(number)s")) == "50 % of it, %(number)s"


@pytest.mark.parametrize(("n", "said"), [(0, "0 arms"), (1, "1 arm"), (2, "2 arms")])
def test_a_number_chooses_the_words_of_a_message(n, said):
    told = counted("%(n)s arm", "%(n)s arms", n=n)

    assert str(told) == said
    assert Message.read(told.to_json()) == told


def test_messages_are_joined_and_each_is_still_one():
    both = join([message("One."), message("Two of %(n)s.", n=3)])

    assert str(both) == "One. Two of 3."
    assert Message.read(both.to_json()) == both


def test_a_code_that_is_known_no_more_is_shown_as_it_was_kept():
    kept = {"template": "%(x)s", "params": {"x": {"code": "Gone", "value": "OLD"}}}

    assert str(Message.read(kept)) == "OLD"


def test_numbers_and_times_are_kept_exactly():
    at = datetime(2021, 3, 4, 5, 6, tzinfo=UTC)
    said = message("%(n)s %(at)s", n=Decimal("1.10"), at=at)

    assert Message.read(said.to_json()).params == {"n": Decimal("1.10"), "at": at}
