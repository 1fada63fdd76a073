"""Builders of second factors for the tests."""

from datetime import timedelta

from armstrace.accounts import (
    actions,
    actors,
    one_time_codes,
    passkeys,
    passwords,
    queries,
)
from tests.accounts import cast
from tests.accounts.authenticator import Authenticator

SITE = passkeys.Site("arms.example", "https://arms.example")
SYSTEM = actors.system_actor()
LATER = cast.NOON + timedelta(minutes=5)


def add_passkey(person, device=None, label="key"):
    device = device or Authenticator()
    asked = passkeys.ask_for_new(SITE, person.name, queries.own_passkeys(viewer=person))
    answer = passkeys.Answer(SITE, asked.state, device.make(asked.options))
    actions.add_passkey(label=label, answer=answer, by=person, at=cast.NOON)
    return device


def answered(device, site=SITE, known=()):
    asked = passkeys.ask_for_one(site, known)
    return passkeys.Answer(site, asked.state, device.answer(asked.options))


def add_app(person):
    secret = one_time_codes.new_secret()
    actions.add_one_time_codes(
        secret=secret, code=code_of(secret, cast.NOON), by=person, at=cast.NOON
    )
    return secret


def code_of(secret, at):
    return one_time_codes.code_at(secret, int(at.timestamp()) // 30)


def make_codes(person, at=cast.NOON):
    codes = passwords.new_recovery_codes()
    actions.make_recovery_codes(codes=codes, by=person, at=at)
    return codes
