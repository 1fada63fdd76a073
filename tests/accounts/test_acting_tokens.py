"""Who issued a token has a hand in the account that it acts for."""

from datetime import timedelta

import pytest

from armstrace.accounts import actions, actors, independence, queries, tokens
from armstrace.audit import verify
from armstrace.vocabulary.accounts import TokenScope
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import NotFound, RuleBroken
from tests.accounts import cast

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def people():
    for name in ("sam", "sue", "sid"):
        cast.user(name, Role.SUPERVISOR)
    return {name: cast.user(name, Role.ADMINISTRATOR) for name in ("ada", "ben")}


def issue(to, by, scopes=tuple(TokenScope), days=200):
    stated = actions.NewToken(
        f"of {to}", tokens.new_secret(), cast.NOON + days * DAY, scopes
    )
    by = actors.actor_for(by)
    user = queries.user_named(to, viewer=by)
    return actions.issue_token(user=user, stated=stated, by=by, at=cast.NOON)


def are_two(first, second, *, after=DAY):
    try:
        independence.require(first, second, cast.NOON + after)
    except RuleBroken as error:
        return (error.rule, "ada issued a token" in str(error)) != ("AC-09", True)
    return True


def test_AC_09_two_tokens_of_one_issuer_are_not_two_people(people):
    issue("sam", people["ada"])
    issue("sue", people["ada"])
    issue("sid", people["ben"])

    assert not are_two("sam", "sue")
    assert are_two("sam", "sid")


def test_AC_09_who_issued_a_token_does_not_decide_with_whom_it_acts_for(people):
    issue("sam", people["ada"])

    assert not are_two("ada", "sam")
    assert not are_two("sam", "ada")
    assert are_two("ben", "sam")


def test_AC_09_who_holds_an_issuer_by_a_token_holds_what_it_issues(people):
    issue("ben", people["ada"])
    issue("sam", people["ben"])
    issue("sue", people["ada"])

    assert not are_two("sam", "sue")
    assert are_two("sam", "sid")


def test_AC_09_a_token_counts_as_long_as_it_acts_and_until_the_account_settled(people):
    token = issue("sam", people["ada"], days=200)
    assert not are_two("ada", "sam", after=229 * DAY)
    assert are_two("ada", "sam", after=231 * DAY)
    sam = actors.actor_for(queries.user_named("sam", viewer=actors.system_actor()))

    actions.revoke_own_token(
        token_id=token.pk, reason="not asked for", by=sam, at=cast.NOON + DAY
    )

    assert not are_two("ada", "sam", after=30 * DAY)
    assert are_two("ada", "sam", after=32 * DAY)


def test_AC_09_a_token_that_only_reads_is_no_hand_in_an_account(people):
    issue("sam", people["ada"], [TokenScope.READ])

    assert are_two("ada", "sam")


def test_a_token_is_ended_by_whom_it_acts_for_and_by_no_stranger(people):
    token = issue("sam", people["ada"])
    sam, sue = (
        actors.actor_for(queries.user_named(name, viewer=actors.system_actor()))
        for name in ("sam", "sue")
    )
    how = {"token_id": token.pk, "reason": "not asked for", "at": cast.NOON + DAY}
    with pytest.raises(NotFound):
        actions.revoke_own_token(by=sue, **how)
    with pytest.raises(RuleBroken) as refused:
        actions.revoke_own_token(by=sam, **(how | {"reason": " "}))
    assert refused.value.rule == "AC-02"
    (shown,) = queries.own_tokens(viewer=sam, at=cast.NOON)
    assert (shown.row.label, shown.issued_by) == ("of sam", "ada")
    assert queries.count_new_tokens(viewer=sam, at=cast.NOON) == 1
    assert queries.own_tokens(viewer=sue, at=cast.NOON) == ()

    actions.revoke_own_token(by=sam, **how)

    assert queries.own_tokens(viewer=sam, at=cast.NOON) == ()
    assert verify.verify().is_sound
