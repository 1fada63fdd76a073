"""What a demonstration is refused."""

import pytest

from armstrace.accounts import actors
from armstrace.accounts.models import User
from armstrace.cli import demonstrating
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import RuleBroken
from tests.web import world

pytestmark = pytest.mark.django_db


def test_DE_02_no_demo_is_put_into_a_database_that_holds_records():
    world.people()
    world.recovered()

    with pytest.raises(RuleBroken) as caught:
        demonstrating._require_empty(actors.system_actor())

    assert caught.value.rule == "DE-02"


def test_a_demo_has_the_second_supervisor_whom_waivers_and_procedures_need():
    demonstrating.open_accounts(actors.system_actor())

    supervisors = User.objects.filter(role=Role.SUPERVISOR.value, is_active=True)
    assert supervisors.count() == 2
