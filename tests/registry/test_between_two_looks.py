"""A number that a colleague takes between two looks at it is taken."""

import threading
from datetime import date

import pytest
from django.db import connection, connections

from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Holder
from armstrace.registry.actions import entering
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.errors import RuleBroken
from tests import builders
from tests.cast import NOW, REGISTRAR

# Who waits longer waits for one who waits in turn.
MOST_SECONDS = 60

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


def begin_elsewhere(act, outcomes):
    """Begin an act in another connection; its refusal goes to the outcomes."""

    def do():
        try:
            act()
        except RuleBroken as refused:
            outcomes.append(refused.rule)
        finally:
            connections.close_all()

    other = threading.Thread(target=do, daemon=True)
    other.start()
    return other


def beginning_at(look, begin):
    """Have something begin once a look is done, and before what follows from it."""

    def overtake(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if look in sql:
            begin()
        return found

    return connection.execute_wrapper(overtake)


@pytest.fixture(autouse=True)
def _two_at_once():
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time looks and writes there")
    builders.key_store()


def test_RG_06_who_comes_second_between_two_looks_is_told_so():
    begun, outcomes = [], []

    def overtake():
        if not begun:
            begun.append(begin_elsewhere(register, outcomes))
            begun[0].join(MOST_SECONDS)

    looking = beginning_at('"registry_arm"."source_number" =', overtake)
    with looking, pytest.raises(RuleBroken) as refused:
        register()

    assert begun
    assert refused.value.rule == "RG-06"
    assert outcomes == []


def test_HO_05_who_begins_after_another_has_looked_waits_and_is_told_so():
    begun, outcomes = [], []

    def overtake():
        if not begun:
            begun.append(begin_elsewhere(enter, outcomes))

    with beginning_at('"licensing_holder"."number_key" =', overtake):
        enter()
    begun[0].join(MOST_SECONDS)

    assert outcomes == ["HO-05"]
    assert Holder.objects.count() == 1
