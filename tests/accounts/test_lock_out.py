"""The fifth bad try locks a name, however it is spelt and wherever from."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory, override_settings

from tests.accounts import cast

pytestmark = pytest.mark.django_db

SPELLINGS = ["ana", "ANA", " Ana ", "ａｎａ", "aNa"]


def try_sign_in(name: str, password: str, address: int = 1) -> tuple[object, bool]:
    """Give who signed in, if anybody, and whether the name was locked."""
    request = RequestFactory().post(
        "/sign-in/", {"username": name}, REMOTE_ADDR=f"203.0.113.{address}"
    )
    request.user = AnonymousUser()
    user = authenticate(request, username=name.strip().lower(), password=password)
    return user, getattr(request, "axes_locked_out", False)


def fail(times: int) -> list[bool]:
    return [
        try_sign_in(SPELLINGS[turn % len(SPELLINGS)], "wrong", turn)[1]
        for turn in range(times)
    ]


def test_the_fifth_bad_try_locks_and_the_right_password_is_refused():
    cast.user()

    assert fail(5) == [False, False, False, False, True]
    assert try_sign_in("ana", cast.PASSWORD, 99) == (None, True)


def test_four_bad_tries_do_not_lock():
    user = cast.user()
    fail(4)

    assert try_sign_in("ana", cast.PASSWORD) == (user, False)


def test_other_people_are_not_locked():
    cast.user()
    other = cast.user("bo")
    fail(5)

    assert try_sign_in("bo", cast.PASSWORD, 1) == (other, False)


def test_a_lock_opens_after_a_quarter_of_an_hour():
    user = cast.user()
    with time_machine.travel(cast.NOON, tick=False) as traveller:
        fail(5)
        traveller.shift(timedelta(minutes=14))
        assert try_sign_in("ana", cast.PASSWORD)[0] is None
        traveller.shift(timedelta(minutes=32))
        assert try_sign_in("ana", cast.PASSWORD)[0] == user


@override_settings(AXES_USERNAME_CALLABLE=None)
def test_without_the_callable_spellings_would_count_apart():
    cast.user()

    assert not any(fail(5))
