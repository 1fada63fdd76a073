"""Who lost every second factor is helped by two people, each act ledgered."""

from datetime import timedelta

import pytest

from armstrace.accounts import actions, actors, queries
from armstrace.accounts.models import (
    AccountChange,
    FactorRecovery,
    SecondFactor,
    Session,
)
from armstrace.audit import verify
from armstrace.audit.models import LedgerEntry
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from tests.accounts import cast
from tests.accounts.with_factors import LATER, SYSTEM, add_passkey, answered, make_codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def ana():
    return actors.actor_for(cast.user("ana"))


@pytest.fixture
def helpers():
    cast_as = {
        "sam": Role.SUPERVISOR,
        "sue": Role.SUPERVISOR,
        "ada": Role.ADMINISTRATOR,
        "ben": Role.ADMINISTRATOR,
    }
    return {
        name: actors.actor_for(cast.user(name, role)) for name, role in cast_as.items()
    }


def ask(by, name="ana", reason="phone stolen, called back on her desk line"):
    return actions.ask_factor_recovery(name=name, reason=reason, by=by, at=cast.NOON)


def agree(asked, by):
    actions.agree_factor_recovery(recovery_id=asked.pk, by=by, at=LATER)


@pytest.mark.parametrize(("first", "second"), [("sam", "sue"), ("ada", "sam")])
def test_two_people_recover_and_everything_lost_opens_nothing(
    ana, helpers, client, first, second
):
    device, codes = add_passkey(ana), make_codes(ana)
    client.force_login(
        SecondFactor.objects.get().user, "django.contrib.auth.backends.ModelBackend"
    )

    agree(ask(helpers[first]), helpers[second])

    assert not queries.own_factors(viewer=ana).held.is_any
    with pytest.raises(InvalidInput):
        actions.use_passkey(answer=answered(device), by=SYSTEM, at=LATER)
    with pytest.raises(InvalidInput):
        actions.use_code(code=codes[0], by=ana, at=LATER)
    assert not Session.objects.exclude(user=None).exists()
    kept = AccountChange.objects.exclude(act="INVITED").values_list(
        "act", "user__name", "by"
    )
    assert list(kept.order_by("pk")) == [
        ("FACTORS_REMOVED", "ana", hand) for hand in (first, second)
    ]
    acts = LedgerEntry.objects.order_by("seq").values_list("act", "actor")
    assert [*acts][-2:] == [
        ("factor.recovery_asked", first),
        ("factor.recovered", second),
    ]
    assert verify.verify().is_sound


def test_AC_07_who_asked_does_not_decide(ana, helpers):
    asked = ask(helpers["sam"])

    for decide in (actions.agree_factor_recovery, actions.refuse_factor_recovery):
        with pytest.raises(RuleBroken) as refused:
            decide(recovery_id=asked.pk, by=helpers["sam"], at=LATER)
        assert refused.value.rule == "AC-07"


def test_AC_08_two_administrators_do_not_recover(ana, helpers):
    with pytest.raises(RuleBroken) as refused:
        agree(ask(helpers["ada"]), helpers["ben"])

    assert refused.value.rule == "AC-08"
    assert FactorRecovery.objects.get().decided_at is None


def invite(name, role, by, at=cast.NOON):
    account = actions.NewAccount(name, "New Person", "HUB", role, cast.PASSWORD)
    return actors.actor_for(actions.create_user(account=account, by=by, at=at))


def reset(name, by):
    how = {"secret": "willow gravel anchor 31", "reason": "was asked", "at": cast.NOON}
    actions.reset_password(name=name, by=by, **how)


def give_role(name, by):
    how = {"role": Role.SUPERVISOR, "reason": "was asked", "at": cast.NOON}
    actions.change_role(name=name, by=by, **how)


@pytest.mark.parametrize("take", [reset, give_role])
def test_AC_09_nobody_sets_up_the_account_that_agrees(ana, helpers, take):
    take("sam", by=helpers["ada"])

    with pytest.raises(RuleBroken) as refused:
        agree(ask(helpers["ada"]), helpers["sam"])

    assert refused.value.rule == "AC-09"
    assert "ada" in str(refused.value)


@pytest.mark.parametrize(
    ("asks", "decides"), [("ada", "zoe"), ("zoe", "ada"), ("yan", "zoe")]
)
def test_AC_09_who_makes_one_or_both_is_not_two_people(ana, helpers, asks, decides):
    made = {"zoe": Role.SUPERVISOR, "yan": Role.ADMINISTRATOR}
    of = helpers | {
        name: invite(name, as_, helpers["ada"]) for name, as_ in made.items()
    }

    with pytest.raises(RuleBroken) as refused:
        agree(ask(of[asks]), of[decides])

    assert refused.value.rule == "AC-09"


def test_AC_09_an_account_of_long_standing_agrees(ana, helpers):
    long_ago = cast.NOON - timedelta(days=31)
    zoe = invite("zoe", Role.SUPERVISOR, helpers["ada"], long_ago)

    agree(ask(helpers["ada"]), zoe)

    assert FactorRecovery.objects.get().is_agreed


@pytest.mark.parametrize("hand", ["sam", "sue"])
def test_AC_09_both_who_removed_factors_have_a_hand_in_the_account(helpers, hand):
    sid = actors.actor_for(cast.user("sid", Role.SUPERVISOR))
    cast.user("ana")
    agree(ask(helpers["sam"], "sid"), helpers["sue"])

    with pytest.raises(RuleBroken) as refused:
        agree(ask(helpers[hand]), sid)

    assert refused.value.rule == "AC-09"
    assert hand in str(refused.value)


def ago(days):
    return cast.NOON - timedelta(days=days)


def test_AC_09_a_hand_reaches_through_whom_it_made(ana, helpers):
    bob = invite("bob", Role.ADMINISTRATOR, helpers["ada"])
    cyd = invite("cyd", Role.ADMINISTRATOR, bob)
    zoe = invite("zoe", Role.SUPERVISOR, cyd)
    yan = invite("yan", Role.SUPERVISOR, helpers["ada"])
    xia = invite("xia", Role.SUPERVISOR, helpers["ben"])
    asked = ask(zoe)

    for by in (yan, helpers["ada"], bob):
        with pytest.raises(RuleBroken) as refused:
            agree(asked, by)
        assert refused.value.rule == "AC-09"
    agree(asked, xia)


@pytest.mark.parametrize(("waited", "is_one"), [(29, True), (31, False)])
def test_AC_09_what_a_settled_account_sets_up_is_its_own(ana, helpers, waited, is_one):
    bob = invite("bob", Role.ADMINISTRATOR, helpers["ada"], ago(20 + waited))
    zoe = invite("zoe", Role.SUPERVISOR, bob, ago(20))
    asked = ask(helpers["ada"])

    if is_one:
        with pytest.raises(RuleBroken) as refused:
            agree(asked, zoe)
        assert refused.value.rule == "AC-09"
    else:
        agree(asked, zoe)


def test_AC_09_a_hand_does_not_reach_back_to_what_was_set_up_before(ana, helpers):
    zoe = invite("zoe", Role.SUPERVISOR, helpers["ben"], ago(5))
    reset("ben", by=helpers["ada"])

    agree(ask(helpers["ada"]), zoe)

    assert FactorRecovery.objects.get().is_agreed


def test_AC_01_nobody_recovers_their_own(helpers):
    with pytest.raises(RuleBroken) as refused:
        ask(helpers["sam"], "sam")
    assert refused.value.rule == "AC-01"
    with pytest.raises(RuleBroken) as refused:
        agree(ask(helpers["ada"], "sam"), helpers["sam"])
    assert refused.value.rule == "AC-01"


def test_AC_02_a_recovery_needs_its_reason(ana, helpers):
    with pytest.raises(RuleBroken) as refused:
        ask(helpers["sam"], reason=" ")

    assert refused.value.rule == "AC-02"


def test_what_was_refused_or_decided_is_not_decided_again(ana, helpers):
    device = add_passkey(ana)
    asked = ask(helpers["sam"])
    with pytest.raises(InvalidInput, match="before"):
        ask(helpers["sue"])
    actions.refuse_factor_recovery(recovery_id=asked.pk, by=helpers["sue"], at=LATER)

    with pytest.raises(NotFound):
        agree(asked, helpers["sue"])
    assert actions.use_passkey(answer=answered(device), by=SYSTEM, at=LATER)
    assert queries.factor_recoveries(viewer=helpers["ada"]) == ()


def test_a_stranger_neither_sees_nor_asks_nor_agrees(ana, helpers):
    asked = ask(helpers["sam"])

    with pytest.raises(NotPermitted):
        ask(ana, "sam")
    with pytest.raises(NotPermitted):
        agree(asked, ana)
    with pytest.raises(NotPermitted):
        queries.factor_recoveries(viewer=ana)


def test_the_server_itself_recovers_where_nobody_is_left(ana):
    add_passkey(ana)

    actions.remove_all_factors(name="ana", reason="alone", by=SYSTEM, at=LATER)

    assert not queries.own_factors(viewer=ana).held.is_any
    with pytest.raises(NotPermitted):
        actions.remove_all_factors(name="ana", reason="alone", by=ana, at=LATER)
