"""A number that a colleague takes between two looks at it is taken."""

import threading
from datetime import date

import pytest
from django.db import connection, connections

from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.registry.actions import entering
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.errors import RuleBroken
from tests import builders
from tests.cast import NOW, REGISTRAR

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.unledgered]


def told():
    return entering.Entering(
        builders.an_arm("C-1"),
        LifeEventKind.IMPORTED,
        date(2026, 5, 4),
        reason="seen",
    )


def register():
    return entering.register_arm(entering=told(), by=REGISTRAR, at=NOW)


def enter():
    stated = HolderInput("H-1", "Eva Sample")
    return licensing.enter_holder(stated=stated, by=REGISTRAR, at=NOW)


def elsewhere(act):
    """Do an act in another connection, to its end."""

    def do():
        act()
        connections.close_all()

    other = threading.Thread(target=do)
    other.start()
    other.join()


@pytest.mark.parametrize(
    ("act", "look", "rule"),
    [
        (register, '"registry_arm"."source_number" =', "RG-06"),
        (enter, '"licensing_holder"."number_key" =', "HO-05"),
    ],
)
def test_RG_06_HO_05_who_comes_second_between_two_looks_is_told_so(act, look, rule):
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time looks and writes there")
    builders.key_store()
    seen = []

    def overtake(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if look in sql and not seen:
            seen.append(sql)
            elsewhere(act)
        return found

    with connection.execute_wrapper(overtake), pytest.raises(RuleBroken) as refused:
        act()

    assert seen
    assert refused.value.rule == rule
