"""Passkeys, one-time codes and recovery codes: what opens, once, and for whom."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fido2 import utils

from armstrace.accounts import actions, actors, one_time_codes, passkeys, queries, rules
from armstrace.accounts.models import RecoveryCode, SecondFactor
from armstrace.audit import keys, verify
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleBroken,
    SourceUnavailable,
)
from tests.accounts import cast
from tests.accounts.authenticator import Authenticator
from tests.accounts.with_factors import (
    LATER,
    SITE,
    SYSTEM,
    add_app,
    add_passkey,
    answered,
    code_of,
    make_codes,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.SECOND_FACTORS = "required"


@pytest.fixture
def ana():
    return actors.actor_for(cast.user("ana"))


# ------------------------------------------------------------------- passkeys
def test_a_passkey_says_who_is_at_the_browser(ana):
    device = add_passkey(ana)

    user = actions.use_passkey(answer=answered(device), by=SYSTEM, at=LATER)

    assert user.name == "ana"
    (row,) = queries.own_factors(viewer=ana).rows
    assert (row.label, row.last_used_at) == ("key", LATER)
    assert verify.verify().is_sound


def test_a_label_of_a_passkey_is_not_cut(ana):
    with pytest.raises(InvalidInput, match="81 characters, and the limit is 80"):
        add_passkey(ana, label="k" * 81)


def test_a_passkey_proves_only_its_own_person(ana):
    device = add_passkey(ana)
    bo = actors.actor_for(cast.user("bo"))

    with pytest.raises(InvalidInput):
        actions.use_passkey(answer=answered(device), by=bo, at=LATER)


def test_an_answer_opens_only_the_question_that_was_asked(ana):
    device = add_passkey(ana)
    first = answered(device)
    other = passkeys.ask_for_one(SITE)

    for state in (other.state, None):
        replayed = passkeys.Answer(SITE, state, first.given)
        with pytest.raises(InvalidInput):
            actions.use_passkey(answer=replayed, by=SYSTEM, at=LATER)


@pytest.mark.parametrize(
    "device",
    [
        Authenticator("https://arms.example.evil"),
        Authenticator("http://arms.example"),
        Authenticator(is_verified=False),
    ],
    ids=["another address", "unencrypted", "nobody asked for a finger"],
)
def test_a_passkey_made_elsewhere_or_unverified_is_refused(ana, device):
    with pytest.raises(InvalidInput):
        add_passkey(ana, device)

    assert not SecondFactor.objects.exists()


def test_a_device_that_answers_with_an_old_count_is_a_copy(ana):
    device = add_passkey(ana)
    device.counter = 7
    actions.use_passkey(answer=answered(device), by=SYSTEM, at=LATER)

    for counter in (7, 6, 0):
        device.counter = counter
        with pytest.raises(InvalidInput):
            actions.use_passkey(answer=answered(device), by=SYSTEM, at=LATER)


def test_a_removed_passkey_opens_nothing(ana):
    device = add_passkey(ana)
    (row,) = queries.own_factors(viewer=ana).rows
    actions.remove_factor(factor_id=row.id, by=ana, at=LATER)

    with pytest.raises(InvalidInput):
        actions.use_passkey(answer=answered(device), by=SYSTEM, at=LATER)


def test_the_passkey_of_a_closed_account_opens_nothing(ana):
    device = add_passkey(ana)
    actions.disable_user(name="ana", reason="left", by=SYSTEM, at=LATER)

    with pytest.raises(NotPermitted):
        actions.use_passkey(answer=answered(device), by=SYSTEM, at=LATER)


@pytest.mark.parametrize("part", ["authenticatorData", "signature"])
def test_no_byte_of_a_signed_answer_may_be_changed(ana, part):
    device = add_passkey(ana)
    kept = SecondFactor.objects.get().kept
    whole = answered(device)
    signed = utils.websafe_decode(whole.given["response"][part])
    assert passkeys.read_use(whole, kept) == 0

    for place in range(len(signed)):
        changed = bytes(b ^ (i == place) for i, b in enumerate(signed))
        given = whole.given["response"] | {part: utils.websafe_encode(changed)}
        answer = replace(whole, given=whole.given | {"response": given})
        with pytest.raises(InvalidInput):
            passkeys.read_use(answer, kept)


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        "text",
        {},
        {"id": 7},
        {"id": ""},
        {"id": "x", "rawId": "x", "type": "public-key", "response": {}},
        {"id": "%%", "rawId": "%%", "type": "public-key", "response": None},
    ],
)
def test_what_no_device_answers_is_refused_with_a_sentence(ana, given):
    add_passkey(ana)
    add_app(ana)
    (mine,) = queries.own_passkeys(viewer=ana)
    asked = passkeys.ask_for_one(SITE)
    known = given | {"id": mine} if isinstance(given, dict) and "rawId" in given else 0
    for each in (given, known):
        answer = passkeys.Answer(SITE, asked.state, each)
        with pytest.raises(InvalidInput):
            actions.use_passkey(answer=answer, by=SYSTEM, at=LATER)
        with pytest.raises(InvalidInput):
            actions.add_passkey(label="", answer=answer, by=ana, at=LATER)


@pytest.mark.parametrize(
    ("host", "is_secure", "carries"),
    [
        ("arms.example", True, True),
        ("arms.example", False, False),
        ("localhost", False, True),
        ("127.0.0.1", True, False),
        ("[::1]", True, False),
        ("", True, False),
    ],
)
def test_browsers_allow_passkeys_at_names_over_https_only(host, is_secure, carries):
    assert passkeys.carries(host, is_secure=is_secure) is carries


# ------------------------------------------------------------- one-time codes
@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1234567890, "005924"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds, code):
    assert one_time_codes.code_at(b"12345678901234567890", seconds // 30) == code


def test_a_code_opens_once_and_a_later_one_again(ana):
    secret = add_app(ana)
    code = code_of(secret, LATER)

    assert actions.use_code(code=f" {code[:3]} {code[3:]}", by=ana, at=LATER)
    with pytest.raises(InvalidInput):
        actions.use_code(code=code, by=ana, at=LATER)
    soon = LATER + timedelta(seconds=30)
    assert actions.use_code(code=code_of(secret, soon), by=ana, at=soon)


def test_a_code_of_five_minutes_ago_opens_nothing(ana):
    secret = add_app(ana)

    with pytest.raises(InvalidInput):
        actions.use_code(code=code_of(secret, cast.NOON), by=ana, at=LATER)


def test_the_secret_of_an_app_is_sealed_for_one_person(ana):
    secret = add_app(ana)
    kept = SecondFactor.objects.get().kept

    assert secret.hex() not in kept
    about = f"one-time codes of {SecondFactor.objects.get().user_id}"
    assert keys.unseal(kept, about) == secret
    with pytest.raises(SourceUnavailable):
        keys.unseal(kept, about + "0")


def test_a_new_app_ends_the_former(ana):
    former = add_app(ana)
    add_app(ana)

    assert len(queries.own_factors(viewer=ana).rows) == 1
    with pytest.raises(InvalidInput):
        actions.use_code(code=code_of(former, LATER), by=ana, at=LATER)


# ------------------------------------------------------------- recovery codes
def test_a_recovery_code_opens_once_however_it_is_typed(ana):
    codes = make_codes(ana)

    actions.use_code(code=codes[3].upper().replace("-", " "), by=ana, at=LATER)

    with pytest.raises(InvalidInput):
        actions.use_code(code=codes[3], by=ana, at=LATER)
    assert queries.own_factors(viewer=ana).held.codes == len(codes) - 1
    assert not RecoveryCode.objects.filter(digest__contains=codes[0][:5]).exists()


@pytest.mark.unledgered
def test_the_ledger_vouches_for_the_use_of_a_recovery_code(ana):
    codes = make_codes(ana)
    actions.use_code(code=codes[3], by=ana, at=LATER)
    assert verify.verify().is_sound

    used = RecoveryCode.objects.get(used_at=LATER)
    RecoveryCode.objects.filter(pk=used.pk).update(used_at=None)

    assert [each.key for each in verify.verify().findings] == [used.pk]


def test_new_recovery_codes_end_the_earlier_ones(ana):
    former = make_codes(ana)
    make_codes(ana, LATER)

    with pytest.raises(InvalidInput):
        actions.use_code(code=former[0], by=ana, at=LATER)
    assert verify.verify().is_sound


def test_codes_of_one_person_open_nothing_of_another(ana):
    codes, secret = make_codes(ana), add_app(ana)
    bo = actors.actor_for(cast.user("bo"))

    for code in (codes[0], code_of(secret, LATER)):
        with pytest.raises(InvalidInput):
            actions.use_code(code=code, by=bo, at=LATER)


# ------------------------------------------------------------ what is enough
@pytest.mark.parametrize(
    ("held", "with_app", "is_enough"),
    [
        (rules.Held(2, has_app=False, codes=0), True, True),
        (rules.Held(1, has_app=False, codes=0), True, False),
        (rules.Held(1, has_app=False, codes=9), False, True),
        (rules.Held(1, has_app=True, codes=0), True, False),
        (rules.Held(0, has_app=True, codes=9), True, True),
        (rules.Held(0, has_app=True, codes=9), False, False),
        (rules.Held(0, has_app=False, codes=9), True, False),
    ],
)
def test_one_lost_device_leaves_a_way_in(held, with_app, is_enough):
    assert held.is_enough(with_app=with_app) is is_enough


def test_AC_06_what_is_enough_is_not_taken_apart(ana):
    add_passkey(ana)
    add_passkey(ana)
    row, _ = queries.own_factors(viewer=ana).rows

    with pytest.raises(RuleBroken, match="two passkeys") as refused:
        actions.remove_factor(factor_id=row.id, by=ana, at=LATER)

    assert refused.value.rule == "AC-06"
    make_codes(ana)
    actions.remove_factor(factor_id=row.id, by=ana, at=LATER)


def test_a_role_of_which_none_is_asked_removes_what_it_likes(ana):
    officer = actors.actor_for(cast.user("otto", Role.OFFICER))
    add_passkey(officer)
    make_codes(officer)
    (row,) = queries.own_factors(viewer=officer).rows

    actions.remove_factor(factor_id=row.id, by=officer, at=LATER)

    assert not queries.own_factors(viewer=officer).held.is_any


def test_nobody_removes_the_factor_of_another(ana):
    add_passkey(ana)
    (row,) = queries.own_factors(viewer=ana).rows
    bo = actors.actor_for(cast.user("bo"))

    with pytest.raises(NotFound):
        actions.remove_factor(factor_id=row.id, by=bo, at=LATER)
