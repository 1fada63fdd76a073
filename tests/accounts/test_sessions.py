"""Sessions end after half an hour without use, and after twelve hours at all."""

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from armstrace.accounts import actions, actors, passwords
from tests.accounts import cast

pytestmark = pytest.mark.django_db


def who(request):
    return HttpResponse(request.user.get_username() or "nobody")


urlpatterns = [path("who/", who)]


@pytest.fixture
def clock():
    with time_machine.travel(cast.NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(clock):
    with override_settings(ROOT_URLCONF=__name__):
        browser = Client()
        browser.force_login(
            cast.user(), backend="django.contrib.auth.backends.ModelBackend"
        )
        yield browser


def seen(client: Client) -> str:
    return client.get("/who/").content.decode()


def test_a_session_in_use_goes_on(client, clock):
    for _ in range(4):
        assert seen(client) == "ana"
        clock.shift(timedelta(minutes=29))


def test_a_session_ends_after_half_an_hour_without_use(client, clock):
    assert seen(client) == "ana"
    clock.shift(timedelta(minutes=31))

    assert seen(client) == "nobody"


def test_a_session_ends_after_twelve_hours_of_use(client, clock):
    for _ in range(12 * 60 // 20):
        assert seen(client) == "ana"
        clock.shift(timedelta(minutes=20))
    clock.shift(timedelta(minutes=1))

    assert seen(client) == "nobody"


def test_closing_an_account_ends_its_session(client):
    assert seen(client) == "ana"
    actions.disable_user(
        name="ana", reason="left", by=actors.system_actor(), at=cast.NOON
    )

    assert seen(client) == "nobody"


def test_a_new_password_ends_earlier_sessions(client, settings, tmp_path):
    assert seen(client) == "ana"
    actions.reset_password(
        name="ana",
        secret=passwords.new_one_time_password(),
        reason="forgotten",
        by=actors.system_actor(),
        at=cast.NOON,
    )

    assert seen(client) == "nobody"
