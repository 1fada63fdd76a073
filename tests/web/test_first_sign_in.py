"""An invited person's first sign-in is vouched for by the ledger, step by step."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from armstrace.accounts import actions, actors, passwords
from armstrace.accounts.models import User
from armstrace.audit import ledger, verify
from armstrace.audit.models import LedgerEntry
from armstrace.vocabulary.actors import Role
from tests.accounts import cast
from tests.accounts.with_factors import add_app, make_codes
from tests.web import world

pytestmark = pytest.mark.django_db

CHOSEN = "seven quiet rivers"


@pytest.fixture
def secret():
    given, agency = passwords.new_one_time_password(), cast.agency().code
    ends = cast.NOON + timedelta(days=1)
    account = actions.NewAccount(
        "ana", "Ana Example", agency, Role.ANALYST, given, ends
    )
    actions.create_user(account=account, by=actors.system_actor(), at=cast.NOON)
    with time_machine.travel(cast.NOON + timedelta(hours=1)):
        yield given


def test_no_step_of_a_first_sign_in_is_an_edit_behind_the_application(client, secret):
    choice = {"current": secret, "new": CHOSEN, "again": CHOSEN}
    steps = [
        ("sign-in", {"username": "ana", "password": secret}),
        ("own-passphrase", choice),
        ("sign-out", {}),
        ("sign-in", {"username": "ana", "password": CHOSEN}),
    ]
    assert verify.verify().is_sound

    for page, given in steps:
        assert client.post(reverse(page), given).status_code == 302
        assert verify.verify().is_sound, page

    assert User.objects.get().one_time_until is None


def test_a_first_sign_in_left_before_the_choice_is_vouched_for_too(client, secret):
    client.post(reverse("sign-in"), {"username": "ana", "password": secret})
    client.post(reverse("sign-out"))

    used_up = cast.NOON + timedelta(hours=2)
    assert User.objects.get().one_time_until < used_up
    assert verify.verify().is_sound


def test_of_two_sign_ins_at_once_with_a_one_time_passphrase_one_opens(
    client, secret, monkeypatch
):
    real, others, opened = ledger.entry, [Client()], []

    @contextmanager
    def entry(act, **given):
        if act == "session.opened" and others:
            opened.append(sign_in(others.pop(), secret))
        with real(act, **given) as made:
            yield made

    monkeypatch.setattr(ledger, "entry", entry)

    refused = sign_in(client, secret)

    assert opened[0].headers["Location"] != reverse("sign-in")
    assert refused.headers["Location"] == reverse("sign-in")
    assert client.get(reverse("own-account")).status_code == 302
    assert "has been used" in client.get(reverse("sign-in")).content.decode()
    assert LedgerEntry.objects.filter(act="session.opened").count() == 1
    assert verify.verify().is_sound


def test_a_one_time_passphrase_opens_one_second_step(client, secret):
    ana = actors.actor_for(User.objects.get())
    add_app(ana)
    codes = make_codes(ana)
    other = Client()
    for each in (client, other):
        assert sign_in(each, secret).headers["Location"] == reverse("second-step")

    for each, code in ((client, codes[0]), (other, codes[1])):
        each.post(reverse("second-step"), {"code": code})

    assert LedgerEntry.objects.filter(act="session.opened").count() == 1
    assert other.get(reverse("own-account")).status_code == 302


def sign_in(browser, secret):
    return browser.post(reverse("sign-in"), {"username": "ana", "password": secret})


@pytest.mark.parametrize("door", ["/purpose/", "/sign-in/", "/sign-out/"])
def test_a_door_asks_for_the_purpose_once_and_leads_to_work(client, people, door):
    signed = client.post(
        f"/sign-in/?next={door}", {"username": "ana", "password": world.PASSWORD}
    )
    asked = client.get(signed["Location"])
    goal = asked.context["next"]

    assert asked.request["PATH_INFO"] == "/purpose/"
    assert goal == "/today/"
    chosen = client.post("/purpose/", {"purpose": "TRACING", "next": door})
    assert chosen["Location"] == "/today/"


@pytest.mark.parametrize("door", ["/purpose/", "/sign-in/", "/sign-out/"])
def test_who_has_one_purpose_is_led_from_a_door_to_work(client, people, door):
    signed = client.post(
        f"/sign-in/?next={door}", {"username": "audrey", "password": world.PASSWORD}
    )

    assert signed["Location"] == "/today/"


def test_a_page_that_was_asked_for_signed_out_opens_after_one_choice(client, people):
    asked = "/purpose/?next=/recoveries/"

    signed = client.post(
        reverse("sign-in", query={"next": asked}),
        {"username": "ana", "password": world.PASSWORD},
    )

    assert signed["Location"] == asked


def test_no_choice_of_purpose_is_said_and_one_can_leave(at_desk, people):
    page = at_desk("ana").post("/purpose/", {"next": "/registry/"})

    assert page.status_code == 422
    assert "Choose one of these." in page.content.decode()
    assert 'action="/sign-out/"' in page.content.decode()
    assert page.context["next"] == "/registry/"
