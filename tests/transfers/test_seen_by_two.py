"""What another person has to see of a transfer, and what leaves or comes back once."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings

from armstrace.investigations.actions.opening import open_case_of_diversion
from armstrace.registry.models import Arm
from armstrace.transfers import actions, named, queries
from armstrace.transfers.facts import Document
from armstrace.transfers.inputs import ItemInput
from armstrace.vocabulary.arms import ArmState, LifeEventKind
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.transfers import (
    Alarm,
    Direction,
    PaperKind,
    Step,
    TransferAct,
)
from tests import builders
from tests.cast import ANALYST, CUSTOMS
from tests.transfers import desk
from tests.transfers.desk import (
    CLERK,
    DAY,
    MONDAY,
    SOUND,
    TODAY,
    rule_of,
    sent,
    stepped,
)
from tests.transfers.test_consignments import arms, issued, overdue, world

pytestmark = pytest.mark.django_db
FIXTURES = (issued, world)
HERE = settings.HOME_COUNTRY


@pytest.mark.parametrize(
    ("direction", "ends"),
    [
        (Direction.EXPORT, ("AT", HERE)),
        (Direction.EXPORT, ("AT", "AT")),
        (Direction.IMPORT, ("NL", "AT")),
        (Direction.IMPORT, (HERE, HERE)),
        (Direction.TRANSIT, (HERE, "NL")),
    ],
)
def test_TX_48_countries_agree_with_the_direction(direction, ends):
    told = dict(zip(("export_country", "import_country"), ends, strict=True))

    assert rule_of(lambda: desk.recorded(direction=direction, **told)) == "TX-48"


def test_TX_41_an_objection_that_was_removed_is_told_to_the_decider(tmp_path):
    made = desk.ready(tmp_path)
    against = Document(PaperKind.OBJECTION, "OB-1", "FR", issued_on=TODAY)
    place = desk.attached(made, against, tmp_path).place
    assert rule_of(lambda: desk.decide(made, reason="all is well")) == "TX-02"
    actions.remove_paper(
        authorisation_id=made.pk, place=place, reason="a slip", by=CLERK, at=MONDAY
    )

    assert rule_of(lambda: desk.decide(made)) == "TX-03"
    assert desk.decide(made, reason="France took it back").missing == [
        ["TX-41", "WARNS"]
    ]


def test_a_refused_party_is_found_by_a_near_name_with_its_score(tmp_path):
    made = desk.refused()
    again = desk.ready(tmp_path, recipient="Sport Shop Of Gent")
    other = desk.ready(tmp_path, recipient="Harbour Chandlers of Antwerp")

    def told(one):
        page = queries.authorisation_page(one.pk, viewer=CLERK, at=MONDAY)
        return [str(each.said) for each in page.missing if each.code == "TX-DENIED"]

    (said,) = told(again)
    assert f"{made.reference} (" in said
    assert "%)" in said
    assert told(other) == []


def test_an_end_user_statement_serves_once_however_its_number_is_spelled(tmp_path):
    first = desk.ready(tmp_path)
    number = "Еus/1"  # its first letter is Cyrillic
    again = replace(SOUND, papers=(replace(desk.STATEMENT, number=number),))
    second = desk.ready(tmp_path, again)

    page = queries.authorisation_page(second.pk, viewer=CLERK, at=MONDAY)

    assert any(first.reference in str(each.said) for each in page.missing)


def test_TX_21_an_arm_that_is_lost_does_not_leave(issued, world):
    builders.a_life(builders.an_event(LifeEventKind.LOST, "2026-01-05"), at=MONDAY)

    assert rule_of(lambda: sent(issued, items=arms(world))) == "TX-21"
    kept = {ArmState.STOLEN, ArmState.RECOVERED, ArmState.DEACTIVATED}
    assert kept < named.BARRED[Direction.EXPORT]


def test_TX_20_TX_26_a_serial_number_leaves_once_however_it_is_spelled(issued):
    twice = (ItemInput(1, serial="AB 12-3"), ItemInput(1, serial="ab123"))
    assert rule_of(lambda: sent(issued, items=twice)) == "TX-20"
    made = sent(issued, items=twice[:1])

    assert rule_of(lambda: sent(issued, items=twice[1:])) == "TX-26"
    stepped(made, Step.RETURNED, TODAY + DAY, 1)
    sent(issued, items=twice[1:], on=TODAY + DAY)


def test_TX_46_TX_52_documents_changed_after_issue_are_agreed_to_by_another(tmp_path):
    made = desk.issued(tmp_path)
    later = MONDAY + timedelta(hours=1)
    desk.attached(made, desk.notice("FR"), tmp_path, later)
    page = queries.authorisation_page(made.pk, viewer=desk.DECIDER, at=later)
    assert TransferAct.AGREE not in page.acts(desk.DECIDER)
    desk.attached(made, desk.no_objection("BE"), tmp_path, later)

    assert rule_of(lambda: sent(made, 1, at=later)) == "TX-46"
    page = queries.authorisation_page(made.pk, viewer=desk.DECIDER, at=later)
    assert "TX-46" in {each.code for each in page.missing}
    assert TransferAct.AGREE in page.acts(desk.DECIDER)
    assert TransferAct.AGREE not in page.acts(desk.CLERK)
    agree = {"act": TransferAct.AGREE, "at": later, "reason": "it was seen"}
    assert rule_of(lambda: desk.decide(made, by=desk.CLERK, **agree)) == "TX-05"
    desk.decide(made, **agree)
    assert sent(made, 1, at=later).sent == 1
    assert rule_of(lambda: desk.decide(made, **agree)) == "TX-52"


@pytest.mark.parametrize(
    "items",
    [
        (ItemInput(1, 15), ItemInput(1, -10)),
        (ItemInput(1, 15), ItemInput(1, 0)),
        (ItemInput(1, 2, serial="ZZZ9"),),
    ],
)
def test_a_quantity_that_is_none_is_refused_by_its_name(issued, items):
    with pytest.raises(InvalidInput, match="“quantity” must be") as refused:
        sent(issued, items=items)

    assert refused.value.field == "quantity"


def test_goods_and_papers_have_a_quantity(tmp_path):
    line = replace(SOUND.goods[0], quantity=-10)
    with pytest.raises(InvalidInput, match="“quantity” must be at least 1"):
        desk.recorded(replace(SOUND, goods=(line,)))
    made, paper = desk.recorded(), replace(desk.IMPORT, quantity=-5)
    with pytest.raises(InvalidInput, match="“quantity” must be at least 1"):
        desk.attached(made, paper, tmp_path)


def test_TX_47_no_more_comes_back_than_is_away(issued):
    made = sent(issued, 4)

    for many in (5, 0):
        assert rule_of(lambda n=many: stepped(made, Step.RETURNED, TODAY, n)) == "TX-47"
    stepped(made, Step.RETURNED, TODAY, 1)
    assert rule_of(lambda: stepped(made, Step.RETURNED, TODAY, 4)) == "TX-47"
    made.refresh_from_db()
    assert made.alarm == "NO_PROOF"
    stepped(made, Step.RETURNED, TODAY, 3)
    made.refresh_from_db()
    assert made.alarm == ""
    assert rule_of(lambda: stepped(made, Step.RETURNED, TODAY, 1)) == "TX-16"


def test_an_arm_is_home_when_all_of_its_consignment_came_back(issued, world):
    made = sent(issued, items=(ItemInput(1, arm_id=world), ItemInput(1, 2)))
    stepped(made, Step.RETURNED, TODAY + DAY, 2)

    assert Arm.objects.get(pk=world).state == "EXPORTED"
    stepped(made, Step.RETURNED, TODAY + DAY)
    assert Arm.objects.get(pk=world).state == "IN_TRADE"
    took = {"by": CUSTOMS, "at": MONDAY + 2 * DAY, "reason": "it was another"}
    actions.take_back_step(consignment_id=made.pk, **took)
    assert Arm.objects.get(pk=world).state == "EXPORTED"


def test_TX_42_TX_51_a_receipt_has_a_paper_of_its_own(issued):
    first, second = sent(issued, 1), sent(issued, 1)

    assert rule_of(lambda: stepped(first, Step.RECEIPT, TODAY, 1)) == "TX-42"
    stepped(first, Step.RECEIPT, TODAY, 1, document="EC 1/26")
    for document in ("ec1-26", "ЕС 1/26"):  # the latter in Cyrillic letters
        said = {"document": document}
        told = partial(stepped, second, Step.RECEIPT, TODAY, 1, **said)
        assert rule_of(told) == "TX-51"
    stepped(second, Step.RECEIPT, TODAY, 1, document="EC 2/26")


def test_a_diversion_after_its_case_is_alarmed_anew_and_the_case_is_not_for_all(issued):
    made = sent(issued, 4)
    stepped(made, Step.DIVERTED, TODAY + DAY, reason="another town")
    open_case_of_diversion(consignment_id=made.pk, by=ANALYST, at=MONDAY + DAY)
    assert overdue(MONDAY + DAY) == []
    page = queries.consignment_page(made.pk, viewer=CUSTOMS, at=MONDAY + DAY)
    assert page.steps[-1].document == ""

    stepped(made, Step.DIVERTED, TODAY + 2 * DAY, reason="a third town")

    (row,) = overdue(MONDAY + 2 * DAY)
    assert row.alarm is Alarm.DIVERSION
    open_case_of_diversion(consignment_id=made.pk, by=ANALYST, at=MONDAY + 2 * DAY)
    assert overdue(MONDAY + 2 * DAY) == []


def test_TX_09_is_asked_again_when_the_system_gives_the_number(tmp_path):
    made = desk.ready(tmp_path)
    given = f"{made.agency}-E-{TODAY.year}-{made.pk:06d}"
    desk.recorded(number=given)

    issue = partial(desk.decide, made, reason="all is in order")
    assert rule_of(issue) == "TX-09"


def test_TX_09_a_number_that_the_system_gave_is_nobody_elses(tmp_path):
    number = desk.record_of(desk.issued(tmp_path)).number

    for alike in (number, number.replace("0", "O")):
        assert rule_of(partial(desk.recorded, number=alike)) == "TX-09"
