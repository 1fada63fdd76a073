"""Who guesses is locked out, however the name is spelt; who owns it is not."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from armstrace.accounts import known_browsers, limits, lock_out
from tests.accounts import cast

pytestmark = pytest.mark.django_db

SPELLINGS = ["ana", "ANA", " Ana ", "ａｎａ", "aNa"]


def try_sign_in(
    name: str, password: str, address: str = "203.0.113.1", browser: str = ""
) -> tuple[object, bool]:
    """Give who signed in, if anybody, and whether the lock refused."""
    request = RequestFactory().post(
        "/sign-in/", {"username": name}, REMOTE_ADDR=address
    )
    request.user = AnonymousUser()
    request.COOKIES["known"] = browser
    user = authenticate(request, username=name.strip().lower(), password=password)
    return user, getattr(request, "axes_locked_out", False)


def fail(times: int) -> list[bool]:
    return [
        try_sign_in(SPELLINGS[turn % len(SPELLINGS)], "wrong")[1]
        for turn in range(times)
    ]


def known_browser(*names: str) -> str:
    """Give the cookie of a browser in which people have signed in."""
    request = RequestFactory().get("/")
    for name in names:
        answer = HttpResponse()
        known_browsers.remember(request, answer, lock_out.digest_of(name))
        request.COOKIES["known"] = answer.cookies["known"].value
    return request.COOKIES["known"]


def test_the_fifth_bad_try_locks_and_the_right_password_is_refused():
    cast.user()

    assert fail(5) == [False, False, False, False, True]
    assert try_sign_in("ana", cast.PASSWORD) == (None, True)


def test_four_bad_tries_do_not_lock():
    user = cast.user()
    fail(4)

    assert try_sign_in("ana", cast.PASSWORD) == (user, False)


def test_other_people_are_not_locked():
    cast.user()
    other = cast.user("bo")
    fail(5)

    assert try_sign_in("bo", cast.PASSWORD) == (other, False)


def test_a_lock_opens_after_a_quarter_of_an_hour():
    user = cast.user()
    with time_machine.travel(cast.NOON, tick=False) as traveller:
        fail(5)
        traveller.shift(timedelta(minutes=14))
        assert try_sign_in("ana", cast.PASSWORD)[0] is None
        traveller.shift(timedelta(minutes=32))
        assert try_sign_in("ana", cast.PASSWORD)[0] == user


@override_settings(AXES_USERNAME_CALLABLE=None)
def test_without_the_callable_no_name_would_be_locked():
    user = cast.user()
    fail(5)

    assert try_sign_in("ana", cast.PASSWORD) == (user, False)


def test_the_owner_signs_in_from_another_address_while_a_guesser_is_locked():
    user = cast.user()
    fail(5)

    assert try_sign_in("ana", cast.PASSWORD, "203.0.113.2") == (user, False)
    assert try_sign_in("ana", cast.PASSWORD) == (None, True)


def test_one_household_of_ipv6_is_one_address():
    cast.user()
    for turn in range(5):
        try_sign_in("ana", "wrong", f"2001:db8::{turn + 1:x}")

    assert try_sign_in("ana", cast.PASSWORD, "2001:db8::ffff") == (None, True)


def test_many_names_from_one_address_lock_the_address_and_no_other():
    user = cast.user()

    locked = [
        try_sign_in(f"name{turn // 4}", "wrong")[1]
        for turn in range(settings.TRIES_OF_ADDRESS)
    ]

    assert [locked.index(True), locked.count(True)] == [len(locked) - 1, 1]
    assert try_sign_in("ana", cast.PASSWORD) == (None, True)
    assert try_sign_in("ana", cast.PASSWORD, "203.0.113.2") == (user, False)


def test_guesses_spread_over_addresses_lock_the_name_after_many():
    cast.user()
    other = cast.user("bo")

    locked = [
        try_sign_in("ana", "wrong", f"198.51.100.{turn}")[1]
        for turn in range(settings.TRIES_OF_NAME)
    ]

    assert [locked.index(True), locked.count(True)] == [len(locked) - 1, 1]
    assert try_sign_in("ana", cast.PASSWORD, "198.51.100.200") == (None, True)
    assert try_sign_in("bo", cast.PASSWORD, "198.51.100.200") == (other, False)


def test_a_browser_known_to_the_owner_opens_at_a_locked_address_and_name():
    user = cast.user()
    fail(5)
    for turn in range(settings.TRIES_OF_NAME):
        try_sign_in("ana", "wrong", f"198.51.100.{turn}")

    assert try_sign_in("ana", cast.PASSWORD, browser=known_browser("ana")) == (
        user,
        False,
    )
    assert try_sign_in("ana", cast.PASSWORD, browser=known_browser("bo"))[1]


@pytest.mark.parametrize("cookie", ["", "nonsense", "WyJhIl0:1w:x"])
def test_a_cookie_that_the_server_did_not_sign_opens_nothing(cookie):
    cast.user()
    fail(5)

    assert try_sign_in("ana", cast.PASSWORD, browser=cookie) == (None, True)


def test_a_known_browser_is_locked_by_its_own_five_tries_and_locks_nobody():
    user = cast.user()
    known = known_browser("bo", "ana")
    locked = [
        try_sign_in("ana", "wrong", f"203.0.113.{turn}", known)[1] for turn in range(5)
    ]

    assert locked == [False] * 4 + [True]
    assert try_sign_in("ana", cast.PASSWORD, browser=known) == (None, True)
    assert try_sign_in("ana", cast.PASSWORD) == (user, False)


def test_signing_in_makes_the_browser_known(client):
    cast.user()
    client.post("/sign-in/", {"username": "ana", "password": cast.PASSWORD})

    cookie = client.cookies["known"]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    fail(5)
    assert not try_sign_in("ana", cast.PASSWORD, browser=cookie.value)[1]


@pytest.mark.parametrize(
    ("secure", "address"), [(True, "203.0.113.9"), (False, "127.0.0.1")]
)
def test_a_proxy_that_ends_the_encryption_says_who_asks(settings, secure, address):
    settings.SECURE = secure
    sent = {"x-forwarded-for": "198.51.100.1, 203.0.113.9"}

    request = RequestFactory().get("/", headers=sent)

    assert limits.address_of(request) == address
