"""A surplus arm is declared once, in its store, and leaves it with the lot."""

from dataclasses import replace
from datetime import timedelta

import pytest

from armstrace.disposal import conditions, queries
from armstrace.disposal.actions import deciding, lots
from armstrace.disposal.conditions import Item
from armstrace.registry.actions import passing
from armstrace.registry.actions.passing import Handover
from armstrace.registry.models import LifeEvent
from armstrace.stockpiles.actions.disposing import DisposalInput, dispose_surplus
from armstrace.stockpiles.models import StockedArm
from armstrace.vocabulary.arms import Passing
from armstrace.vocabulary.custody import CountAnswer
from armstrace.vocabulary.disposal import ConditionAnswer, ConditionKind
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.stockpiles import StockAct, SurplusWay
from tests import builders, cast
from tests.disposal import desk
from tests.disposal.desk import refused
from tests.ledger_guard import written_directly
from tests.stockpiles import desk as stock

pytestmark = pytest.mark.django_db
KIND = ConditionKind
OTHERS = replace(desk.KEEPER, name="custodian.other", agency="OTHER")


def condemned(way=SurplusWay.DESTRUCTION, **told):
    """Give the first arm of a store: declared surplus, and decided on by another."""
    depot, arms = stock.stocked()
    condemn(depot, arms, way, **told)
    return depot, Item(arm_id=arms[0])


def condemn(depot, arms, way=SurplusWay.DESTRUCTION, **told):
    stock.act(depot, StockAct.SURPLUS, arms[:1], reason="new ones came")
    given = DisposalInput(way=way, reason="order 7", **told)
    by = {"by": cast.REGISTRAR, "at": cast.NOW}
    dispose_surplus(depot_id=depot.pk, arm_id=arms[0], stated=given, **by)


def settle(item):
    desk.decide(item, KIND.CLAIMS)
    desk.decide(item, KIND.RELEASE, ConditionAnswer.NO_EVIDENCE)
    desk.check(item)


def test_the_lot_takes_over_what_the_store_decided_and_the_store_lets_it_go():
    depot, item = condemned()
    settle(item)
    page = queries.item_page(item.reference, viewer=desk.KEEPER, today=cast.NOW.date())
    title = next(each for each in page.asked if each.kind is KIND.TITLE)
    assert (title.said, title.now.authority) == (None, depot.name)

    lot = desk.opened()
    desk.put(lot, item)
    desk.show(lot)
    desk.end(lot, 1)

    now = StockedArm.objects.current().get(arm_id=item.arm_id)
    assert (now.act, now.reason) == (StockAct.LEFT, lot.reference)
    told = f"disposal {lot.reference} {item.reference}"
    assert LifeEvent.objects.current().filter(source_number=told).exists()
    assert conditions.certificate_of(told) == ("DESTRUCTION", lot.reference)


def test_SK_31_what_a_count_did_not_find_is_not_destroyed_on_paper():
    depot, arms = stock.stocked()
    condemn(depot, arms)
    settle(item := Item(arm_id=arms[0]))
    lot = desk.opened()
    desk.put(lot, item)
    desk.show(lot)
    counted = stock.count(depot, *(f"A{each}" for each in arms[1:]))
    stock.signed(counted)

    refused("SK-31", lambda: desk.end(lot, 1))
    out = {"reason": "not found", "by": desk.KEEPER, "at": cast.NOW}
    lots.take_out(lot_id=lot.pk, item=item, **out)
    refused("SK-31", lambda: desk.put(lot, item))
    stock.answer(counted, CountAnswer.EXPLAINED)
    desk.put(lot, item)
    desk.end(lot, 1)


def test_DX_01_what_is_no_longer_surplus_is_not_destroyed():
    depot, item = condemned()
    settle(item)
    stock.act(depot, StockAct.KEPT, [item.arm_id], reason="needed again")

    refused("DX-01", lambda: desk.put(desk.opened(), item))


def test_SK_21_DX_26_what_is_to_be_destroyed_is_in_its_store():
    depot, arms = stock.stocked()
    item = Item(arm_id=arms[0])
    stock.sign(stock.paper(depot, arms[:1]))
    desk_of = {"act": StockAct.RETURNED, "other": stock.KEEPER.name}
    stock.sign(stock.paper(depot, arms[:1], by=stock.BEARER, **desk_of), stock.KEEPER)
    waiting = stock.paper(depot, arms[:1])
    condemn(depot, arms)

    refused("SK-21", lambda: stock.sign(waiting))
    stock.end(waiting)
    refused("SK-21", lambda: stock.paper(depot, arms[:1]))
    settle(item)
    lot = desk.opened()
    desk.put(lot, item)
    with written_directly():  # as stores could, before they refused it
        now = StockedArm.objects.current().filter(arm_id=arms[0])
        now.update(bearer=stock.BEARER.name)
    page = queries.lot_page(lot.pk, viewer=desk.KEEPER, today=cast.NOW.date())
    assert [one.rule for one in page.items[0].missing] == ["DX-26"]
    desk.show(lot)
    refused("DX-26", lambda: desk.end(lot, 1))


def test_DX_25_an_arm_in_a_store_is_declared_surplus_there_alone():
    _, item = condemned()

    refused("DX-25", lambda: desk.decide(item, KIND.TITLE, ConditionAnswer.SURPLUS))


def test_another_agency_decides_nothing_on_an_arm_in_a_store():
    _, item = condemned()
    settle(item)
    how = {"by": OTHERS, "at": cast.NOW}

    with pytest.raises(NotPermitted):
        desk.decide(item, KIND.CLAIMS, by=OTHERS, reason="ours now")
    with pytest.raises(NotPermitted):
        deciding.check_stolen(item=item, **how)
    lot = desk.opened(by=OTHERS)
    with pytest.raises(NotPermitted):
        lots.put_in(lot_id=lot.pk, items=[item], **how)


def test_RG_25_an_arm_that_left_a_store_and_came_back_is_placed_before_it_passes(
    settings,
):
    settings.HOME_COUNTRY = "XV"
    builders.holders()
    _, item = condemned(SurplusWay.PASSED_ON, mark="XV 2026", taker="P1")

    def give(manner, taker, days):
        later = cast.NOW + timedelta(days=days)
        handover = Handover(manner, taker, later.date(), document="7", reason="by law")
        how = {"by": cast.REGISTRAR, "at": later}
        passing.pass_arm(arm_id=item.arm_id, handover=handover, **how)

    give(Passing.HANDED_TO_STATE, "S1", 1)
    refused("RG-25", lambda: give(Passing.SALE, "P1", 2))
