"""Accounts are opened, changed and closed by actions, each in the ledger."""

from datetime import timedelta

import pytest

from armstrace.accounts import actions, actors, passwords, queries, tokens
from armstrace.accounts.actions.tokens import REFUSALS_NOTED
from armstrace.accounts.models import Agency, ApiToken, User
from armstrace.audit import verify
from armstrace.audit.models import LedgerEntry
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from tests.accounts import cast
from tests.ledger_guard import written_directly

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def test_an_account_is_opened_and_stands_in_the_ledger():
    made = cast.user("  ANA ")

    assert made.name == "ana"
    assert made.check_password(cast.PASSWORD)
    acts = list(LedgerEntry.objects.order_by("seq").values_list("act", flat=True))
    assert acts == ["agency.created", "account.created"]
    assert verify.verify().is_sound


def test_no_name_stands_in_the_ledger():
    cast.user()

    bodies = " ".join(LedgerEntry.objects.values_list("body", flat=True))
    assert "Ana Example" not in bodies


@pytest.mark.parametrize("password", ["short", "password1234", "qwertyuiop123"])
def test_a_weak_password_is_refused_and_leaves_nothing(password):
    with pytest.raises(InvalidInput):
        cast.user(password=password)

    assert not User.objects.exists()


def test_a_password_like_the_name_is_refused():
    with pytest.raises(InvalidInput):
        cast.user(name="commissioner-ana", password="commissioner-ana")


def test_a_long_password_without_special_signs_is_taken():
    assert cast.user(password="a" * 5 + "quiet river and nine stones " * 4)


@pytest.mark.parametrize(
    "name", ["", "a", "two words", "system", "<script>", "..", "@-_", "2026"]
)
def test_an_unusable_name_is_refused(name):
    with pytest.raises(InvalidInput):
        cast.user(name=name)


@pytest.mark.parametrize(
    "code",
    [
        *("", "A", "A" * 21, "vnp", "Vnp", "V NP", " VNP", "VNP\n", "-VNP"),
        *("VNP\u200b", "\u202eVNP", "\u0412\u041d\u0420", "\uff36NP", "../x", "<b>"),
    ],
)
def test_a_code_that_reads_like_another_or_like_none_is_refused(code):
    with pytest.raises(InvalidInput, match="2 to 20 capitals") as refused:
        cast.agency(code)

    assert refused.value.field == "code"
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("sign", ["\u202e", "\u202a", "\u2067"])
def test_no_name_turns_the_direction_of_writing(sign):
    by = actors.system_actor()
    cast.agency()

    def opened(full_name):
        account = actions.NewAccount("eva", full_name, "HUB", Role.ANALYST)
        return actions.create_user(account=account, by=by, at=cast.NOON)

    with pytest.raises(InvalidInput, match="direction of writing") as of_person:
        opened(f"Ana {sign}avoR")
    with pytest.raises(InvalidInput, match="direction of writing") as of_agency:
        actions.create_agency(
            code="NPF",
            name=f"F {sign}lanoitaN",
            kind=AgencyKind.HUB,
            by=by,
            at=cast.NOON,
        )

    assert [of_person.value.field, of_agency.value.field] == ["full_name", "name"]
    assert opened("آنا \u200fروا").full_name == "آنا \u200fروا"


@pytest.mark.parametrize("code", ["HQ", "VNP-2", "A" * 20])
def test_a_code_of_capitals_digits_and_hyphens_is_taken(code):
    assert cast.agency(code).code == code


def test_no_code_stands_beside_one_of_other_case():
    with written_directly():
        Agency.objects.create(code="vnp", name="Old", kind=AgencyKind.POLICE)

    with pytest.raises(InvalidInput, match="taken"):
        cast.agency("VNP")


@pytest.mark.parametrize(
    ("secret", "weakness"),
    [
        ("tiny word", "too short; use 12 characters"),
        ("qwertyuiop123", "Many people"),
        ("918273645546", "digits only"),
        ("commissioner1", "like the name"),
    ],
)
def test_a_weak_passphrase_is_called_by_one_word(secret, weakness):
    person = User(name="commissioner", full_name="Rosa Example")

    with pytest.raises(InvalidInput, match=weakness) as refused:
        passwords.require_strong(secret, person)

    assert "passphrase" in str(refused.value)
    assert "password" not in str(refused.value)


def test_a_taken_name_is_refused_however_it_is_spelt():
    cast.user("ana")

    with pytest.raises(InvalidInput, match="taken"):
        cast.user("ＡＮＡ")


def test_nobody_takes_the_role_of_the_system():
    with pytest.raises(InvalidInput):
        cast.user(role=Role.SYSTEM)


def test_only_who_manages_accounts_opens_them():
    analyst = actors.actor_for(cast.user())
    account = actions.NewAccount("bo", "Bo", "HUB", Role.AUDITOR)

    with pytest.raises(NotPermitted):
        actions.create_user(account=account, by=analyst, at=cast.NOON)
    with pytest.raises(NotPermitted):
        actions.create_agency(
            code="X", name="X", kind=AgencyKind.HUB, by=analyst, at=cast.NOON
        )


def test_a_role_changes_at_once():
    user = cast.user()
    actions.change_role(
        name="ana",
        role=Role.AUDITOR,
        reason="moved",
        by=actors.system_actor(),
        at=cast.NOON,
    )
    user.refresh_from_db()

    assert actors.actor_for(user).may("ledger.view")
    assert verify.verify().is_sound


@pytest.mark.parametrize("act", ["role", "agency", "reset"])
def test_a_new_role_or_agency_and_a_reset_passphrase_end_the_tokens(act):
    user, by = cast.user(), actors.system_actor()
    secret = tokens.new_secret()
    stated = actions.NewToken("nightly", secret, cast.NOON + timedelta(days=9))
    actions.issue_token(user=user, stated=stated, by=by, at=cast.NOON)
    how = {"name": "ana", "reason": "moved", "by": by, "at": cast.NOON}

    if act == "role":
        actions.change_role(role=Role.AUDITOR, **how)
    elif act == "agency":
        actions.create_agency(
            code="LAB", name="Lab", kind=AgencyKind.HUB, by=by, at=cast.NOON
        )
        actions.move_person(agency="LAB", **how)
        assert actors.actor_for(User.objects.get(name="ana")).agency == "LAB"
    else:
        actions.reset_password(secret=passwords.new_one_time_password(), **how)

    assert ApiToken.objects.get().revoked_at == cast.NOON
    assert verify.verify().is_sound


def test_AC_01_administrators_do_not_change_their_own_rights():
    boss = actors.actor_for(cast.user("boss", Role.ADMINISTRATOR))

    with pytest.raises(RuleBroken, match="own rights"):
        actions.change_role(
            name="BOSS", role=Role.ANALYST, reason="wrong", by=boss, at=cast.NOON
        )
    with pytest.raises(RuleBroken):
        actions.disable_user(name="boss", reason="wrong", by=boss, at=cast.NOON)


def test_a_closed_account_acts_no_more():
    user = cast.user()
    by = actors.system_actor()
    actions.disable_user(name="ana", reason="left", by=by, at=cast.NOON)
    user.refresh_from_db()

    with pytest.raises(NotPermitted, match="closed"):
        actors.actor_for(user)

    opened = actions.enable_user(name="ana", reason="back", by=by, at=cast.NOON)
    assert actors.actor_for(opened).role is Role.ANALYST


def test_a_purpose_that_the_role_does_not_serve_is_refused():
    with pytest.raises(NotPermitted):
        actors.actor_for(cast.user(), Purpose.STATISTICS)


def test_people_set_their_own_password_and_nobody_else_s():
    ana = actors.actor_for(cast.user("ana"))
    cast.user("bo")
    actions.set_password(
        name="ANA", password="a wholly new phrase", by=ana, at=cast.NOON
    )

    with pytest.raises(NotPermitted):
        actions.set_password(
            name="bo", password="a wholly new phrase", by=ana, at=cast.NOON
        )
    assert User.objects.get(name="ana").check_password("a wholly new phrase")


def test_an_unknown_name_is_not_found():
    with pytest.raises(NotFound):
        actions.disable_user(
            name="nobody", reason="wrong", by=actors.system_actor(), at=cast.NOON
        )


def test_the_agency_of_an_account_must_exist():
    account = actions.NewAccount("ana", "Ana", "NONE", Role.ANALYST)

    with pytest.raises(InvalidInput, match="agency"):
        actions.create_user(account=account, by=actors.system_actor(), at=cast.NOON)


def test_the_hash_is_argon2id_at_the_floor():
    hasher = passwords.Argon2Hasher()

    made = hasher.encode("copper lantern", hasher.salt())

    assert made.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def issued(secret: str) -> ApiToken:
    return actions.issue_token(
        user=cast.user(),
        stated=actions.NewToken("case system", secret, cast.NOON + timedelta(days=30)),
        by=actors.system_actor(),
        at=cast.NOON,
    )


def test_a_token_opens_the_api_until_it_ends():
    secret = tokens.new_secret()
    token = issued(secret)

    assert queries.token_of(secret, at=cast.NOON).user.name == "ana"
    assert secret not in token.digest
    with pytest.raises(NotPermitted):
        queries.token_of(secret, at=token.expires_at)
    with pytest.raises(NotPermitted):
        queries.token_of(secret + "x", at=cast.NOON)


def test_a_revoked_token_opens_nothing():
    secret = tokens.new_secret()
    token = issued(secret)
    actions.revoke_token(
        token_id=token.pk, reason="lost", by=actors.system_actor(), at=cast.NOON
    )

    with pytest.raises(NotPermitted):
        queries.token_of(secret, at=cast.NOON)
    with pytest.raises(NotFound):
        actions.revoke_token(
            token_id=token.pk, reason="lost", by=actors.system_actor(), at=cast.NOON
        )


def test_a_token_of_a_closed_account_opens_nothing():
    secret = tokens.new_secret()
    issued(secret)
    actions.disable_user(
        name="ana", reason="left", by=actors.system_actor(), at=cast.NOON
    )

    with pytest.raises(NotPermitted):
        queries.token_of(secret, at=cast.NOON)


def test_the_use_of_a_token_is_noted_every_ten_minutes():
    secret = tokens.new_secret()
    issued(secret)
    for minutes in (0, 1, 9, 11):
        at = cast.NOON + timedelta(minutes=minutes)
        actions.use_token(secret=secret, by=actors.system_actor(), at=at)

    assert LedgerEntry.objects.filter(act="token.used").count() == 2
    assert verify.verify().is_sound


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_token_without_a_sound_end_is_refused(days):
    with pytest.raises(InvalidInput):
        actions.issue_token(
            user=cast.user(),
            stated=actions.NewToken(
                "x", tokens.new_secret(), cast.NOON + timedelta(days=days)
            ),
            by=actors.system_actor(),
            at=cast.NOON,
        )


def test_a_secret_that_the_system_did_not_make_is_refused():
    with pytest.raises(InvalidInput):
        issued("hunter2")


def test_signing_in_and_out_and_failing_stand_in_the_ledger():
    user = cast.user()
    actor = actors.actor_for(user)
    actions.record_sign_in(user=user, by=actor, at=cast.NOON)
    actions.record_failed_sign_in(
        name="ana", is_locked=False, by=actors.system_actor(), at=cast.NOON
    )
    actions.record_sign_out(user=user, by=actor, at=cast.NOON)

    found = LedgerEntry.objects.filter(operation="AUTH").order_by("seq")
    assert [e.act for e in found] == [
        "session.opened",
        "session.refused",
        "session.closed",
    ]
    assert '"ana"' not in found[1].body
    assert verify.verify().is_sound


def test_accounts_are_listed_to_who_may_see_them():
    cast.user()

    (row,) = queries.accounts(viewer=actors.system_actor())
    assert (row.name, row.role) == ("ana", "ANALYST")
    with pytest.raises(NotPermitted):
        queries.accounts(viewer=actors.actor_for(User.objects.get()))


def test_a_flood_of_failed_sign_ins_leaves_few_entries():
    for number in range(REFUSALS_NOTED + 5):
        actions.record_failed_sign_in(
            name=f"nobody{number}",
            is_locked=False,
            by=actors.system_actor(),
            at=cast.NOON,
        )

    told = LedgerEntry.objects.filter(act="session.refused")
    assert told.count() == REFUSALS_NOTED
