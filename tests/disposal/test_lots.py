"""Conditions before a destruction, and lots in which count in equals count out."""

from datetime import date, timedelta

import pytest

from armstrace.custody.models import CustodyEvent
from armstrace.disposal import queries
from armstrace.disposal.actions import ending, lots
from armstrace.disposal.conditions import Item, read_item
from armstrace.disposal.inputs import LotInput
from armstrace.disposal.models import Condition, Lot, LotItem, LotRecord
from armstrace.disposal.queries import LotFilter
from armstrace.registry.actions import happening
from armstrace.registry.inputs import Happening
from armstrace.registry.models import Arm
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.custody import CustodyAct
from armstrace.vocabulary.disposal import (
    ConditionAnswer,
    ConditionKind,
    DestructionMethod,
    PictureMoment,
)
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted
from armstrace.vocabulary.paging import PageRequest
from tests import builders, cast
from tests.custody import desk as custody
from tests.disposal import desk
from tests.disposal.desk import found_to_be, in_State_stock, refused, state

pytestmark = pytest.mark.django_db
KIND, ANSWER = ConditionKind, ConditionAnswer


BARRED = [
    ("DX-01", KIND.TITLE, ANSWER.NOT_CONFISCATED),
    ("DX-02", KIND.CLAIMS, ANSWER.CLAIM_OPEN),
    ("DX-02", KIND.CLAIMS, ANSWER.CLAIM_UPHELD),
    ("DX-03", KIND.RELEASE, ANSWER.STILL_EVIDENCE),
]


@pytest.mark.parametrize(("rule", "kind", "answer"), BARRED)
def test_DX_01_DX_02_DX_03_an_arm_is_put_in_no_lot_while_an_answer_bars_it(
    rule, kind, answer
):
    exhibit, lot = desk.approved(), desk.opened()
    desk.decide(exhibit, kind, answer, reason="the court says otherwise")

    assert exhibit.reference in refused(rule, lambda: desk.put(lot, exhibit))
    assert not LotItem.objects.exists()


def test_DX_01_a_confiscation_that_can_be_appealed_is_not_final():
    exhibit, lot = desk.approved(), desk.opened()
    later = cast.NOW.date() + timedelta(days=1)
    desk.decide(exhibit, KIND.TITLE, final_on=later, reason="the day was wrong")

    refused("DX-01", lambda: desk.put(lot, exhibit))


def test_DX_02_the_owner_of_a_stolen_arm_is_heard_before_it_is_destroyed():
    exhibit = custody.received()
    found_to_be(exhibit, builders.stolen_pistol())
    custody.decided(exhibit)
    desk.settle(exhibit)
    desk.decide(exhibit, KIND.CLAIMS, ANSWER.NO_CLAIM, reason="nobody came")
    desk.propose(exhibit)

    def approve():
        custody.do(exhibit, CustodyAct.APPROVED, by=cast.SUPERVISOR, reason="wrong")

    assert "hear the owner" in refused("EX-28", approve)
    desk.decide(exhibit, KIND.CLAIMS, ANSWER.CLAIM_ENDED, reason="the owner was heard")
    approve()
    desk.destroyed(exhibit)
    assert state(exhibit) == "CARRIED_OUT"


def test_DX_03_an_exhibit_that_a_court_needs_again_is_not_destroyed():
    exhibit, other, lot = desk.approved(), desk.approved("N-2"), desk.opened()
    desk.put(lot, exhibit, other)
    desk.show(lot)
    custody.do(exhibit, CustodyAct.NEEDED, needed_by="High court", reason="appeal")

    refused("DX-03", lambda: desk.end(lot, 2))
    assert state(other) == "APPROVED"
    desk.take(lot, exhibit)
    desk.end(lot, 1)
    assert (state(exhibit), state(other)) == ("", "CARRIED_OUT")


def test_DX_04_an_arm_reported_stolen_after_its_check_is_checked_again():
    exhibit, lot = desk.approved(), desk.opened()
    desk.put(lot, exhibit)
    desk.show(lot)
    found_to_be(exhibit, builders.stolen_pistol())

    refused("DX-04", lambda: desk.end(lot, 1))
    assert desk.check(exhibit).answer == ANSWER.REPORTED
    desk.end(lot, 1)


def test_DX_05_DX_18_a_decision_has_authority_document_day_and_fits_its_question():
    exhibit = custody.received()
    tomorrow = cast.NOW.date() + timedelta(days=1)

    for wrong in (
        {"authority": " "},
        {"document": ""},
        {"decided_on": tomorrow},
        {"final_on": desk.DAY - timedelta(days=1)},
    ):
        told = refused(
            "DX-05", lambda said=wrong: desk.decide(exhibit, KIND.TITLE, **said)
        )
        assert ("correct the days" in told) == any(
            each.endswith("_on") for each in wrong
        )
    refused("DX-18", lambda: desk.decide(exhibit, KIND.TITLE, ANSWER.NO_CLAIM))
    refused("DX-18", lambda: desk.decide(exhibit, KIND.TITLE, ANSWER.SURPLUS))
    refused("DX-18", lambda: desk.decide(exhibit, KIND.CHECK, ANSWER.NOT_REPORTED))
    assert not Condition.objects.exists()


def test_DX_28_DX_29_a_decision_is_not_before_the_recovery_and_knows_its_case():
    exhibit = custody.received()
    early = {"decided_on": date(2020, 1, 1)}

    refused("DX-28", lambda: desk.decide(exhibit, KIND.TITLE, **early))
    never = (exhibit, KIND.RELEASE, ANSWER.NO_EVIDENCE)
    assert "2026/9" in refused("DX-29", lambda: desk.decide(*never))
    kept = desk.decide(*never, reason="the number is that of the report alone")
    assert kept.answer == ANSWER.NO_EVIDENCE


def test_DX_06_a_decision_is_changed_with_a_reason_and_the_earlier_one_stays():
    exhibit = custody.received()
    desk.decide(exhibit, KIND.TITLE)

    refused("DX-06", lambda: desk.decide(exhibit, KIND.TITLE))
    desk.decide(exhibit, KIND.TITLE, ANSWER.SURRENDERED, reason="read again")

    page = queries.item_page(
        exhibit.reference, viewer=desk.KEEPER, today=cast.NOW.date()
    )
    assert [each.answer for each in page.history] == ["SURRENDERED", "CONFISCATED"]
    assert [each.rule for each in page.asked if each.said] == [
        *("DX-02", "DX-03", "DX-04")
    ]


def test_DX_07_an_arm_is_put_into_a_lot_only_when_a_second_person_approved_it():
    exhibit, lot = custody.received(), desk.opened()
    custody.decided(exhibit)
    desk.settle(exhibit)

    refused("DX-07", lambda: desk.put(lot, exhibit))


def test_DX_08_an_arm_is_in_one_lot():
    exhibit, lot, other = desk.approved(), desk.opened(), desk.opened()
    desk.put(lot, exhibit)

    assert lot.reference in refused("DX-08", lambda: desk.put(other, exhibit))
    desk.take(lot, exhibit)
    desk.put(other, exhibit)
    refused("DX-10", lambda: desk.take(lot, exhibit))
    refused("DX-06", lambda: desk.take(other, exhibit, reason=" "))


def test_a_lot_is_not_filled_with_nothing():
    lot = desk.opened()

    with pytest.raises(InvalidInput, match="at least one"):
        desk.put(lot)


def test_DX_09_nothing_is_put_in_or_taken_out_of_a_lot_that_is_destroyed():
    exhibit, other = desk.approved(), desk.approved("N-2")
    lot = desk.destroyed(exhibit)
    again = refused("DX-42", lambda: desk.put(desk.opened(), exhibit))
    assert (
        again
        == f"{exhibit.reference} was already destroyed in lot {lot}; check the number."
    )

    refused("DX-09", lambda: desk.put(lot, other))
    refused("DX-09", lambda: desk.take(lot, exhibit))
    refused("DX-09", lambda: desk.witness(lot, "Late Comer"))
    refused("DX-09", lambda: desk.end(lot, 1))


def test_DX_11_DX_12_a_lot_is_destroyed_before_two_witnesses_and_two_photographs():
    lot = desk.opened()
    desk.put(lot, desk.approved())
    desk.witness(lot, "Wanda Witt")

    refused("DX-11", lambda: desk.end(lot, 1))
    third = desk.witness(lot, "Otto Oest")
    refused("DX-12", lambda: desk.end(lot, 1))
    desk.photograph(lot, PictureMoment.BEFORE)
    refused("DX-12", lambda: desk.end(lot, 1))
    desk.photograph(lot, PictureMoment.AFTER)
    lots.drop_witness(
        lot_id=lot.pk,
        witness_id=third.pk,
        reason="did not come",
        by=desk.KEEPER,
        at=cast.NOW,
    )
    refused("DX-11", lambda: desk.end(lot, 1))


def test_DX_13_DX_14_count_in_equals_count_out_and_a_lot_is_not_empty():
    lot = desk.opened()
    refused("DX-14", lambda: desk.end(lot, 0))
    desk.put(lot, desk.approved())
    desk.show(lot)

    for count in (0, 2):
        refused("DX-13", lambda said=count: desk.end(lot, said))


def test_DX_15_a_lot_is_not_destroyed_before_a_decision_that_it_rests_on():
    exhibit = desk.approved()
    lot = desk.opened()
    desk.put(lot, exhibit)
    desk.show(lot)

    today = cast.NOW.date()
    for day in (desk.DAY - timedelta(days=1), today + timedelta(days=1)):
        refused("DX-15", lambda said=day: desk.end(lot, 1, day=said))


def test_DX_16_DX_17_an_arm_in_State_stock_is_declared_surplus_and_put_in_by_another():
    civil, state_arm = builders.stolen_pistol(), in_State_stock()
    item, lot = Item(arm_id=state_arm), desk.opened()
    refused(
        "DX-16", lambda: desk.decide(Item(arm_id=civil), KIND.TITLE, ANSWER.SURPLUS)
    )
    desk.decide(item, KIND.TITLE, ANSWER.SURPLUS)
    desk.decide(item, KIND.CLAIMS)
    desk.decide(item, KIND.RELEASE, ANSWER.NO_EVIDENCE)
    desk.check(item)

    refused("DX-17", lambda: desk.put(lot, item))
    desk.put(lot, item, by=custody.SECOND_KEEPER)
    desk.show(lot)
    desk.end(lot, 1)

    assert Arm.objects.get(pk=state_arm).state == "DESTROYED"


def test_DX_19_an_exhibit_is_destroyed_in_a_lot_and_not_by_itself():
    exhibit = desk.approved()
    told = {"name": "Steel works", "office": "Hill", "document": "P-9"}
    told |= {"witness": "Wanda", "done_on": cast.NOW.date()}

    refused("EX-28", lambda: custody.do(exhibit, CustodyAct.CARRIED_OUT, **told))
    lot = desk.destroyed(exhibit)
    event = CustodyEvent.objects.current().get(exhibit=exhibit)
    assert (event.way_out_state, event.document) == ("CARRIED_OUT", lot.reference)


def test_a_mistake_in_a_lot_is_corrected_by_a_new_record():
    lot = desk.destroyed(desk.approved())
    given = LotInput(DestructionMethod.MELTED, "Foundry", "Hill")

    def correct(**said):
        how = {"destroyed_on": None, "reason": "it was melted", **said}
        return ending.correct_lot(
            lot_id=lot.pk, given=given, by=desk.KEEPER, at=cast.NOW, **how
        )

    refused("DX-06", lambda: correct(reason=""))
    refused("DX-15", lambda: correct(destroyed_on=desk.DAY - timedelta(days=9)))
    correct()

    rows = LotRecord.objects.filter(lot=lot).order_by("pk")
    assert [each.method for each in rows] == ["SHREDDED", "SHREDDED", "MELTED"]
    assert rows.last().count_out == 1


def test_a_lot_names_its_works_and_a_witness_a_body():
    given = LotInput(DestructionMethod.CUT, " ", "Hill")
    with pytest.raises(InvalidInput):
        lots.open_lot(given=given, by=desk.KEEPER, at=cast.NOW)
    lot = desk.opened()
    with pytest.raises(InvalidInput):
        desk.witness(lot, "Wanda", " ")
    desk.witness(lot, "Wanda")
    with pytest.raises(InvalidInput):
        desk.witness(lot, " Wanda ")


def test_only_a_custodian_destroys_and_a_stranger_sees_nothing():
    exhibit, lot = desk.approved(), desk.opened()
    desk.put(lot, exhibit)

    with pytest.raises(NotPermitted):
        desk.opened(by=cast.SUPERVISOR)
    with pytest.raises(NotFound):
        desk.put(lot, exhibit, by=custody.OTHER_KEEPER)
    with pytest.raises(NotFound):
        desk.decide(exhibit, KIND.TITLE, by=custody.OTHER_KEEPER)
    stranger = custody.OTHER_KEEPER
    rows = queries.lot_rows(LotFilter(), viewer=stranger, page=PageRequest())
    assert rows.rows == []
    today = cast.NOW.date()
    with pytest.raises(NotFound):
        queries.lot_page(lot.pk, viewer=stranger, today=today)
    with pytest.raises(NotFound):
        queries.item_page(exhibit.reference, viewer=stranger, today=today)
    assert queries.ready(viewer=stranger, most=5) == []
    with pytest.raises(NotFound):
        read_item("R1")


def test_a_lot_says_of_each_arm_what_is_missing():
    exhibit, lot = desk.approved(), desk.opened()
    assert queries.ready(viewer=desk.KEEPER, most=5) == [Item(exhibit_id=exhibit.pk)]
    desk.put(lot, exhibit)
    desk.decide(exhibit, KIND.CLAIMS, ANSWER.CLAIM_OPEN, reason="somebody came")

    page = queries.lot_page(lot.pk, viewer=desk.KEEPER, today=cast.NOW.date())

    assert page.is_blocked
    assert [one.rule for one in page.items[0].missing] == ["DX-02"]
    assert [one.rule for one in page.missing] == ["DX-11", "DX-12"]
    open_ones = LotFilter(is_destroyed=False)
    rows = queries.lot_rows(open_ones, viewer=desk.KEEPER, page=PageRequest()).rows
    assert [(row.lot_id, row.count_in) for row in rows] == [(lot.pk, 1)]
    assert queries.ready(viewer=desk.KEEPER, most=5) == []
    assert Lot.objects.count() == 1


def test_the_register_tells_that_an_arm_in_a_lot_was_destroyed():
    arm_id = builders.stolen_pistol()
    exhibit = custody.received()
    found_to_be(exhibit, arm_id)
    custody.decided(exhibit)
    desk.settle(exhibit)
    desk.propose(exhibit)
    custody.do(exhibit, CustodyAct.APPROVED, by=cast.SUPERVISOR, reason="wrong")
    desk.destroyed(exhibit)

    assert Arm.objects.get(pk=arm_id).state == "DESTROYED"


def test_an_investigator_records_the_release_and_no_officer_does():
    exhibit = custody.received()
    ines = cast.actor(Role.INVESTIGATOR, "VNP")
    desk.decide(exhibit, KIND.RELEASE, by=ines)

    with pytest.raises(NotPermitted):
        desk.decide(exhibit, KIND.TITLE, by=cast.OFFICER)


def destroy_at_desk(arm_id, at=cast.NOW):
    told = Happening(LifeEventKind.DESTROYED, cast.NOW.date())
    happening.record_happening(arm_id=arm_id, happening=told, by=cast.REGISTRAR, at=at)


def settled_surplus():
    item = Item(arm_id=in_State_stock())
    desk.decide(item, KIND.TITLE, ANSWER.SURPLUS)
    desk.decide(item, KIND.CLAIMS)
    desk.decide(item, KIND.RELEASE, ANSWER.NO_EVIDENCE)
    desk.check(item)
    return item


def test_RG_25_a_State_arm_and_an_exhibit_are_destroyed_in_a_lot_and_not_at_the_desk():
    item, held = settled_surplus(), builders.stolen_pistol()
    exhibit = custody.received()
    found_to_be(exhibit, held)

    assert "a lot" in refused("RG-25", lambda: destroy_at_desk(item.arm_id))
    assert exhibit.reference in refused("RG-25", lambda: destroy_at_desk(held))
    assert Arm.objects.get(pk=item.arm_id).state == "HELD_STATE"


def test_DX_21_a_lot_with_an_arm_that_left_otherwise_says_so_and_is_not_ended():
    item, lot = settled_surplus(), desk.opened()
    desk.put(lot, item, by=custody.SECOND_KEEPER)
    desk.show(lot)
    sold = builders.an_event(
        LifeEventKind.STATE_TO_CIVILIAN, "2021-01-01", arm_number="77"
    )
    builders.a_life(sold)

    page = queries.lot_page(lot.pk, viewer=desk.KEEPER, today=cast.NOW.date())
    assert [one.rule for one in page.items[0].missing] == ["DX-21"]
    refused("DX-21", lambda: desk.end(lot, 1))
