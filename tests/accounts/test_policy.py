"""What is not in the policy table is refused."""

import re
from pathlib import Path

import pytest

from armstrace.accounts import policy
from armstrace.vocabulary.actors import Actor, Purpose, Role, Scope

pytestmark = pytest.mark.pure

SOURCE = Path(policy.__file__).resolve().parents[1]
ASKED = re.compile(
    r"""\b(?:require|may|may_for|agencies|Scoped)\(\s*"([a-z]+\.[a-z_]+)\""""
)


def test_every_action_that_the_code_asks_for_stands_in_the_table():
    listed = {grant.action for grant in policy.policy()}
    asked = {
        action
        for path in SOURCE.rglob("*.py")
        for action in ASKED.findall(path.read_text(encoding="utf-8"))
    } - {"trace.done"}

    assert asked - listed == set()


def test_no_action_stands_in_the_table_twice():
    actions = [grant.action for grant in policy.policy()]

    assert len(actions) == len(set(actions))


def test_no_role_has_two_scopes_for_one_action():
    assert not [g for g in policy.policy() if set(g.every) & set(g.own)]


def test_an_unlisted_action_is_refused_to_every_role():
    for role in Role:
        actor = Actor("x", "A", role, Purpose.TRACING, policy.grants_of(role))
        assert not actor.may("arm.melt")


@pytest.mark.parametrize("action", ["recovery.judge", "trace.confirm", "trace.except"])
def test_the_system_never_judges(action):
    assert action not in policy.grants_of(Role.SYSTEM)


@pytest.mark.parametrize(
    "role", [Role.OFFICER, Role.CUSTODIAN, Role.STATISTICIAN, Role.ADMINISTRATOR]
)
def test_holders_are_hidden_from_roles_that_do_not_need_them(role):
    assert "holder.view" not in policy.grants_of(role)


def test_an_administrator_cannot_read_records():
    seen = {a for a in policy.grants_of(Role.ADMINISTRATOR) if a.endswith(".view")}

    assert seen == {"account.view"}


def test_an_officer_reaches_the_own_agency_only():
    assert policy.grants_of(Role.OFFICER)["recovery.view"] is Scope.OWN


def test_the_table_lists_every_grant_with_its_words():
    lines = list(policy.table())

    assert [action for action, _, _ in lines] == [g.action for g in policy.policy()]
    assert all(words and scopes for _, words, scopes in lines)


def test_every_role_works_for_a_purpose():
    assert set(policy.PURPOSES) == set(Role)


@pytest.mark.parametrize(
    "grant", ["vetting.decide", "hit.judge", "licence.assess", "licence.decide"]
)
def test_who_vets_or_licenses_signs_in_for_it(grant):
    """Directive (EU) 2016/680, art. 4: the purpose logged is the one worked for."""
    for role in policy.roles_with(grant):
        assert Purpose.LICENSING in policy.PURPOSES[role], role
