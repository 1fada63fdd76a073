"""Goods that go off their route: alarmed, explained by another, followed by a case."""

from dataclasses import replace
from functools import partial

import pytest

from armstrace.accounts.models import AccountChange, Agency, User
from armstrace.investigations.actions.opening import open_case_of_diversion
from armstrace.transfers import queries
from armstrace.transfers.inputs import ItemInput
from armstrace.vocabulary.accounts import AccountAct
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.transfers import Step
from tests.cast import ANALYST, CUSTOMS
from tests.ledger_guard import written_directly
from tests.transfers import desk
from tests.transfers.desk import DAY, MONDAY, TODAY, rule_of, sent, stepped

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(tmp_path):
    return desk.issued(tmp_path)


def overdue(at, **where):
    asked = queries.ConsignmentFilter(is_due=True, **where)
    how = {"viewer": CUSTOMS, "at": at, "page": PageRequest()}
    return queries.consignment_rows(asked, **how).rows


@pytest.mark.parametrize(
    ("kind", "country"), [(Step.ENTERED, "LY"), (Step.ARRIVED, "BE")]
)
def test_what_goes_off_its_route_opens_a_case(issued, kind, country):
    made = sent(issued, 4)
    stepped(made, kind, TODAY + DAY, 4, country=country)
    (row,) = overdue(MONDAY + DAY)
    assert (row.alarm, row.due_on, row.is_lead) == ("OFF_ROUTE", TODAY + DAY, True)
    assert queries.due_counts(viewer=ANALYST, at=MONDAY + DAY) == (1, 1)
    assert overdue(MONDAY + DAY, is_lead=True) == [row]

    open_case_of_diversion(consignment_id=made.pk, by=ANALYST, at=MONDAY + DAY)

    assert overdue(MONDAY + DAY) == []


def test_all_that_is_wrong_is_said_the_worst_first(issued):
    made = sent(issued, 4)
    come = TODAY + 60 * DAY
    stepped(made, Step.ARRIVED, come, 1, country="BE")

    (row,) = overdue(MONDAY + 60 * DAY, is_lead=True)

    assert row.alarm == "OFF_ROUTE"
    assert row.others == ("UNDER_DELIVERY", "NO_PROOF")


def test_TX_24_AC_09_another_explains_a_passage_off_the_route(issued):
    made = sent(issued, 4)
    stepped(made, Step.ENTERED, TODAY, country="LY")
    told = {"reason": "the bridge was closed"}
    other = replace(CUSTOMS, name="second.customs")

    assert rule_of(lambda: stepped(made, Step.SETTLED, TODAY, **told)) == "TX-24"
    with written_directly():
        agency = Agency.objects.create(code="VCX", name="Customs")
        user = User.objects.create(name=other.name, agency=agency, created_at=MONDAY)
        AccountChange.objects.create(
            user=user,
            act=AccountAct.OPENED,
            by=CUSTOMS.name,
            at=MONDAY,
        )
    helped = rule_of(lambda: stepped(made, Step.SETTLED, TODAY, by=other, **told))
    assert helped == "AC-09"
    third = replace(CUSTOMS, name="third.customs")
    stepped(made, Step.SETTLED, TODAY, by=third, **told)
    assert overdue(MONDAY) == []


def test_TX_16_no_transit_State_is_left_before_it_was_entered(issued):
    made = sent(issued, 4)

    assert rule_of(lambda: stepped(made, Step.LEFT, TODAY, country="FR")) == "TX-16"
    stepped(made, Step.ENTERED, TODAY, country="FR")
    stepped(made, Step.LEFT, TODAY, country="FR")


def test_TX_53_goods_are_not_expected_before_they_leave(issued):
    early = TODAY - DAY

    assert rule_of(lambda: sent(issued, 4, expected_on=early)) == "TX-53"
    sent(issued, 4, expected_on=TODAY)


def test_TX_54_goods_leave_the_transit_State_that_they_entered(issued):
    made = sent(issued, 4)
    stepped(made, Step.ENTERED, TODAY, country="FR")

    assert rule_of(lambda: stepped(made, Step.LEFT, TODAY, country="BE")) == "TX-54"
    stepped(made, Step.LEFT, TODAY, country="FR")
    assert rule_of(lambda: stepped(made, Step.LEFT, TODAY, country="FR")) == "TX-16"


def test_TX_20_a_serial_number_is_named_once_in_a_consignment(issued):
    for other in ("x1", "X-1", "Х1"):  # the last one with a Cyrillic letter
        twice = (ItemInput(1, serial="X1"), ItemInput(1, serial=other))

        assert rule_of(partial(sent, issued, items=twice)) == "TX-20"


def test_TX_10_TX_25_a_passage_names_the_State(issued):
    made = sent(issued, 4)

    assert rule_of(lambda: stepped(made, Step.ENTERED, TODAY)) == "TX-25"
    assert rule_of(lambda: stepped(made, Step.ENTERED, TODAY, country="QQ")) == "TX-10"
