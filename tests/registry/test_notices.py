"""The trade gives notice of its own stock alone, by the rules of the desk."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.audit import ledger, verify
from armstrace.licensing import terms
from armstrace.licensing.models import Holder
from armstrace.registry import rules
from armstrace.registry.actions import notices
from armstrace.registry.models import (
    Arm,
    BusinessEnd,
    LifeEvent,
    LossReport,
    Notice,
    Reporting,
)
from armstrace.registry.queries import stock, trading
from armstrace.registry.trading import IN_STOCK, OTHER_SIDE, ArmsNamed
from armstrace.vocabulary.arms import ArmState, HolderKind
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.outcomes import RowOutcome
from armstrace.vocabulary.paging import PageRequest
from tests.cast import LICENSING, NOW, OFFICER, REGISTRAR, TRADE
from tests.registry import trade
from tests.registry.at_desk import TODAY, holder_of, licensed, pass_to, refused
from tests.registry.trade import Kind, give, notice

pytestmark = pytest.mark.django_db
OTHER = replace(TRADE, name="other.trade", agency="VDB")


def test_a_notice_of_sale_is_followed_as_an_act_of_the_desk() -> None:
    arm_id = trade.in_stock()

    told = give(notice(f"A{arm_id}"))

    assert told.fate is RowOutcome.NEW
    assert holder_of(arm_id) == "P3"
    event = LifeEvent.objects.order_by("-pk").first()
    assert (event.kind, event.holder_from.number) == (Kind.SOLD_TO_HOLDER, "D3")
    kept = Notice.objects.get_queryset().get()
    assert (kept.agency, kept.given_by) == (TRADE.agency, TRADE.name)
    assert verify.verify().findings == ()


def test_a_notice_that_is_sent_twice_is_followed_once() -> None:
    told = notice(f"A{trade.in_stock()}", number="17")

    fates = [give(told).fate, give(told).fate]

    assert fates == [RowOutcome.NEW, RowOutcome.UNCHANGED]
    refused("RG-39", lambda: give(replace(told, notes="otherwise")))


@pytest.mark.parametrize("kind", [Kind.LOST, Kind.STOLEN])
def test_a_loss_is_reported_by_the_agency(kind) -> None:
    arm_id = trade.in_stock()

    give(notice(f"A{arm_id}", kind))

    assert Arm.objects.get(pk=arm_id).state == ArmState(kind.value)
    assert LossReport.objects.get_queryset().get().source == TRADE.agency


def test_RG_33_an_agency_that_reports_for_nobody_is_told_so() -> None:
    arm_id = trade.in_stock()

    refused("RG-33", lambda: give(notice(f"A{arm_id}"), OTHER))
    trade.assigned("")

    refused("RG-33", lambda: give(notice(f"A{arm_id}")))
    assert Reporting.objects.get_queryset().count() == 2


def test_RG_34_an_arm_of_another_holder_is_as_unknown_as_none() -> None:
    trade.in_stock()
    other = Arm.objects.get_queryset().latest("pk").pk + 1

    refused("RG-34", lambda: give(notice(f"A{other}")))
    trade.assigned("D1")
    refused("RG-34", lambda: give(notice(f"A{other - 1}")))


def test_RG_02_a_notice_out_of_order_is_refused_by_the_day_of_the_event() -> None:
    arm_id = trade.in_stock()

    refused("RG-02", lambda: give(notice(f"A{arm_id}", happened_on=date(2026, 10, 1))))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("RG-36", {"holder_to": "L-NONE"}),
        ("RG-36", {"holder_to": ""}),
        ("RG-37", {"happened_on": None}),
        ("RG-36", {"holder_to": "P2"}),
    ],
)
def test_RG_36_the_other_side_has_a_licence_on_record(code, told) -> None:
    arm_id = trade.in_stock()

    refused(code, lambda: give(notice(f"A{arm_id}", **told)))


@pytest.mark.parametrize(
    ("kind", "told"),
    [(Kind.SOLD_TO_HOLDER, {}), (Kind.LOST, {}), (Kind.MANUFACTURED, {})],
)
def test_RG_40_no_notice_tells_of_a_day_to_come(kind, told) -> None:
    arm_id = trade.in_stock()
    told["happened_on"] = TODAY + timedelta(days=1)

    refused("RG-40", lambda: give(notice(f"A{arm_id}", kind, **told)))


def test_HO_02_an_arm_is_made_under_a_licence_of_that_day() -> None:
    arm_id = trade.in_stock()
    made = notice(f"A{arm_id}", Kind.MANUFACTURED)

    refused("HO-02", lambda: give(made))
    licensed("M3", "Second Maker", HolderKind.MANUFACTURER, "MANUFACTURE")
    pass_to(arm_id, "M3")
    trade.assigned("M3")
    refused("HO-02", lambda: give(replace(made, happened_on=date(2019, 1, 1))))

    assert give(made).fate is RowOutcome.NEW


def test_a_file_counts_each_row_and_the_event_first_in_time_goes_first() -> None:
    arm_id = trade.in_stock()
    before = TODAY - timedelta(days=3)
    back = notice(f"A{arm_id}", Kind.SOLD_TO_DEALER, holder_from="L-P3")
    sold = notice(f"A{arm_id}", happened_on=before)

    found = notices.give_notices(
        agency=TRADE.agency,
        stated=[back, notice("A999999"), sold, sold],
        by=REGISTRAR,
        at=NOW,
    )

    fates = [each.fate for each in found]
    assert fates == [
        RowOutcome.NEW,
        RowOutcome.REFUSED,
        RowOutcome.NEW,
        RowOutcome.UNCHANGED,
    ]
    assert found[1].rule == "RG-34"
    assert holder_of(arm_id) == "D3"


def test_RG_39_of_two_notices_of_one_number_in_a_file_one_is_followed() -> None:
    first, second = trade.stocked(2)
    lost = {"number": "Z1", "kind": Kind.STOLEN, "holder_to": ""}

    found = notices.give_notices(
        agency=TRADE.agency,
        stated=[notice(f"A{first}", **lost), notice(f"A{second}", **lost)],
        by=TRADE,
        at=NOW,
    )

    assert [each.fate for each in found] == [RowOutcome.NEW, RowOutcome.REFUSED]
    assert Notice.objects.get_queryset().count() == 1


def test_a_long_file_asks_the_register_no_more_than_a_short_one() -> None:
    arms = trade.stocked(12)
    short, long = trade.sales(arms[:3]), trade.sales(arms[3:])

    asked = []
    for stated in (short, long):
        with CaptureQueriesContext(connection) as queries:
            found = notices.give_notices(
                agency=TRADE.agency, stated=stated, by=TRADE, at=NOW
            )
        assert {each.fate for each in found} == {RowOutcome.NEW}
        asked.append(len(queries))

    assert asked[1] <= asked[0]
    assert Notice.objects.get_queryset().count() == len(arms)


def test_why_a_notice_waits_rests_on_what_binds_under_every_profile() -> None:
    cited = (OTHER_SIDE, IN_STOCK, rules.CONFIRMED)

    assert {each.source.instrument for each in cited if each.source} == {"protocol"}


def test_HO_03_of_one_file_no_more_arms_pass_than_a_licence_allows() -> None:
    arms = trade.stocked(3)
    with ledger.entry("licence.issued", by=LICENSING, at=NOW) as entry:
        told = {"number": "L-P3", "stage": "ISSUED", "quantity": 2}
        terms.say_anew(entry, **told, decided_by="second.vfr")

    found = notices.give_notices(
        agency=TRADE.agency, stated=trade.sales(arms), by=TRADE, at=NOW
    )

    assert [each.rule for each in found] == ["", "", "HO-03"]
    assert Arm.objects.filter(holder__number="P3").count() == 2
    assert verify.verify().findings == ()


def test_RG_35_no_notice_follows_the_end_of_the_business() -> None:
    arm_id = trade.in_stock()
    dealer = Holder.objects.get(number="D3").pk
    refused("RG-38", lambda: trade.close(dealer))

    trade.close(dealer, left_over="one pistol goes to the police store")

    assert BusinessEnd.objects.get_queryset().get().left_over == 1
    refused("RG-35", lambda: give(notice(f"A{arm_id}")))
    give(notice(f"A{arm_id}", happened_on=TODAY - timedelta(days=1)))
    trade.close(dealer, book_on=TODAY)
    assert trading.trade_of(dealer, viewer=REGISTRAR).end.book_on == TODAY


def test_the_trade_sees_the_stock_of_its_own_holder_alone() -> None:
    arm_id = trade.in_stock()
    own, other = (Holder.objects.get(number=each).pk for each in ("D3", "D1"))
    page = PageRequest()

    assert [each.arm_id for each in trading.in_stock(viewer=TRADE, page=page).rows] == [
        arm_id
    ]
    everything = stock.StockFilter()
    assert stock.stock_rows(own, everything, viewer=TRADE, page=page).rows
    assert not trading.in_stock(viewer=OTHER, page=page).rows
    for viewer, holder in ((TRADE, other), (OTHER, own), (OFFICER, own)):
        with pytest.raises(NotPermitted):
            stock.stock_rows(holder, everything, viewer=viewer, page=page)
    with pytest.raises(NotPermitted):
        give(notice(f"A{arm_id}"), OFFICER)


def test_names_are_not_looked_for_among_all_arms_in_stock() -> None:
    """Of a large register that took an hour for a file of a thousand."""
    trade.in_stock()

    with CaptureQueriesContext(connection) as asked:
        ArmsNamed(["A1", "ABC123"])

    assert asked.captured_queries
    assert not [each for each in asked if '"state" IN' in each["sql"]]
