"""Stores of State arms: two sign, lots are recalled, counts compare sets."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from armstrace.registry.actions import passing
from armstrace.registry.actions.passing import Handover
from armstrace.registry.models import Arm, LossReport, Mark
from armstrace.stockpiles import queries
from armstrace.stockpiles.actions import counting, disposing, keeping
from armstrace.stockpiles.actions.disposing import DisposalInput
from armstrace.stockpiles.actions.keeping import LotInput
from armstrace.stockpiles.models import Paper, StockedArm
from armstrace.stockpiles.reading import rows_of
from armstrace.vetting.actions import vetting
from armstrace.vetting.inputs import VettingInput
from armstrace.vocabulary.arms import ArmState, Passing
from armstrace.vocabulary.custody import CountAnswer, CountFinding
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.stockpiles import CountKind, StockAct, SurplusWay
from armstrace.vocabulary.vetting import Capacity, VettingAnswer
from tests import builders, cast
from tests.stockpiles import desk

pytestmark = pytest.mark.django_db
TOMORROW = cast.NOW + timedelta(days=1)
LATER = cast.NOW + timedelta(days=2)


def refused(rule, act, *given, **how):
    with pytest.raises(RuleBroken) as broken:
        act(*given, **how)
    assert broken.value.rule == rule


def bearers():
    rows = StockedArm.objects.current().order_by("arm_id")
    return list(rows.values_list("bearer", flat=True))


def lot(depot, quantity=100):
    stated = LotInput(number="L-7", calibre="9x19", quantity=quantity)
    entry = keeping.receive_lot(
        depot_id=depot.pk, stated=stated, by=desk.KEEPER, at=cast.NOW
    )
    return entry.lot


def test_arms_are_issued_and_returned_only_when_both_have_signed():
    depot, arms = desk.stocked()

    made = desk.paper(depot, arms[:2], due_back_on=date(2026, 12, 1))
    assert bearers() == ["", "", ""]
    desk.sign(made)
    assert bearers() == [desk.BEARER.name] * 2 + [""]
    back = desk.paper(
        depot, arms[:1], act=StockAct.RETURNED, other=desk.KEEPER.name, by=desk.BEARER
    )
    desk.sign(back, by=desk.KEEPER)

    assert bearers() == ["", desk.BEARER.name, ""]
    rows = queries.stock_rows(depot.pk, viewer=desk.KEEPER, page=PageRequest()).rows
    assert [row.due_back_on for row in rows] == [None, date(2026, 12, 1), None]


def test_SK_01_who_is_overdue_for_vetting_does_nothing_in_a_store():
    depot, arms = desk.stocked()
    told = VettingInput(desk.KEEPER.name, Capacity.STAFF)
    asked = vetting.ask_vetting(stated=told, by=cast.REGISTRAR, at=cast.NOW)
    how = {"by": cast.SUPERVISOR, "at": cast.NOW}
    vetting.answer_vetting(
        request_id=asked.pk,
        answer=VettingAnswer.CLEAR,
        valid_until=TOMORROW.date(),
        **how,
    )
    desk.act(depot, StockAct.NEUTRALISED, arms)

    refused("SK-01", desk.act, depot, StockAct.RESTORED, arms, at=LATER)
    refused("SK-01", desk.count, depot, "A1", by=_later(desk.KEEPER, asked))


def _later(actor, asked):
    how = {"by": cast.SUPERVISOR, "at": cast.NOW, "reason": "found since"}
    vetting.answer_vetting(
        request_id=asked.pk, answer=VettingAnswer.ADVERSE, valid_until=None, **how
    )
    return actor


def test_SK_02_nothing_is_issued_counted_or_received_by_an_empty_list():
    depot, _ = desk.stocked()

    refused("SK-02", desk.paper, depot, [])
    refused("SK-02", desk.count, depot)
    refused("SK-02", lot, depot, 0)


def test_SK_03_only_arms_that_the_state_holds_are_placed_and_in_one_store():
    depot, arms = desk.stocked()
    other, (civil,) = desk.depot("Annexe"), builders.registered()

    refused("SK-03", desk.act, depot, StockAct.PLACED, [civil])
    refused("SK-03", desk.act, other, StockAct.PLACED, arms)
    assert StockedArm.objects.count() == 3


def test_SK_04_what_is_issued_is_not_issued_again():
    depot, arms = desk.stocked()
    desk.sign(desk.paper(depot, arms))
    second = desk.paper(depot, arms[:1])

    refused("SK-04", desk.sign, second)
    refused("SK-04", desk.act, depot, StockAct.SURPLUS, arms)
    refused("SK-04", desk.act, depot, StockAct.PLACED, [999])
    assert Paper.objects.get(pk=second.pk).signed_at is None


def test_SK_05_SK_06_another_person_of_the_agency_signs():
    depot, arms = desk.stocked()

    refused("SK-05", desk.paper, depot, arms, other=desk.KEEPER.name)
    refused("SK-05", desk.paper, depot, arms, other="nobody")
    made = desk.paper(depot, arms)
    refused("SK-06", desk.sign, made, by=desk.DEPUTY)
    desk.sign(made)
    refused("SK-06", desk.sign, made)


def test_SK_07_SK_08_a_lot_is_issued_as_far_as_it_goes_and_not_while_recalled():
    depot, _ = desk.stocked()
    one = lot(depot)
    rounds = {"lot_id": one.pk, "rounds": 60}
    recall = {"lot_id": one.pk, "by": desk.KEEPER, "at": cast.NOW}

    desk.sign(desk.paper(depot, [], **rounds))
    refused("SK-07", desk.paper, depot, [], **rounds)
    waiting = desk.paper(depot, [], lot_id=one.pk, rounds=10)
    keeping.recall_lot(reason="the maker recalls it", **recall)
    refused("SK-08", desk.sign, waiting)
    keeping.recall_lot(reason="checked", is_over=True, **recall)
    desk.sign(waiting)

    (row,) = queries.lot_rows(depot.pk, viewer=desk.KEEPER)
    assert (row.rounds, row.is_recalled) == (30, False)


def test_a_recalled_lot_tells_who_had_of_it_and_what_came_back():
    depot, _ = desk.stocked()
    one = lot(depot)
    desk.sign(desk.paper(depot, [], lot_id=one.pk, rounds=60))
    back = {"act": StockAct.RETURNED, "other": desk.KEEPER.name, "by": desk.BEARER}
    desk.sign(desk.paper(depot, [], lot_id=one.pk, rounds=25, **back), by=desk.KEEPER)
    act = {"by": desk.KEEPER, "at": cast.NOW}
    keeping.recall_lot(lot_id=one.pk, reason="the maker recalls it", **act)

    page = queries.lot_page(one.pk, viewer=desk.KEEPER)

    (had,) = page.bearers
    assert (had.name, had.issued, had.returned, had.left) == (
        desk.BEARER.name,
        60,
        25,
        35,
    )
    assert page.row.is_recalled
    assert queries.lot_page(one.pk, viewer=desk.BEARER).bearers == [had]
    assert queries.lot_page(one.pk, viewer=desk.DEPUTY).bearers
    with pytest.raises((NotFound, NotPermitted)):
        queries.lot_page(one.pk, viewer=cast.CUSTOMS)


def test_a_count_names_the_five_lists_and_corrects_nothing():
    depot, arms = desk.stocked(4)
    other = desk.depot("Annexe")
    (away,) = desk.state_arms(1, first=50)
    desk.act(other, StockAct.PLACED, [away])
    seen = (f"A{arms[0]}", f"a{arms[0]}", "SERP2", f"A{arms[2]}", f"A{away}", "XY", "")

    made = desk.count(depot, *seen)
    assert queries.count_page(made.pk, viewer=desk.BEARER).compared is None
    page = queries.count_page(desk.signed(made).pk, viewer=desk.BEARER)

    found = page.compared
    assert found.found == tuple(f"A{each}" for each in arms[:3])
    assert found.missing == (f"A{arms[3]}",)
    assert found.unexpected == ("XY",)
    assert found.twice == (f"A{arms[0]}",)
    assert found.elsewhere == (f"A{away}",)
    where = {each.number: each.where for each in page.differences}
    assert where[f"A{arms[3]}"] == "GLOCK 17 SERP4"
    assert where[f"A{away}"] == "GLOCK 17 SERP50 · Annexe · room 1"
    assert len(page.remarks) == 2 + 1 - 1
    assert StockedArm.objects.current().filter(depot=depot).count() == 4


def test_the_page_of_a_long_count_gives_only_what_it_shows():
    depot, arms = desk.stocked(3)
    made = desk.signed(desk.count(depot, f"A{arms[0]}"))

    page = queries.count_page(made.pk, viewer=desk.BEARER, most=1)

    told = [(each.number, each.where) for each in page.differences]
    assert told == [(f"A{arms[1]}", "GLOCK 17 SERP2")]
    assert page.compared.differing == 2
    assert page.unanswered == {CountFinding.MISSING}


def test_SK_09_SK_10_two_people_count_and_one_keeps_no_stores():
    depot, arms = desk.stocked()
    made = desk.count(depot, *(f"A{each}" for each in arms))
    third = replace(desk.BEARER, name="third.vnp")

    refused("SK-09", lambda: desk.count(depot, "A1", second=desk.DEPUTY.name))
    for nobody in (desk.KEEPER.name, cast.REGISTRAR.name, ""):
        refused("SK-05", lambda second=nobody: desk.count(depot, "A1", second=second))
    refused("SK-10", desk.signed, made, by=desk.DEPUTY)
    refused("SK-10", desk.signed, made, by=desk.KEEPER)
    with pytest.raises(NotFound):
        desk.signed(made, by=third)
    assert queries.counts_to_sign(viewer=third) == []
    assert queries.counts_to_sign(viewer=desk.BEARER) == [made.pk]
    assert desk.signed(made).settled_at == cast.NOW
    refused("SK-10", desk.signed, made)


def test_SK_30_a_hand_over_count_names_the_next_custodian():
    depot, _ = desk.stocked()
    unnamed = {"kind": CountKind.HANDOVER, "next_custodian": " "}
    refused("SK-30", lambda: desk.count(depot, "A1", **unnamed))
    told = {"kind": CountKind.HANDOVER, "next_custodian": desk.DEPUTY.name}

    desk.signed(desk.count(depot, "A1", **told))

    depot.refresh_from_db()
    assert depot.custodian == desk.DEPUTY.name


def test_SK_11_a_difference_is_explained_the_same_day_or_becomes_a_loss():
    depot, arms = desk.stocked()
    made = desk.signed(desk.count(depot, f"A{arms[0]}"))

    twice = f"A{arms[1]}\n A{arms[1]}"
    for neither_or_both in ({"text": " "}, {"text": twice, "is_all": True}):
        with pytest.raises(InvalidInput) as which:
            desk.answer(made, CountAnswer.EXPLAINED, **neither_or_both)
        assert which.value.field == "text"
    desk.answer(made, CountAnswer.EXPLAINED, text=twice)
    refused("SK-11", desk.answer, made, CountAnswer.EXPLAINED, at=TOMORROW)
    refused("SK-13", desk.answer, made, CountAnswer.INCIDENT, explanation=" ")
    assert counting.report_unexplained(by=cast.SYSTEM, at=cast.NOW) == 0
    assert counting.report_unexplained(by=cast.SYSTEM, at=TOMORROW) == 1
    assert counting.report_unexplained(by=cast.SYSTEM, at=TOMORROW) == 0

    assert Arm.objects.get(pk=arms[2]).state == ArmState.LOST
    assert Arm.objects.get(pk=arms[1]).state == ArmState.HELD_STATE
    assert LossReport.objects.get().arm_id == arms[2]


def test_a_custodian_reports_a_loss_at_once():
    depot, arms = desk.stocked()
    made = desk.signed(desk.count(depot, *(f"A{each}" for each in arms[1:])))

    desk.answer(made, CountAnswer.INCIDENT)

    assert LossReport.objects.get().arm_id == arms[0]
    refused("EX-23", desk.answer, made, CountAnswer.INCIDENT)
    twice = {"finding": CountFinding.TWICE}
    refused("EX-23", desk.answer, made, CountAnswer.EXPLAINED, **twice)


def dispose(depot, arm_id, by=cast.REGISTRAR, **changes):
    stated = {"way": SurplusWay.PASSED_ON, "reason": "order 7 of the minister"}
    stated |= {"mark": "XV 2026", "taker": "P1"} | changes
    return disposing.dispose_surplus(
        depot_id=depot.pk,
        arm_id=arm_id,
        stated=DisposalInput(**stated),
        by=by,
        at=cast.NOW,
    )


def test_SK_12_SK_14_surplus_leaves_by_another_and_marked_with_the_state(settings):
    settings.HOME_COUNTRY = "XV"
    builders.holders()
    depot, arms = desk.stocked()

    refused("SK-12", dispose, depot, arms[0])
    desk.act(depot, StockAct.SURPLUS, arms, reason="new pistols came")
    refused("SK-14", dispose, depot, arms[0], mark="AT 2026")
    refused("SK-13", dispose, depot, arms[0], reason=" ")
    with pytest.raises(InvalidInput, match="limit is 200"):
        dispose(depot, arms[0], reason="order of the minister " * 12)
    dispose(depot, arms[0])
    dispose(depot, arms[1], way=SurplusWay.DESTRUCTION)

    assert Arm.objects.get(pk=arms[0]).state == ArmState.HELD_CIVILIAN
    assert Mark.objects.get().text_as_marked == "XV 2026"
    rows = StockedArm.objects.current().order_by("arm_id")
    acts = [StockAct.LEFT, StockAct.CONDEMNED, StockAct.SURPLUS]
    assert list(rows.values_list("act", flat=True)) == acts


def test_to_make_an_arm_unusable_for_a_time_is_custody_alone():
    depot, arms = desk.stocked()

    desk.act(depot, StockAct.NEUTRALISED, arms[:1])

    assert StockedArm.objects.current().get(arm_id=arms[0]).is_neutralised
    assert Arm.objects.get(pk=arms[0]).state == ArmState.HELD_STATE
    desk.act(depot, StockAct.RESTORED, arms[:1])
    assert not StockedArm.objects.current().get(arm_id=arms[0]).is_neutralised


def test_a_stranger_sees_no_store_and_an_officer_issues_nothing():
    depot, arms = desk.stocked()

    with pytest.raises(NotFound):
        queries.depot(depot.pk, viewer=cast.STRANGER)
    with pytest.raises(NotPermitted):
        desk.paper(depot, arms, by=desk.BEARER)
    for viewer, seen in ((desk.KEEPER, (3, 0)), (desk.BEARER, (None, None))):
        (row,) = queries.depot_rows(viewer=viewer, page=PageRequest()).rows
        assert (row.arms, row.issued) == seen


def test_RG_25_an_arm_on_the_list_of_a_store_passes_only_as_declared_surplus():
    _, (stored, *_) = desk.stocked()
    (loose,) = desk.state_arms(1, first=9)
    builders.holders()
    handover = Handover(Passing.SALE, "P1", cast.NOW.date())
    told = {"handover": handover, "by": cast.REGISTRAR, "at": cast.NOW}

    for arm_id in (stored, loose):
        refused("RG-25", passing.pass_arm, arm_id=arm_id, **told)


def test_arms_are_not_issued_until_a_day_that_is_over():
    depot, arms = desk.stocked()

    with pytest.raises(InvalidInput, match="due back is past"):
        desk.paper(depot, arms, due_back_on=date(2026, 11, 23))


@pytest.mark.parametrize("total", ["Total,3", "Totale;3", "Sum", "Sous-total : 2"])
def test_a_total_below_a_list_is_no_arm(total):
    depot, arms = desk.stocked()
    listed = f"A{arms[0]}\nTotal-3\n{total}"

    made = desk.count(depot, listed)

    assert [text for text, *_ in made.seen] == [f"A{arms[0]}", "Total-3"]
    (said,) = queries.rows_left_out(made.pk, rows_of(listed), viewer=desk.KEEPER)
    assert str(said) == "Line 3 is a total and is passed over."


def test_what_is_quoted_of_a_long_heading_ends_where_it_shows_that_more_follows():
    depot, arms = desk.stocked()
    heading = "Serial number;" + ";".join(f"Remark {n}" for n in range(40))
    listed = f"{heading}\nA{arms[0]}"

    made = desk.count(depot, listed)

    (said,) = queries.rows_left_out(made.pk, rows_of(listed), viewer=desk.KEEPER)
    assert str(said).endswith("…."), said
