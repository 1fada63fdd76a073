"""Arms go from one store to another by a paper that the keepers of both sign."""

from dataclasses import replace

import pytest

from armstrace.registry.models import Arm
from armstrace.stockpiles import queries
from armstrace.stockpiles.models import StockedArm
from armstrace.vocabulary.custody import CountAnswer
from armstrace.vocabulary.errors import NotFound, NotPermitted
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.stockpiles import StockAct
from tests import cast
from tests.ledger_guard import written_directly
from tests.stockpiles import desk
from tests.stockpiles.test_stock import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def stores():
    """Open two stores, one of them with arms in it."""
    here, arms = desk.stocked()
    return here, desk.depot("Annexe", by=desk.DEPUTY), arms


def move(here, to, arms, **changes):
    told = {"act": StockAct.MOVED, "to_id": to.pk, "other": desk.DEPUTY.name}
    return desk.paper(here, arms, **told | changes)


def listed(store):
    rows = queries.stock_rows(store.pk, viewer=desk.KEEPER, page=PageRequest()).rows
    return [row.arm_id for row in rows]


def test_arms_are_in_the_other_store_when_its_keeper_has_signed_too(stores):
    here, there, arms = stores
    made = move(here, there, arms[:2])

    assert (listed(here), listed(there)) == (arms, [])
    assert queries.papers_of(there.pk, viewer=desk.DEPUTY) == [made]
    assert queries.papers_waiting(viewer=desk.DEPUTY) == [made.pk]
    desk.sign(made, by=desk.DEPUTY)

    assert (listed(here), listed(there)) == (arms[2:], arms[:2])
    row = StockedArm.objects.current().get(arm_id=arms[0])
    assert (row.act, row.place, row.bearer) == (StockAct.MOVED, "", "")
    assert desk.signed(desk.count(here, f"A{arms[2]}")).settled_at
    desk.sign(desk.paper(there, arms[:1], by=desk.DEPUTY))


def test_SK_22_SK_05_a_move_names_another_store_and_another_keeper(stores):
    here, there, arms = stores

    refused("SK-22", move, here, here, arms)
    refused("SK-22", move, here, there, arms, to_id=None)
    refused("SK-05", move, here, there, arms, other=desk.BEARER.name)
    refused("SK-05", move, here, there, arms, other=desk.KEEPER.name)
    with pytest.raises(NotPermitted):
        move(here, there, arms, by=desk.BEARER)
    with pytest.raises(NotFound):
        move(here, there, arms, by=replace(desk.KEEPER, agency="KOP"))
    made = move(here, there, arms)
    refused("SK-06", desk.sign, made, by=desk.KEEPER)
    desk.end(made, by=desk.DEPUTY)

    assert listed(here) == arms


def test_SK_04_SK_18_SK_31_what_is_not_at_hand_is_not_moved(stores):
    here, there, arms = stores
    desk.sign(desk.paper(here, arms[:1]))
    with written_directly():
        Arm.objects.filter(pk=arms[1]).update(state="STOLEN")
    counted = desk.signed(desk.count(here, "X-1"))

    refused("SK-18", move, here, there, arms[1:2])
    refused("SK-31", move, here, there, arms[2:])
    desk.answer(counted, CountAnswer.EXPLAINED)
    refused("SK-04", desk.sign, move(here, there, arms[:1]), by=desk.DEPUTY)
    desk.sign(move(here, there, arms[2:]), by=desk.DEPUTY)


def test_surplus_waits_for_its_decision_in_whatever_store_it_lies(stores):
    here, there, arms = stores
    desk.act(here, StockAct.SURPLUS, arms[:2], reason="new ones came")

    desk.act(here, StockAct.NEUTRALISED, arms[1:2])
    desk.sign(move(here, there, arms[:1]), by=desk.DEPUTY)

    assert queries.surplus_waiting(viewer=cast.REGISTRAR) == 2
    assert StockedArm.objects.current().get(arm_id=arms[1]).is_neutralised
    desk.act(there, StockAct.KEPT, arms[:1], reason="needed", by=desk.DEPUTY)
    assert queries.surplus_waiting(viewer=cast.REGISTRAR) == 1
