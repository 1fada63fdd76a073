"""An invited person's first sign-in is vouched for by the ledger, step by step."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from armstrace.accounts import actions, actors, passwords
from armstrace.accounts.models import User
from armstrace.audit import verify
from armstrace.vocabulary.actors import Role
from tests.accounts import cast

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
