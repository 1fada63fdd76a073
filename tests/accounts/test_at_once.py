"""Two administrators act at the same moment; no rule is passed between them."""

from contextlib import contextmanager

import pytest
from django.db import connection

from armstrace.accounts import actions, actors
from armstrace.accounts.actions import NewAccount
from armstrace.accounts.models import Agency, User
from armstrace.audit import ledger
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import RuleBroken
from tests.accounts import cast
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
HOW = {"reason": "left the service", "at": cast.NOON}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def meanwhile(monkeypatch):
    """Let another act end after the checks of an act and before its transaction."""

    def arrange(act):
        real, waiting = ledger.entry, [act]

        @contextmanager
        def entry(*args, **kwargs):
            if waiting:
                waiting.pop()()
            with real(*args, **kwargs) as opened:
                yield opened

        monkeypatch.setattr(ledger, "entry", entry)

    return arrange


def administrators():
    return [
        actors.actor_for(cast.user(name, Role.ADMINISTRATOR)) for name in ("ann", "ben")
    ]


def close(name, by):
    return lambda: actions.disable_user(name=name, by=by, **HOW)


def demote(name, by):
    return lambda: actions.change_role(name=name, role=Role.ANALYST, by=by, **HOW)


def refuse(rule, act):
    with pytest.raises(RuleBroken) as refused:
        act()
    assert refused.value.rule == rule


def open_administrators():
    return User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).count()


@pytest.mark.parametrize("take", [close, demote])
@pytest.mark.parametrize("take_back", [close, demote])
def test_AC_03_holds_where_the_other_was_taken_meanwhile(take, take_back, meanwhile):
    ann, ben = administrators()
    meanwhile(take_back("ann", by=ben))

    refuse("AC-03", take("ben", by=ann))

    assert open_administrators() == 1


def test_AC_04_holds_where_somebody_was_invited_meanwhile(meanwhile):
    ann, ben = administrators()
    cast.agency("OLD")
    olga = NewAccount("olga", "Olga", "OLD", Role.OFFICER)
    meanwhile(lambda: actions.create_user(account=olga, by=ben, at=cast.NOON))

    refuse("AC-04", lambda: actions.close_agency(code="OLD", by=ann, **HOW))

    assert Agency.objects.get(code="OLD").is_open


@pytest.mark.parametrize("is_new", [True, False])
def test_AC_05_holds_where_the_agency_was_closed_meanwhile(is_new, meanwhile):
    ann, ben = administrators()
    cast.agency("OLD")
    olga = NewAccount("olga", "Olga", "OLD", Role.OFFICER)
    if not is_new:
        actions.create_user(account=olga, by=ann, at=cast.NOON)
        close("olga", by=ann)()
    meanwhile(lambda: actions.close_agency(code="OLD", by=ben, **HOW))

    refuse(
        "AC-05",
        (lambda: actions.create_user(account=olga, by=ann, at=cast.NOON))
        if is_new
        else (lambda: actions.enable_user(name="olga", by=ann, **HOW)),
    )

    assert not User.objects.filter(agency__code="OLD", is_active=True).exists()


@pytest.mark.parametrize("take", [close, demote])
def test_of_two_who_take_each_other_at_once_one_stays(take):
    if connection.vendor == "sqlite":
        pytest.skip("tests share one connection there; writers queue for the file")
    ann, ben = administrators()

    told = at_once([take("ben", by=ann), take("ann", by=ben)])

    assert sorted(told) == ["AC-03", "done"]
    assert open_administrators() == 1


def test_of_a_closing_and_an_invitation_at_once_one_is_refused():
    if connection.vendor == "sqlite":
        pytest.skip("tests share one connection there; writers queue for the file")
    ann, ben = administrators()
    cast.agency("OLD")
    olga = NewAccount("olga", "Olga", "OLD", Role.OFFICER)

    told = at_once(
        [
            lambda: actions.close_agency(code="OLD", by=ann, **HOW),
            lambda: actions.create_user(account=olga, by=ben, at=cast.NOON),
        ]
    )

    assert sorted(told) in (["AC-04", "done"], ["AC-05", "done"])
    is_open = Agency.objects.get(code="OLD").is_open
    assert User.objects.filter(name="olga").exists() == is_open
