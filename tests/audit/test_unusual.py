"""What in a person's consultations asks for a look."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from armstrace.audit import unusual
from armstrace.audit.unusual import Look
from armstrace.vocabulary.ledger import SignKind

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def opened(*numbers, at=MONDAY):
    return [
        Look(at + timedelta(minutes=place), 1, ("recoveries.recovery", number))
        for place, number in enumerate(numbers)
    ]


def kinds(looks):
    return [sign.kind for sign in unusual.signs(looks)]


def test_an_ordinary_day_has_no_sign():
    assert kinds(opened(7, 3, 90, 12, 4)) == []


def test_records_opened_in_the_order_of_their_numbers_are_a_sign():
    assert kinds(opened(*range(50, 50 + unusual.NEIGHBOURS))) == [SignKind.NEIGHBOURS]
    assert kinds(opened(*range(50, 50 - unusual.NEIGHBOURS, -1))) == [
        SignKind.NEIGHBOURS
    ]
    assert kinds(opened(*range(50, 50 + unusual.NEIGHBOURS - 1))) == []


def test_to_and_fro_between_two_records_is_no_order():
    assert kinds(opened(*[1, 2] * unusual.NEIGHBOURS)) == []


def test_a_heavy_day_is_a_sign_beside_light_ones_and_none_among_heavy_ones():
    light = [Look(MONDAY - timedelta(days=day), 10) for day in range(1, 6)]
    heavy = [
        Look(MONDAY - timedelta(days=day), unusual.MANY_RECORDS) for day in range(1, 6)
    ]
    today = Look(MONDAY, unusual.MANY_RECORDS)

    assert kinds([*light, today]) == [SignKind.VOLUME]
    assert SignKind.VOLUME not in kinds([*heavy, today])


def test_night_begins_and_ends_on_the_hour():
    def at(hour, minute=0):
        return kinds([Look(MONDAY.replace(hour=hour, minute=minute), 1)])

    assert at(21, 59) == at(5) == []
    assert at(22) == at(4, 59) == [SignKind.HOUR]


def test_a_sign_says_what_was_counted():
    (sign,) = unusual.signs(opened(*range(1, 10)))

    assert str(sign.why).startswith("9 records")
    assert sign.on == MONDAY.date()


@given(st.lists(st.integers(1, 30), max_size=60))
def test_a_run_is_never_longer_than_what_was_opened(numbers):
    looks = opened(*numbers)
    found = unusual._longest_run([look.opened for look in looks])

    assert found == longest_slowly(numbers)


def longest_slowly(numbers):
    best = 0
    for first in range(len(numbers)):
        for way in (1, -1):
            last = first
            while last + 1 < len(numbers) and numbers[last + 1] - numbers[last] == way:
                last += 1
            best = max(best, last - first + 1)
    return best
