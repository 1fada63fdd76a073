"""What an administrator does, what is refused, and what it leaves."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt

from armstrace.accounts import actions, actors, passwords, queries, tokens
from armstrace.accounts.models import AccountChange, Agency, ApiToken, Session, User
from armstrace.audit import verify
from armstrace.audit.models import LedgerEntry
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.paging import PageRequest
from tests.accounts import cast

pytestmark = pytest.mark.django_db

REASON = "left the service"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def boss():
    return actors.actor_for(cast.user("boss", Role.ADMINISTRATOR))


def a_token(user):
    return actions.issue_token(
        user=user,
        stated=actions.NewToken(
            "case system", tokens.new_secret(), cast.NOON + timedelta(days=30)
        ),
        by=actors.system_actor(),
        at=cast.NOON,
    )


def test_closing_ends_sessions_and_tokens_for_good_and_keeps_the_reason(boss, client):
    user = cast.user("ana")
    token = a_token(user)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")

    actions.disable_user(name="ana", reason=REASON, by=boss, at=cast.NOON)
    actions.enable_user(name="ana", reason="a mistake", by=boss, at=cast.NOON)

    token.refresh_from_db()
    assert token.revoked_at == cast.NOON
    assert not Session.objects.filter(user=user).exists()
    kept = (
        AccountChange.objects.exclude(act="INVITED")
        .order_by("pk")
        .values_list("act", "reason", "by")
    )
    assert list(kept) == [("CLOSED", REASON, "boss"), ("OPENED", "a mistake", "boss")]
    assert REASON not in " ".join(LedgerEntry.objects.values_list("body", flat=True))
    assert verify.verify().is_sound


@pytest.mark.parametrize("reason", ["", "   ", "\u200b"])
def test_AC_02_nothing_is_taken_away_without_a_reason(boss, reason):
    user = cast.user("ana")
    token = a_token(user)
    calls = [
        lambda given: actions.disable_user(name="ana", **given),
        lambda given: actions.change_role(name="ana", role=Role.AUDITOR, **given),
        lambda given: actions.end_sessions(name="ana", **given),
        lambda given: actions.release_lock(name="ana", **given),
        lambda given: actions.reset_password(name="ana", secret="x" * 20, **given),
        lambda given: actions.revoke_token(token_id=token.pk, **given),
        lambda given: actions.close_agency(code="HUB", **given),
        lambda given: actions.rename_agency(code="HUB", name="Other", **given),
    ]
    size = LedgerEntry.objects.count()

    for call in calls:
        with pytest.raises(RuleBroken) as refused:
            call({"reason": reason, "by": boss, "at": cast.NOON})
        assert refused.value.rule == "AC-02"
    assert LedgerEntry.objects.count() == size
    assert User.objects.get(name="ana").is_active


def test_AC_03_the_last_administrator_stays(boss):
    system = actors.system_actor()

    for call in (
        lambda: actions.disable_user(
            name="boss", reason=REASON, by=system, at=cast.NOON
        ),
        lambda: actions.change_role(
            name="boss", role=Role.ANALYST, reason=REASON, by=system, at=cast.NOON
        ),
    ):
        with pytest.raises(RuleBroken) as refused:
            call()
        assert refused.value.rule == "AC-03"

    cast.user("bea", Role.ADMINISTRATOR)
    actions.disable_user(name="boss", reason=REASON, by=system, at=cast.NOON)
    assert not User.objects.get(name="boss").is_active


def test_AC_04_an_agency_with_people_is_not_closed_and_AC_05_takes_nobody(boss):
    cast.agency("OLD")
    account = actions.NewAccount("olga", "Olga", "OLD", Role.OFFICER)
    actions.create_user(account=account, by=boss, at=cast.NOON)
    with pytest.raises(RuleBroken) as refused:
        actions.close_agency(code="OLD", reason=REASON, by=boss, at=cast.NOON)
    assert refused.value.rule == "AC-04"
    actions.disable_user(name="olga", reason=REASON, by=boss, at=cast.NOON)

    actions.close_agency(code="OLD", reason=REASON, by=boss, at=cast.NOON)

    for call in (
        lambda: actions.enable_user(name="olga", reason=REASON, by=boss, at=cast.NOON),
        lambda: actions.create_user(
            account=actions.NewAccount("otto", "Otto", "OLD", Role.OFFICER),
            by=boss,
            at=cast.NOON,
        ),
    ):
        with pytest.raises(RuleBroken) as refused:
            call()
        assert refused.value.rule == "AC-05"
    actions.open_agency(code="OLD", reason="needed again", by=boss, at=cast.NOON)
    assert Agency.objects.get(code="OLD").is_open
    assert verify.verify().is_sound


def test_an_agency_is_renamed_and_keeps_its_code(boss):
    actions.rename_agency(
        code="HUB", name="Firearms Hub", reason="reform", by=boss, at=cast.NOON
    )

    (row,) = queries.agencies(viewer=boss)
    assert (row.code, row.name, row.people) == ("HUB", "Firearms Hub", 1)
    ((code, change),) = queries.agency_changes(viewer=boss)
    assert (code, change.act, change.reason) == ("HUB", "RENAMED", "reform")


def test_a_reset_passphrase_opens_one_sign_in_and_ends_the_sessions(boss, client):
    user = cast.user("ana")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    secret = passwords.new_one_time_password()

    actions.reset_password(
        name="ana", secret=secret, reason="forgotten", by=boss, at=cast.NOON
    )

    user.refresh_from_db()
    assert user.check_password(secret)
    assert user.one_time_until == cast.NOON + timedelta(days=7)
    assert not Session.objects.filter(user=user).exists()


def test_the_history_says_which_role_was_taken_and_which_given(boss):
    user = cast.user("ana", Role.OFFICER)
    how = {"name": "ana", "by": boss, "at": cast.NOON}
    actions.change_role(role=Role.ANALYST, reason="moved to the hub", **how)
    actions.change_role(role=Role.SUPERVISOR, reason="leads it now", **how)

    history = queries.account_card(user.pk, viewer=boss, at=cast.NOON).changes

    told = [(row.act, row.role_before, row.role_after, row.by) for row in history]
    assert told == [
        ("ROLE", "ANALYST", "SUPERVISOR", "boss"),
        ("ROLE", "OFFICER", "ANALYST", "boss"),
        ("INVITED", "", "OFFICER", actors.system_actor().name),
    ]


def test_nobody_chooses_a_passphrase_for_another(boss):
    cast.user("ana")

    with pytest.raises(NotPermitted):
        actions.set_password(
            name="ana", password="a wholly new phrase", by=boss, at=cast.NOON
        )


def test_people_without_the_grant_change_nobody(boss):
    analyst = actors.actor_for(cast.user("ana"))
    cast.user("bo")
    given = {"name": "bo", "reason": REASON, "by": analyst, "at": cast.NOON}
    size = LedgerEntry.objects.count()

    for call in (
        lambda: actions.disable_user(**given),
        lambda: actions.enable_user(**given),
        lambda: actions.end_sessions(**given),
        lambda: actions.release_lock(**given),
        lambda: actions.reset_password(secret="x" * 20, **given),
        lambda: actions.change_role(role=Role.AUDITOR, **given),
        lambda: queries.sessions(viewer=analyst, at=cast.NOON),
        lambda: queries.names_locked(viewer=analyst, at=cast.NOON),
        lambda: queries.agency_changes(viewer=analyst),
        lambda: queries.account_card(1, viewer=analyst, at=cast.NOON),
        lambda: queries.account_page(
            queries.AccountFilter(), viewer=analyst, page=PageRequest()
        ),
    ):
        with pytest.raises(NotPermitted):
            call()
    assert LedgerEntry.objects.count() == size


def test_a_session_is_ended_by_its_person_and_by_no_stranger(client):
    ana, bo = cast.user("ana"), cast.user("bo")
    client.force_login(ana, "django.contrib.auth.backends.ModelBackend")
    key = Session.objects.get(user=ana).pk

    with pytest.raises(NotFound):
        actions.end_session(key=key, by=actors.actor_for(bo), at=cast.NOON)
    actions.end_session(key=key, by=actors.actor_for(ana), at=cast.NOON)

    assert not Session.objects.exists()


def test_the_key_of_a_session_is_not_in_the_database(client):
    client.force_login(cast.user(), "django.contrib.auth.backends.ModelBackend")

    kept = Session.objects.get().pk

    assert client.session.session_key != kept
    assert len(kept) == 64


def test_no_token_is_issued_for_a_closed_account(boss):
    user = cast.user("ana")
    actions.disable_user(name="ana", reason=REASON, by=boss, at=cast.NOON)
    user.refresh_from_db()

    with pytest.raises(InvalidInput, match="closed"):
        a_token(user)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("password", ["123456789012", " " * 12, "ababababababab"])
def test_a_predictable_passphrase_is_refused(password):
    with pytest.raises(InvalidInput):
        cast.user(password=password)


def test_a_name_in_two_alphabets_is_refused():
    with pytest.raises(InvalidInput, match="alphabets"):
        cast.user("\u0430dmin")

    assert cast.user("\u043b\u0438\u0434\u0430").name == "\u043b\u0438\u0434\u0430"


def test_what_is_typed_as_a_name_stands_nowhere(client):
    typed = "my secret passphrase 9"

    client.post("/sign-in/", {"username": typed, "password": "x"})

    kept = AccessAttempt.objects.get()
    assert typed not in f"{kept.username}{kept.post_data}{kept.get_data}"
    assert len(kept.username) == 64


def test_a_locked_name_is_listed_and_released_with_a_reason(boss, client):
    cast.user("ana")
    for _ in range(5):
        client.post("/sign-in/", {"username": "ANA", "password": "wrong"})
    now = AccessAttempt.objects.latest("attempt_time").attempt_time

    ((row, until),) = queries.names_locked(viewer=boss, at=now)
    assert (row.name, until > now) == ("ana", True)
    actions.release_lock(name="ana", reason="asked in person", by=boss, at=now)

    assert queries.names_locked(viewer=boss, at=now) == []
    answer = client.post("/sign-in/", {"username": "ana", "password": cast.PASSWORD})
    assert answer.status_code == 302
