"""What `armstrace check` says of second factors."""

import pytest

from armstrace.accounts import actors
from armstrace.checking import factors
from armstrace.vocabulary.actors import Role
from tests.accounts import cast
from tests.accounts.with_factors import add_passkey, make_codes

NOW = cast.NOON
DEFAULT = ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize(
    ("hosts", "is_secure", "asked", "verdict", "said"),
    [
        (DEFAULT, False, "required", "ok", "at http://localhost"),
        (["arms.example"], True, "required", "ok", "https://arms.example"),
        (["arms.example", "10.0.0.5"], True, "required", "ok", "arms.example"),
        (["10.0.0.5"], True, "required", "warning", "at a number: 10.0.0.5"),
        (["10.0.0.5"], True, "passkeys", "problem", "at a number: 10.0.0.5"),
        (["arms.example"], False, "required", "warning", "plain http"),
        (["arms.example"], False, "passkeys", "problem", "plain http"),
        (["*"], False, "offered", "warning", "plain http"),
        (["a.example", "b.example"], True, "required", "warning", "works at no other"),
    ],
)
def test_it_says_where_passkeys_cannot_work(
    settings, hosts, is_secure, asked, verdict, said
):
    settings.ALLOWED_HOSTS, settings.SECURE = hosts, is_secure
    settings.SECOND_FACTORS = asked

    _, found = factors.findings(NOW)

    assert (found.subject, found.verdict) == ("passkeys", verdict)
    assert said in str(found.sentence)
    assert bool(found.advice) is (verdict != "ok")


@pytest.mark.parametrize(
    ("asked", "verdict"), [("required", "ok"), ("offered", "warning")]
)
def test_it_says_that_a_stolen_passphrase_opens_an_account(settings, asked, verdict):
    settings.SECOND_FACTORS = asked

    found, _ = factors.findings(NOW)

    assert found.verdict == verdict


@pytest.mark.django_db
def test_it_names_who_has_not_set_up_what_the_role_needs(settings, tmp_path):
    settings.HOME, settings.SECOND_FACTORS = tmp_path, "required"
    for name in ("ana", "bo", "cy"):
        cast.user(name)
    cast.user("otto", Role.OFFICER)
    for name, devices in (("ana", 2), ("bo", 1)):
        person = actors.actor_for(cast.User.objects.get(name=name))
        for _ in range(devices):
            add_passkey(person)
    make_codes(actors.actor_for(cast.User.objects.get(name="cy")))

    (found,) = factors.people(NOW)

    assert found.verdict == "warning"
    assert "needs (2): bo, cy." in str(found.sentence)
