"""Rounds go, come back, are used up and move by papers that two sign."""

import pytest

from armstrace.stockpiles import queries, standing
from armstrace.vocabulary.stockpiles import StockAct
from tests.stockpiles import desk
from tests.stockpiles.test_stock import lot, refused

pytestmark = pytest.mark.django_db


def test_SK_07_rounds_move_with_a_paper_to_the_lot_of_the_other_store():
    depot, _ = desk.stocked()
    there = desk.depot("Annexe")
    one = lot(depot)
    to = {"act": StockAct.MOVED, "other": desk.DEPUTY.name, "to_id": there.pk}
    to |= {"lot_id": one.pk}

    refused("SK-07", lambda: desk.paper(depot, [], rounds=101, **to))
    first = desk.paper(depot, [], rounds=60, **to)
    refused("SK-07", desk.paper, depot, [], lot_id=one.pk, rounds=41)
    desk.sign(first, by=desk.DEPUTY)
    desk.sign(desk.paper(depot, [], rounds=30, **to), by=desk.DEPUTY)

    (left,) = queries.lot_rows(depot.pk, viewer=desk.KEEPER)
    (came,) = queries.lot_rows(there.pk, viewer=desk.KEEPER)
    assert (left.rounds, came.rounds) == (10, 90)
    assert (came.lot.number, came.lot.calibre) == (one.number, one.calibre)


def test_SK_19_rounds_used_up_are_accounted_for_by_both_and_leave_the_store():
    depot, _ = desk.stocked()
    one = lot(depot)
    desk.sign(desk.paper(depot, [], lot_id=one.pk, rounds=60))
    back = {"act": StockAct.RETURNED, "other": desk.KEEPER.name, "by": desk.BEARER}
    back |= {"lot_id": one.pk}

    refused("SK-19", lambda: desk.paper(depot, [], rounds=20, used=41, **back))
    desk.sign(desk.paper(depot, [], rounds=20, used=30, **back), by=desk.KEEPER)

    (row,) = queries.lot_rows(depot.pk, viewer=desk.KEEPER)
    assert row.rounds == 60
    assert standing.rounds_with(one, desk.BEARER.name) == 10
    refused("SK-19", lambda: desk.paper(depot, [], used=11, **back))
    desk.sign(desk.paper(depot, [], used=10, **back), by=desk.KEEPER)
    assert standing.rounds_with(one, desk.BEARER.name) == 0
