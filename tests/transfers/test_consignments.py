"""Consignments: drawn exactly, in their order, alarmed when due, told by the arm."""

from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from armstrace.disposal.models import Lot, LotItem, LotRecord
from armstrace.investigations.actions.opening import open_case_of_diversion
from armstrace.registry.models import Arm, LifeEvent
from armstrace.stockpiles.models import Depot, StockedArm
from armstrace.transfers import actions, queries, standing
from armstrace.transfers.inputs import ItemInput
from armstrace.transfers.models import Consignment
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.licensing import GroundClass
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.stockpiles import StockAct
from armstrace.vocabulary.transfers import Alarm, Direction, Step, TransferAct
from tests import builders
from tests.cast import ANALYST, CUSTOMS, OFFICER, TRADE
from tests.ledger_guard import written_directly
from tests.transfers import desk
from tests.transfers.desk import DAY, MONDAY, SOUND, TODAY, rule_of, sent, stepped

pytestmark = pytest.mark.django_db
HERE = django_settings.HOME_COUNTRY


@pytest.fixture
def issued(tmp_path):
    return desk.issued(tmp_path, is_multiple=True)


@pytest.fixture
def world():
    """Have an arm of a dealer on record."""
    builders.key_store()
    builders.holders(at=MONDAY - 9 * DAY)
    marked = builders.an_arm(description=builders.glock(country="AT"))
    (arm,) = builders.registered(marked, at=MONDAY - 9 * DAY)
    return arm


def test_a_consignment_draws_the_licence_down_exactly(issued):
    first, second = sent(issued, 15), sent(issued, 25)

    assert (first.sent, second.sent) == (15, 25)
    assert standing.left_of(issued.pk) == {1: 0}


def test_TX_12_more_goods_than_are_left_are_refused_and_leave_nothing(issued):
    sent(issued, 15)

    assert rule_of(lambda: sent(issued, 26)) == "TX-12"
    with pytest.raises(RuleBroken, match="No goods are named"):
        sent(issued)
    assert rule_of(lambda: sent(issued, items=(ItemInput(7),))) == "TX-12"
    assert Consignment.objects.get_queryset().count() == 1


def test_TX_13_a_single_licence_is_for_one_consignment(tmp_path):
    made = desk.issued(tmp_path)
    sent(made, 1)

    assert rule_of(lambda: sent(made, 1)) == "TX-13"


def test_one_form_sent_twice_makes_one_consignment(issued):
    assert sent(issued, 1, key="k").pk == sent(issued, 1, key="k").pk
    assert rule_of(lambda: sent(issued, 2, key="k")) == "RS-06"
    assert standing.left_of(issued.pk) == {1: 39}


def test_TX_11_goods_leave_under_a_licence_in_force(issued, tmp_path):
    still_open = desk.ready(tmp_path, SOUND)
    expired = TODAY + 181 * DAY

    assert rule_of(lambda: sent(still_open, 1)) == "TX-11"
    assert rule_of(lambda: sent(issued, 1, on=TODAY - DAY)) == "TX-11"
    assert rule_of(lambda: sent(issued, 1, on=expired)) == "TX-11"
    said = {"reason": "new facts", "ground": GroundClass.SECURITY}
    desk.decide(issued, TransferAct.SUSPEND, **said)
    assert rule_of(lambda: sent(issued, 1)) == "TX-11"


def test_TX_02_a_transit_State_that_was_not_told_holds_the_goods(tmp_path):
    papers = [p for p in SOUND.papers if p.kind != "TRANSIT_NOTICE"]
    made = desk.issued(tmp_path, replace(SOUND, papers=tuple(papers)))

    with pytest.raises(RuleBroken) as refused:
        sent(made, 1)

    assert refused.value.rule == "TX-02"
    assert "TX-NOTICE" in str(refused.value)


def test_TX_14_nothing_leaves_or_arrives_on_a_day_that_has_not_come(issued):
    assert rule_of(lambda: sent(issued, 1, on=TODAY + DAY, at=MONDAY)) == "TX-14"
    made = sent(issued, 1)
    later = TODAY + 5 * DAY
    told = rule_of(lambda: stepped(made, Step.ARRIVED, later, 1, at=MONDAY))
    assert told == "TX-14"


def test_TX_15_goods_do_not_arrive_before_they_left(issued):
    made = sent(issued, 4)

    told = rule_of(lambda: stepped(made, Step.ARRIVED, TODAY - DAY, 4))

    assert told == "TX-15"
    assert [each.kind for each in standing.steps_of(made.pk)] == ["DEPARTED"]


def test_TX_16_a_step_that_does_not_follow_is_refused(issued):
    made = sent(issued, 4)
    stepped(made, Step.ENTERED, TODAY, country="FR")
    stepped(made, Step.ARRIVED, TODAY + DAY, 4)

    for kind in (Step.ENTERED, Step.ARRIVED, Step.STATE_ASKED, Step.CASE):
        assert rule_of(lambda kind=kind: stepped(made, kind, TODAY + DAY, 4)) == "TX-16"


def test_TX_17_how_many_arrived_is_said(issued):
    made = sent(issued, 4)

    assert rule_of(lambda: stepped(made, Step.ARRIVED, TODAY)) == "TX-17"


@pytest.mark.parametrize(
    ("quantity", "alarm"), [(5, "OVER_DELIVERY"), (3, "UNDER_DELIVERY")]
)
def test_a_difference_is_alarmed_the_day_that_it_arrives(issued, quantity, alarm):
    made = sent(issued, 4)
    day = TODAY + 2 * DAY
    stepped(made, Step.ARRIVED, day, quantity)

    (row,) = overdue(MONDAY + 2 * DAY)
    assert (row.alarm, row.due_on) == (alarm, day)


def test_TX_07_TX_22_another_explains_a_difference_with_a_reason(issued):
    made = sent(issued, 4)
    stepped(made, Step.ARRIVED, TODAY, 3)
    told = {"reason": "one was left at the post"}
    other = replace(CUSTOMS, name="second.customs")

    assert rule_of(lambda: stepped(made, Step.SETTLED, TODAY, by=other)) == "TX-07"
    assert rule_of(lambda: stepped(made, Step.SETTLED, TODAY, **told)) == "TX-24"
    stepped(made, Step.SETTLED, TODAY, by=other, **told)
    assert overdue(MONDAY) == []


def test_TX_24_who_records_the_receipt_does_not_explain_the_shortage(issued):
    second, third = (replace(CUSTOMS, name=f"{n}.customs") for n in ("second", "third"))
    told = {"reason": "one was left at the post", "document": "R-1", "quantity": 4}

    for first, later in (Step.RECEIPT, Step.SETTLED), (Step.SETTLED, Step.RECEIPT):
        made = sent(issued, 4)
        stepped(made, Step.ARRIVED, TODAY, 3)
        said = told | {"document": f"R-{made.pk}"}
        stepped(made, first, TODAY, by=second, **said)
        assert rule_of(lambda: stepped(made, later, TODAY, by=second, **said)) == (  # noqa: B023
            "TX-24"
        )
        stepped(made, later, TODAY, by=third, **said)


def test_TX_11_TX_13_are_said_before_goods_are_sent(tmp_path):
    made = desk.issued(tmp_path)

    def said():
        page = queries.authorisation_page(made.pk, viewer=CUSTOMS, at=MONDAY)
        one = queries.standing_of(made.reference, viewer=CUSTOMS, at=MONDAY)
        assert one.missing == page.missing
        return page.may_leave, one.blocks, {each.code for each in one.missing}

    assert said()[:2] == (True, False)
    sent(made, 1)
    may_leave, blocks, codes = said()
    assert (may_leave, blocks, "TX-13" in codes) == (False, True, True)
    reason = {"reason": "new facts", "ground": GroundClass.SECURITY}
    desk.decide(made, TransferAct.SUSPEND, **reason)
    assert {"TX-11", "TX-13"} <= said()[2]


def overdue(at):
    where = queries.ConsignmentFilter(is_due=True)
    return queries.consignment_rows(
        where, viewer=CUSTOMS, at=at, page=PageRequest()
    ).rows


def test_missing_proof_is_alarmed_the_day_that_it_is_due_and_not_before(issued):
    made = sent(issued, 4)
    stepped(made, Step.ARRIVED, TODAY + DAY, 4)

    assert overdue(MONDAY + 59 * DAY) == []
    (row,) = overdue(MONDAY + 60 * DAY)
    assert row.alarm is Alarm.NO_PROOF
    asked = TODAY + 60 * DAY
    stepped(made, Step.CUSTOMS_ASKED, asked)
    stepped(made, Step.STATE_ASKED, asked)
    stepped(made, Step.UNCONFIRMED, asked)
    assert overdue(MONDAY + 300 * DAY) == []


def test_an_arm_that_leaves_gets_its_event_of_export(issued, world):
    arm = Arm.objects.get(pk=world)
    made = sent(issued, items=(ItemInput(1, arm_id=arm.pk), ItemInput(1, serial="X1")))

    event = LifeEvent.objects.current().filter(arm=arm).latest("pk")
    arm.refresh_from_db()
    assert (event.kind, event.document) == ("EXPORTED", made.reference)
    assert (event.country, arm.state) == ("NL", "EXPORTED")
    stepped(made, Step.ARRIVED, TODAY + DAY, 2)
    assert LifeEvent.objects.current().filter(arm=arm).latest("pk").pk == event.pk


def arms(*keys):
    return tuple(ItemInput(1, arm_id=key) for key in keys)


def test_TX_18_an_arm_is_named_once(issued, world):
    assert rule_of(lambda: sent(issued, items=arms(world, world))) == "TX-20"


def test_TX_19_an_arm_that_was_exported_does_not_leave_again(issued, world):
    made = sent(issued, items=arms(world))

    assert rule_of(lambda: sent(issued, items=arms(world))) == "TX-21"
    stepped(made, Step.RETURNED, TODAY + DAY)
    assert Arm.objects.get(pk=world).state == "IN_TRADE"
    sent(issued, items=arms(world), on=TODAY + DAY)


def test_TX_19_an_arm_at_home_with_a_holder_is_not_imported(tmp_path, world):
    life = builders.an_event(LifeEventKind.ENTERED_TRADE, "2020-01-01", holder_to="D1")
    builders.a_life(life, at=MONDAY)
    made = desk.issued(
        tmp_path,
        replace(
            SOUND, export_country="NL", import_country=django_settings.HOME_COUNTRY
        ),
        direction=Direction.IMPORT,
    )

    assert rule_of(lambda: sent(made, items=arms(world), reason="known")) == "TX-21"


@pytest.fixture
def in_store(world):
    told = {"known_at": MONDAY, "agency": "VNP", "custodian": "c", "name": "Main"}
    with written_directly():
        depot = Depot.objects.create(**told)
        StockedArm.objects.create(
            arm_id=world, depot=depot, act=StockAct.PLACED, known_at=MONDAY
        )


@pytest.fixture
def in_lot(world):
    told = {"known_at": MONDAY, "told_by": "c"}
    with written_directly():
        lot = Lot.objects.create(agency="VNP", opened_by="c", known_at=MONDAY)
        LotRecord.objects.create(lot=lot, method="SHREDDED", **told)
        LotItem.objects.create(lot=lot, arm_id=world, **told)


@pytest.mark.parametrize("kept", ["in_store", "in_lot"])
def test_RG_25_an_arm_in_a_store_or_a_lot_does_not_leave(request, issued, world, kept):
    request.getfixturevalue(kept)

    assert rule_of(lambda: sent(issued, items=arms(world))) == "RG-25"


def test_TX_20_an_arm_of_another_holder_does_not_leave(tmp_path, world):
    life = builders.an_event(LifeEventKind.ENTERED_TRADE, "2020-01-01", holder_to="D1")
    builders.a_life(life, at=MONDAY)
    other, own = (
        desk.issued(
            tmp_path, desk.with_own_papers(number), holder=number, is_multiple=True
        )
        for number in ("M1", "D1")
    )

    assert rule_of(lambda: sent(other, items=arms(world))) == "TX-22"
    sent(own, items=arms(world))


def test_TX_21_an_arm_is_in_one_consignment_at_a_time(tmp_path, world):
    transit = replace(SOUND, exit_country="")
    made = desk.issued(tmp_path, transit, direction=Direction.TRANSIT, is_multiple=True)
    sent(made, items=arms(world), reason="known")

    assert rule_of(lambda: sent(made, items=arms(world), reason="known")) == "TX-23"


def test_a_departure_taken_back_takes_the_export_out_of_the_life_of_the_arm(
    issued, world
):
    before = Arm.objects.get(pk=world).state
    made = sent(issued, items=arms(world))
    actions.take_back_step(
        consignment_id=made.pk, reason="of another lorry", by=desk.COLLEAGUE, at=MONDAY
    )

    assert Arm.objects.get(pk=world).state == before
    assert not LifeEvent.objects.current().filter(arm=world).exists()
    sent(issued, items=arms(world))
    assert Arm.objects.get(pk=world).state == "EXPORTED"


def test_TX_17_no_shipment_is_of_more_than_a_million(issued):
    made = sent(issued, 4)

    assert rule_of(lambda: stepped(made, Step.ARRIVED, TODAY, 1_000_001)) == "TX-17"


def test_an_arm_that_is_not_on_record_is_refused(issued):
    with pytest.raises(NotFound):
        sent(issued, items=(ItemInput(1, arm_id=999),))


def test_a_diversion_opens_a_case_once(issued):
    made = sent(issued, 4)
    stepped(made, Step.DIVERTED, TODAY + DAY, reason="the lorry went to another town")
    (row,) = overdue(MONDAY + DAY)
    assert row.alarm is Alarm.DIVERSION
    assert queries.due_counts(viewer=ANALYST, at=MONDAY + DAY) == (1, 1)

    case = open_case_of_diversion(consignment_id=made.pk, by=ANALYST, at=MONDAY + DAY)

    page = queries.consignment_page(made.pk, viewer=ANALYST, at=MONDAY)
    assert page.steps[-1].document == case.reference
    assert queries.due_counts(viewer=ANALYST, at=MONDAY + DAY) == (0, 0)
    told = rule_of(
        lambda: open_case_of_diversion(
            consignment_id=made.pk, by=ANALYST, at=MONDAY + DAY
        )
    )
    assert told == "TX-16"


def test_a_stranger_sees_and_moves_nothing(issued):
    made = sent(issued, 4)

    for act in (
        lambda: sent(issued, 1, by=OFFICER),
        lambda: stepped(made, Step.ARRIVED, TODAY, 4, by=TRADE),
        lambda: queries.consignment_page(made.pk, viewer=OFFICER, at=MONDAY),
        lambda: actions.name_case(
            consignment_id=made.pk, case="C1", by=OFFICER, at=MONDAY
        ),
    ):
        with pytest.raises(NotPermitted):
            act()
    with pytest.raises(NotFound):
        queries.consignment_page(made.pk, viewer=TRADE, at=MONDAY)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.integers(1, 30), max_size=8))
def test_whatever_is_asked_for_what_left_and_what_is_left_make_the_licence(
    issued, wanted
):
    before = standing.left_of(issued.pk)[1]
    went = 0
    for many in wanted:
        if many <= standing.left_of(issued.pk)[1]:
            went += sent(issued, many).sent
        else:
            assert rule_of(lambda many=many: sent(issued, many)) == "TX-12"

    assert standing.left_of(issued.pk)[1] == before - went >= 0
