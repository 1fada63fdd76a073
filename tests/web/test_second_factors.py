"""Signing in with a second factor, and setting one up, met through the pages."""

import base64
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from armstrace.accounts import actions, actors, one_time_codes, queries
from armstrace.accounts.models import SecondFactor, Session
from armstrace.accounts.session_store import SessionStore
from armstrace.audit.models import LedgerEntry
from tests.accounts.authenticator import Authenticator
from tests.accounts.with_factors import add_app, make_codes
from tests.web import world

pytestmark = pytest.mark.django_db

HOST = {"HTTP_HOST": "localhost"}
ORIGIN = "http://localhost"
RECOVERY = re.compile(r"<li><bdi class=\"mark\">([a-z2-9]{5}-[a-z2-9]{5})<")
SECRET = re.compile(r'id="secret"><bdi class="mark">([A-Z2-7 ]+)<')


@pytest.fixture
def ana(people):
    return actors.actor_for(people["ana"])


def sign_in(client, name="ana", password=world.PASSWORD, **given):
    data = {"username": name, "password": password}
    return client.post("/sign-in/", data, **given)


def is_in(client):
    return client.get(reverse("purpose"), **HOST).status_code == 200


def ask(client, name="passkey-options"):
    return json.loads(client.post(reverse(name), **HOST).content)


def add_passkey(client, device, label="desk"):
    answer = json.dumps(device.make(ask(client, "passkey-add-options")))
    return client.post(
        reverse("passkey-add"), {"credential": answer, "label": label}, **HOST
    )


def send(client, device, address):
    answer = json.dumps(device.answer(ask(client)))
    return client.post(reverse(address), {"credential": answer}, **HOST)


def code_now(secret, at):
    return one_time_codes.code_at(secret, int(at.timestamp()) // 30)


def type_code(client, code):
    return client.post(reverse("second-step"), {"code": code})


def test_a_passkey_alone_signs_in(at_desk):
    device = Authenticator(ORIGIN)
    assert add_passkey(at_desk("ana"), device)["Location"] == reverse("own-factors")
    stranger = Client()

    answer = send(stranger, device, "passkey-sign-in")

    assert answer["Location"].startswith(reverse("purpose"))
    assert is_in(stranger)
    acts = LedgerEntry.objects.order_by("-seq").values_list("act", "actor")
    assert list(acts[:2]) == [("session.opened", "ana"), ("factor.used", "ana")]


def test_a_passkey_serves_as_second_step_and_an_answer_opens_once(at_desk):
    device = Authenticator(ORIGIN)
    add_passkey(at_desk("ana"), device)
    first, again = Client(), Client()

    assert sign_in(first)["Location"] == reverse("second-step")
    assert not is_in(first)
    page = first.get(reverse("second-step"), **HOST).content.decode()
    assert "Use your passkey" in page
    answer = json.dumps(device.answer(ask(first)))
    used = {"credential": answer}
    assert first.post(reverse("second-step"), used, **HOST).status_code == 302
    assert is_in(first)

    sign_in(again)
    assert again.post(reverse("second-step"), used, **HOST).status_code == 422
    assert not is_in(again)


def test_a_passkey_of_another_is_no_second_step(at_desk):
    device = Authenticator(ORIGIN)
    add_passkey(at_desk("sam"), device)
    add_passkey(at_desk("ana"), Authenticator(ORIGIN))
    client = Client()
    sign_in(client)

    answer = send(client, device, "second-step")

    assert answer.status_code == 422
    assert "was not accepted" in answer.content.decode()


def test_a_code_of_the_app_or_a_recovery_code_is_the_second_step(people, ana):
    with time_machine.travel(world.NOON, tick=False) as clock:
        secret, codes = add_app(ana), make_codes(ana)
        clock.shift(timedelta(minutes=2))
        for code in (code_now(secret, world.NOON + timedelta(minutes=2)), codes[0]):
            client = Client()
            sign_in(client)
            assert type_code(client, code).status_code == 302
            assert is_in(client)

        client = Client()
        sign_in(client)
        again = type_code(client, codes[0])
    assert again.status_code == 422
    assert "wrong or has already been used" in again.content.decode()


def test_the_passphrase_alone_opens_nothing_where_there_is_a_factor(people, ana):
    add_app(ana)
    client = Client()

    sign_in(client)

    assert client.get(reverse("today"))["Location"].startswith("/sign-in/")
    assert "session.opened" not in LedgerEntry.objects.values_list("act", flat=True)


def test_the_second_step_needs_the_first_and_ends_after_ten_minutes(people, ana):
    add_app(ana)
    client = Client()
    assert client.get(reverse("second-step"))["Location"] == reverse("sign-in")

    with time_machine.travel(world.NOON, tick=False) as clock:
        sign_in(client)
        clock.shift(timedelta(minutes=11))
        assert client.get(reverse("second-step"))["Location"] == reverse("sign-in")


def test_an_account_that_is_closed_meanwhile_gets_no_second_step(people, ana):
    add_app(ana)
    client = Client()
    sign_in(client)
    actions.disable_user(
        name="ana", reason="left", by=actors.system_actor(), at=world.NOON
    )

    assert client.get(reverse("second-step"))["Location"] == reverse("sign-in")
    assert ask(client)["publicKey"]["challenge"]


@pytest.mark.parametrize("brake", ["passphrase", "sessions"])
def test_a_half_done_sign_in_ends_with_the_brakes(people, ana, brake):
    add_app(ana)
    client = Client()
    sign_in(client)
    if brake == "passphrase":
        actions.set_password(
            name="ana", password="a wholly new one 71", by=ana, at=world.NOON
        )
    else:
        actions.end_sessions(
            name="ana", reason="stolen", by=actors.system_actor(), at=world.NOON
        )

    assert client.get(reverse("second-step"))["Location"] == reverse("sign-in")


def test_a_sign_in_sweeps_away_sessions_that_are_over(people):
    for days in (-1, 1):
        SessionStore().create()
        row = Session.objects.order_by("-expire_date").first()
        row.expire_date = datetime.now(UTC) + timedelta(days=days)
        row.save()

    sign_in(Client())

    assert not Session.objects.filter(expire_date__lt=datetime.now(UTC)).exists()
    assert Session.objects.filter(user=None).count() == 1


def test_five_wrong_codes_lock_the_name_and_nobody_else(at_desk, people, ana):
    device = Authenticator(ORIGIN)
    add_passkey(at_desk("ana"), device)
    codes = make_codes(ana)
    client = Client()
    sign_in(client)

    statuses = [type_code(client, f"{n:06}").status_code for n in range(5)]
    locked = type_code(client, codes[0])

    assert set(statuses[:4]) == {422}
    assert locked.status_code == 429
    assert "Too many failed attempts" in locked.content.decode()
    assert queries.own_factors(viewer=ana).held.codes == len(codes)
    other = Client()
    assert sign_in(other, "sam").status_code == 302
    assert is_in(other)
    passkey_still_opens = Client()
    send(passkey_still_opens, device, "passkey-sign-in")
    assert is_in(passkey_still_opens)


def test_bad_tries_from_one_address_lock_no_other_name_there(people):
    station = {"REMOTE_ADDR": "203.0.113.7"}
    for name in ("ana", "otto", "nobody"):
        for _ in range(5):
            sign_in(Client(), name, "wrong", **station)

    client = Client()
    assert sign_in(client, "ana", **station).status_code == 429
    assert sign_in(client, "sam", **station).status_code == 302
    assert is_in(client)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "nonsense",
        "[]",
        '{"id": "x"}',
        '{"id": {"a": 1}}',
        r'{"id": "\ud800"}',
        r'{"id": "\u0000"}',
        "[" * 100_000,
    ],
)
def test_what_no_device_answers_signs_nobody_in(people, given):
    client = Client()
    ask(client)

    answer = client.post(reverse("passkey-sign-in"), {"credential": given}, **HOST)

    assert answer["Location"] == reverse("sign-in")
    assert "was not accepted" in client.get(reverse("sign-in")).content.decode()
    assert not is_in(client)


def test_nobody_signs_in_over_to_another_site(at_desk):
    device = Authenticator(ORIGIN)
    add_passkey(at_desk("sam"), device)
    client = Client()
    given = {
        "credential": json.dumps(device.answer(ask(client))),
        "next": "https://evil.example/",
    }

    gone = client.post(reverse("passkey-sign-in"), given, **HOST)

    assert "evil" not in gone["Location"]


def test_an_app_is_set_up_by_its_code_and_the_secret_stays_sealed(at_desk):
    client = at_desk("ana")
    with time_machine.travel(world.NOON, tick=False):
        page = client.get(reverse("one-time-codes")).content.decode()
        secret = base64.b32decode(SECRET.search(page)[1].replace(" ", ""))
        wrong = client.post(reverse("one-time-codes"), {"code": "000000"})
        assert wrong.status_code == 422
        assert SECRET.search(wrong.content.decode())[1] == SECRET.search(page)[1]
        code = code_now(secret, world.NOON)
        done = client.post(reverse("one-time-codes"), {"code": code})

        shown = client.get(done["Location"]).content.decode()

    assert secret.hex() not in SecondFactor.objects.get().kept
    assert "set up on" in shown


def test_recovery_codes_are_shown_once(at_desk):
    client = at_desk("ana")

    shown = client.post(reverse("recovery-codes")).content.decode()

    codes = RECOVERY.findall(shown)
    assert len(codes) == 10
    assert codes[0] not in client.get(reverse("own-factors")).content.decode()


def test_one_removes_ones_own_factor_and_nobody_elses(at_desk):
    add_passkey(at_desk("sam"), Authenticator(ORIGIN))
    address = reverse("factor-remove", args=[SecondFactor.objects.get().pk])

    assert at_desk("ana").post(address).status_code == 404
    assert at_desk("sam").post(address).status_code == 302
    assert SecondFactor.objects.get().removed_at


@pytest.mark.parametrize(
    ("host", "offers"), [("localhost", True), ("127.0.0.1", False)]
)
def test_pages_offer_passkeys_only_where_browsers_allow_them(at_desk, host, offers):
    for client, address in ((Client(), "sign-in"), (at_desk("ana"), "own-factors")):
        page = client.get(reverse(address), HTTP_HOST=host)
        assert ("data-passkey=" in page.content.decode()) is offers


def test_asking_for_a_passkey_as_a_stranger_leaves_no_session(client, people):
    for _ in range(3):
        assert ask(Client())["publicKey"]["challenge"]

    assert not Session.objects.exists()


def test_one_answer_of_a_passkey_signs_in_once(at_desk):
    device = Authenticator(ORIGIN)
    add_passkey(at_desk("ana"), device)
    stranger, thief = Client(), Client()
    answer = {"credential": json.dumps(device.answer(ask(stranger)))}
    thief.cookies.update(stranger.cookies)

    stranger.post(reverse("passkey-sign-in"), answer, **HOST)
    thief.post(reverse("passkey-sign-in"), answer, **HOST)

    assert is_in(stranger)
    assert not is_in(thief)
