"""The stock book of a holder follows from the events, day by day."""

from datetime import date

import pytest

from armstrace.licensing.models import Holder
from armstrace.registry import queries
from armstrace.registry.actions import happening, withdrawing
from armstrace.registry.models import LifeEvent
from armstrace.registry.queries import stock
from armstrace.vocabulary.arms import HolderKind, LifeEventKind
from armstrace.vocabulary.errors import InvalidInput, NotPermitted
from armstrace.vocabulary.paging import PageRequest
from tests import builders
from tests.cast import NOW, OFFICER, REGISTRAR
from tests.registry.at_desk import TODAY, happened, licensed, pass_to
from tests.registry.test_licensed import pistols

pytestmark = pytest.mark.django_db
Kind = LifeEventKind


@pytest.fixture
def dealer() -> int:
    """Have D1 receive three arms in 2020, sell one and lose and find one today."""
    builders.holders()
    licensed("P3", "Cy Sample", HolderKind.PERSON, "POSSESS")
    sold, lost, _kept = pistols("A-1", "A-2", "A-3")
    pass_to(sold, "P3", reason="on paper", document="contract 7")
    for kind in (Kind.LOST, Kind.FOUND_AGAIN):
        record = (
            happening.report_loss if kind is Kind.LOST else happening.record_happening
        )
        record(arm_id=lost, happening=happened(kind), by=REGISTRAR, at=NOW)
    marked = happened(Kind.PROOFED)
    happening.record_happening(arm_id=lost, happening=marked, by=REGISTRAR, at=NOW)
    return Holder.objects.get(number="D1").pk


def rows(holder: int, **days: date) -> list[stock.StockRow]:
    where = stock.StockFilter(**days)
    page = stock.stock_rows(holder, where, viewer=REGISTRAR, page=PageRequest())
    assert sorted(page.rows, key=repr) == sorted(
        stock.every_stock_row(holder, where, viewer=REGISTRAR), key=repr
    )
    return list(page.rows)


def test_what_came_and_went_is_told_by_day(dealer) -> None:
    told = [(row.kind, row.is_in, row.other) for row in rows(dealer, since=TODAY)]

    assert sorted(told) == [
        (Kind.FOUND_AGAIN, True, ""),
        (Kind.LOST, False, ""),
        (Kind.SOLD_TO_HOLDER, False, "P3"),
    ]
    assert [row.document for row in rows(dealer) if row.other == "P3"] == ["contract 7"]


@pytest.mark.unledgered
def test_an_arm_that_went_without_having_come_was_there_before(dealer) -> None:
    arrival = LifeEvent.objects.current().filter(holder_to=dealer).first()
    arm = arrival.arm_id
    gone = LifeEvent.objects.current().filter(arm=arm, holder_from=dealer)
    LifeEvent.objects.filter(arm=arm, holder_to=dealer).update(holder_to=None)

    where = stock.StockFilter()
    count = stock.stock_count(dealer, where, viewer=REGISTRAR)

    assert gone.exists()
    assert (count.before, count.without_arrival, count.came) == (1, 1, 3)
    assert count.after >= 0


def test_where_every_arrival_is_on_record_none_is_said_to_be_missing(dealer) -> None:
    count = stock.stock_count(
        dealer, stock.StockFilter(since=date(1900, 1, 1)), viewer=REGISTRAR
    )

    assert (count.before, count.without_arrival) == (0, 0)


def test_the_count_carries_over_from_the_days_before(dealer) -> None:
    def counted(**days: date) -> stock.StockCount:
        where = stock.StockFilter(**days)
        return stock.stock_count(dealer, where, viewer=REGISTRAR)

    today, earlier = counted(since=TODAY), counted(until=date(2020, 12, 31))

    assert (today.before, today.came, today.went, today.after) == (3, 1, 2, 2)
    assert (earlier.before, earlier.after) == (0, 3)
    assert counted().after == 2


def events_of(holder: int) -> list[LifeEvent]:
    page = queries.events_of_holder(holder, viewer=REGISTRAR, page=PageRequest())
    return list(page.rows)


def test_who_had_an_arm_before_an_event_and_after_is_told(dealer) -> None:
    told = {
        event.kind: [hand and hand.number for hand in event.hands]
        for event in events_of(dealer)
    }

    assert told["SOLD_TO_HOLDER"] == ["D1", "P3"]
    assert told["LOST"] == ["D1", None]
    assert told["FOUND_AGAIN"] == [None, "D1"]
    assert told["PROOFED"] == ["D1", "D1"]


def test_the_events_of_a_double_that_was_withdrawn_are_not_told(dealer) -> None:
    arms = sorted({event.arm_id for event in events_of(dealer)})
    withdrawing.withdraw_arm(
        arm_id=arms[-1], same_as=arms[0], reason="one pistol", by=REGISTRAR, at=NOW
    )

    assert {event.arm_id for event in events_of(dealer)} == {*arms[:-1]}


def test_a_stock_book_is_not_for_who_may_not_see_holders(dealer) -> None:
    where = stock.StockFilter()

    with pytest.raises(NotPermitted):
        stock.stock_rows(dealer, where, viewer=OFFICER, page=PageRequest())
    with pytest.raises(NotPermitted):
        stock.stock_count(dealer, where, viewer=OFFICER)
    with pytest.raises(NotPermitted):
        next(stock.every_stock_row(dealer, where, viewer=OFFICER))


def test_days_of_which_the_last_is_before_the_first_are_refused() -> None:
    with pytest.raises(InvalidInput, match="write the earlier day first"):
        stock.StockFilter(date(2026, 2, 1), date(2026, 1, 31))
