"""Numbers of certificates: what their check digits find, and that none collide."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.certificates import numbers

pytestmark = pytest.mark.pure
ISSUERS = st.binary(min_size=32, max_size=32).map(
    lambda public: numbers.issuer_of("XV", public)
)
NUMBERS = st.builds(numbers.number_of, ISSUERS, st.integers(1, 10**10 - 1))


@given(NUMBERS)
def test_a_number_is_read_as_it_was_written_and_as_it_is_typed(number: str) -> None:
    typed = number.lower().replace("-", " ")

    assert numbers.read_number(number) == number
    assert numbers.read_number(typed) == number


@given(NUMBERS, st.data())
def test_one_wrong_character_is_always_found(number: str, data: st.DataObject) -> None:
    place = data.draw(
        st.integers(0, len(number) - 1).filter(lambda i: number[i] != "-")
    )
    same = string.digits if number[place].isdigit() else string.ascii_uppercase
    other = data.draw(st.sampled_from(same).filter(lambda c: c != number[place]))

    assert numbers.read_number(number[:place] + other + number[place + 1 :]) is None


@given(NUMBERS, st.data())
def test_two_that_changed_places_are_always_found(
    number: str, data: st.DataObject
) -> None:
    packed = number.replace("-", "")
    place = data.draw(st.integers(0, len(packed) - 2))
    first, second = packed[place : place + 2]
    turned = packed[:place] + second + first + packed[place + 2 :]

    assert first == second or numbers.read_number(turned) is None


def test_an_o_is_read_as_the_zero_that_it_stands_for() -> None:
    number = numbers.number_of("XV-BCDFGH", 10)

    assert numbers.read_number(number.replace("0", "O")) == number


@given(ISSUERS, ISSUERS, st.integers(1, 10**7))
def test_two_offices_never_give_one_number(one: str, other: str, serial: int) -> None:
    same = numbers.number_of(one, serial) == numbers.number_of(other, serial)

    assert same == (one == other)
