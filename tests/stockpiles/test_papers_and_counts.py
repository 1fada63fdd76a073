"""Papers that wait, are withdrawn or declined; counts that nobody settles alone."""

import time
from dataclasses import replace

import pytest

from armstrace.registry.models import Arm, ArmRecord
from armstrace.stockpiles import queries, reading
from armstrace.stockpiles.actions import keeping
from armstrace.stockpiles.actions.disposing import DisposalInput, dispose_surplus
from armstrace.stockpiles.actions.keeping import LotInput
from armstrace.stockpiles.models import StockedArm
from armstrace.vocabulary.custody import CountAnswer, CountFinding
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.stockpiles import CountKind, StockAct, SurplusWay
from tests import cast
from tests.ledger_guard import written_directly
from tests.stockpiles import desk
from tests.stockpiles.test_stock import lot, refused

pytestmark = pytest.mark.django_db


def test_SK_15_an_arm_waits_on_one_paper_until_that_is_declined_or_withdrawn():
    depot, arms = desk.stocked()
    first = desk.paper(depot, arms[:2])

    refused("SK-15", desk.paper, depot, arms[1:])
    desk.end(first)
    second = desk.paper(depot, arms)
    desk.end(second, by=desk.KEEPER, reason="the wrong officer")

    second.refresh_from_db()
    assert (second.ended_by, second.signed_at) == (desk.KEEPER.name, None)
    refused("SK-06", desk.sign, second)
    assert queries.papers_waiting(viewer=desk.BEARER) == []
    assert queries.papers_of(depot.pk, viewer=desk.KEEPER) == []


def test_SK_06_SK_13_only_the_two_end_a_paper_that_waits_with_a_reason():
    depot, arms = desk.stocked()
    made = desk.paper(depot, arms)

    refused("SK-06", desk.end, made, by=desk.DEPUTY)
    refused("SK-13", desk.end, made, reason=" ")
    desk.sign(made)
    refused("SK-06", desk.end, made)


def test_SK_07_rounds_that_wait_on_a_paper_are_not_promised_twice():
    depot, _ = desk.stocked()
    one = lot(depot)
    rounds = {"lot_id": one.pk, "rounds": 60}
    first = desk.paper(depot, [], **rounds)

    refused("SK-07", desk.paper, depot, [], **rounds)
    desk.end(first)
    desk.sign(desk.paper(depot, [], **rounds))


def test_SK_19_nobody_returns_rounds_that_were_not_issued_to_them():
    depot, _ = desk.stocked()
    one = lot(depot)

    def back(rounds, by=desk.BEARER, store=depot):
        told = {"act": StockAct.RETURNED, "other": desk.KEEPER.name, "by": by}
        return desk.paper(store, [], lot_id=one.pk, rounds=rounds, **told)

    desk.sign(desk.paper(depot, [], lot_id=one.pk, rounds=60))

    refused("SK-19", back, 70)
    refused("SK-19", back, 40, by=desk.DEPUTY)
    refused("SK-19", back, 5, store=desk.depot("Annexe"))
    first = back(50)
    refused("SK-19", back, 11)
    desk.sign(first, by=desk.KEEPER)
    desk.sign(back(10), by=desk.KEEPER)

    refused("SK-19", back, 1)
    (row,) = queries.lot_rows(depot.pk, viewer=desk.KEEPER)
    assert row.rounds == 100


def test_rounds_go_of_a_lot_and_no_lot_has_more_than_can_be_reckoned():
    depot, _ = desk.stocked()
    for how in ({}, {"act": StockAct.RETURNED, "other": desk.KEEPER.name}):
        by = desk.BEARER if how else desk.KEEPER
        with pytest.raises(InvalidInput) as refused:
            desk.paper(depot, [], rounds=5, by=by, **how)
        assert refused.value.field == "lot_id"

    with pytest.raises(InvalidInput):
        lot(depot, quantity=keeping.MOST_ROUNDS + 1)
    lot(depot, quantity=keeping.MOST_ROUNDS)
    lot(depot, quantity=keeping.MOST_ROUNDS)
    (row,) = queries.lot_rows(depot.pk, viewer=desk.KEEPER)
    assert row.rounds == 2 * keeping.MOST_ROUNDS


def test_a_surplus_arm_waits_for_its_decision_wherever_it_is_put():
    depot, arms = desk.stocked()
    desk.act(depot, StockAct.SURPLUS, arms[:2], reason="new ones came")

    desk.act(depot, StockAct.PLACED, arms[:1])
    desk.sign(desk.paper(depot, arms[1:2]))

    assert queries.surplus_waiting(viewer=cast.REGISTRAR) == 2
    back = {"act": StockAct.RETURNED, "other": desk.KEEPER.name}
    desk.sign(desk.paper(depot, arms[1:2], by=desk.BEARER, **back), by=desk.KEEPER)
    assert queries.surplus_waiting(viewer=cast.REGISTRAR) == 2


def test_SK_20_who_keeps_the_store_notes_no_unannounced_count():
    depot, _ = desk.stocked()
    noted = {"kind": CountKind.UNANNOUNCED}

    refused("SK-20", desk.count, depot, "A1", **noted)
    desk.signed(desk.count(depot, "A1", by=desk.BEARER, **noted), by=desk.KEEPER)


def test_an_arm_that_is_seen_though_the_register_has_it_as_lost_is_told():
    depot, arms = desk.stocked()
    first = desk.signed(desk.count(depot, *(f"A{each}" for each in arms[1:])))
    desk.answer(first, CountAnswer.INCIDENT, by=desk.KEEPER)

    again = desk.signed(desk.count(depot, *(f"A{each}" for each in arms)))

    (told,) = queries.count_page(again.pk, viewer=desk.BEARER).remarks
    assert str(told).startswith(f"A{arms[0]} was seen, and the register has it as lost")


def test_an_arm_that_was_lost_before_a_count_is_not_expected_by_it():
    depot, arms = desk.stocked()
    here = [f"A{each}" for each in arms[1:]]
    first = desk.signed(desk.count(depot, *here))
    desk.answer(first, CountAnswer.INCIDENT, by=desk.KEEPER)

    again = desk.signed(desk.count(depot, *here))

    assert again.settled_at == cast.NOW
    page = queries.count_page(again.pk, viewer=desk.BEARER)
    assert (page.compared.lost, page.differences) == ((f"A{arms[0]}",), ())
    assert str(page.remarks[0]).endswith(f"not expected: A{arms[0]}.")
    told = queries.count_page(first.pk, viewer=desk.BEARER).compared
    assert (told.missing, told.lost) == ((f"A{arms[0]}",), ())
    (row,) = queries.depot_rows(viewer=desk.KEEPER, page=PageRequest()).rows
    assert row.arms == 2


@written_directly()
def a_store_of(many, others):
    """Fill two stores without the acts; give the keys of their arms."""
    stores = [desk.depot(name) for name in ("North", "South")]
    told = {"source": "S", "known_at": cast.NOW}
    rows = [Arm(source_number=f"P{n}", **told) for n in range(many + others)]
    keys = [each.pk for each in Arm.objects.bulk_create(rows)]
    ArmRecord.objects.bulk_create(
        ArmRecord(
            arm_id=key, serial_as_marked=f"SER{key}", serial_search=f"SER{key}", **told
        )
        for key in keys
    )
    StockedArm.objects.bulk_create(
        StockedArm(arm_id=key, depot=stores[n >= many], act=StockAct.PLACED, **told)
        for n, key in enumerate(keys)
    )
    return keys[:many], keys[many:]


@pytest.mark.parametrize("many", [400, pytest.param(10_000, marks=pytest.mark.soak)])
def test_each_planted_difference_is_named_and_ten_thousand_take_two_seconds(many):
    inside, away = a_store_of(many, 20)
    missing, twice = inside[:40], inside[-30:]
    foreign = [f"FOREIGN-{number}" for number in range(15)]
    seen = [f"A{key}" for key in inside[40:200]]
    seen += [f"SER{key}" for key in inside[200:]]
    seen += [f"A{key}" for key in (*twice, *away)] + [*foreign, ""]
    begun = time.process_time()

    rows = reading.rows_of("\n".join(seen))
    told = queries.compare_list("North", rows, viewer=cast.SUPERVISOR)

    assert time.process_time() - begun < 2
    found = told.compared
    assert len(found.found) == many - 40
    assert set(found.missing) == {f"A{key}" for key in missing}
    assert set(found.twice) == {f"A{key}" for key in twice}
    assert set(found.elsewhere) == {f"A{key}" for key in away}
    assert set(found.unexpected) == set(foreign)


def test_a_paper_names_arms_and_lots_to_who_signs_it():
    depot, arms = desk.stocked()
    one = lot(depot)

    made = desk.paper(depot, arms[:1], lot_id=one.pk, rounds=60)

    page = queries.paper(made.pk, viewer=desk.BEARER)
    assert page.arms == ((arms[0], "GLOCK 17 SERP1"),)
    assert page.rounds == ((one, 60),)


def test_each_line_of_a_list_has_its_own_columns_and_no_number_is_endless():
    text = '"A1";x\nA2,y\nA3\tz\n'

    assert [each.cells[0] for each in reading.rows_of(text)] == ["A1", "A2", "A3"]
    depot, _ = desk.stocked()
    for endless in ("9" * 121, "9" * 200_000):
        with pytest.raises(InvalidInput):
            desk.count(depot, endless)


def test_a_list_of_single_numbers_and_of_columns_loses_no_number():
    arms = desk.state_arms(5)
    text = (
        f"A{arms[0]}\nA{arms[1]}\nA{arms[2]}\nGLOCK 17;SERP-4\nGLOCK 17\tSERP9\n"
        "SERP5;GLOCK 17\n"
    )

    lines = reading.resolve(reading.rows_of(text))

    assert [each.arm_id for each in lines] == [*arms[:4], None, arms[4]]
    assert lines[4].text == "GLOCK 17 SERP9"


def test_SK_18_an_arm_lost_since_is_shown_and_is_neither_issued_nor_surplus():
    depot, arms = desk.stocked()
    waiting = desk.paper(depot, arms[:1])
    desk.act(depot, StockAct.SURPLUS, arms[2:], reason="new ones came")
    made = desk.signed(desk.count(depot, f"A{arms[1]}"))
    desk.answer(made, CountAnswer.INCIDENT, by=desk.KEEPER)

    refused("SK-18", desk.sign, waiting)
    desk.end(waiting)
    refused("SK-18", desk.paper, depot, arms[:1])
    refused("SK-18", desk.act, depot, StockAct.SURPLUS, arms[:2])
    given = DisposalInput(way=SurplusWay.DESTRUCTION, reason="order 7")
    decide = {"depot_id": depot.pk, "arm_id": arms[2], "stated": given}
    refused("SK-18", dispose_surplus, **decide, by=cast.REGISTRAR, at=cast.NOW)
    rows = queries.stock_rows(depot.pk, viewer=desk.KEEPER, page=PageRequest()).rows
    assert [row.is_missing for row in rows] == [True, False, True]


def test_SK_16_a_custodian_reports_what_was_not_found_and_does_not_explain_it():
    depot, arms = desk.stocked()
    made = desk.signed(desk.count(depot, f"A{arms[0]}", f"A{arms[0]}"))

    refused("SK-16", desk.answer, made, CountAnswer.EXPLAINED, by=desk.KEEPER)
    refused("SK-16", desk.answer, made, CountAnswer.EXPLAINED, by=desk.DEPUTY)
    twice = {"finding": CountFinding.TWICE, "by": desk.KEEPER}
    desk.answer(made, CountAnswer.EXPLAINED, **twice)
    desk.answer(made, CountAnswer.EXPLAINED)


def test_SK_17_who_may_be_asked_to_count_does_not_see_what_should_be_there():
    depot, arms = desk.stocked()
    desk.sign(desk.paper(depot, arms[:1]))

    def listed(viewer):
        rows = queries.stock_rows(depot.pk, viewer=viewer, page=PageRequest())
        return [row.arm_id for row in rows.rows]

    assert listed(desk.BEARER) == arms[:1]
    assert listed(desk.KEEPER) == listed(cast.SUPERVISOR) == arms
    with pytest.raises(NotPermitted):
        desk.count(depot, "A1", is_blind=False, by=desk.BEARER)
    refused(
        "SK-17", desk.count, depot, "A1", is_blind=False, kind=CountKind.UNANNOUNCED
    )


def test_a_paper_is_read_by_who_signs_it_and_who_sees_the_list():
    depot, arms = desk.stocked()
    made = desk.paper(depot, arms[:1])

    for viewer in (desk.BEARER, desk.KEEPER, desk.DEPUTY, cast.SUPERVISOR):
        assert queries.paper(made.pk, viewer=viewer).arms
        assert queries.papers_of(depot.pk, viewer=viewer) == [made]
    third = replace(desk.BEARER, name="third.vnp")
    assert queries.papers_of(depot.pk, viewer=third) == []
    with pytest.raises(NotFound):
        queries.paper(made.pk, viewer=third)


def test_a_signed_count_is_read_by_the_two_who_counted_and_who_sees_the_list():
    depot, arms = desk.stocked()
    third = replace(desk.BEARER, name="third.vnp")
    made = desk.count(depot, f"A{arms[0]}")

    assert queries.count_page(made.pk, viewer=desk.BEARER).compared is None
    with pytest.raises(NotFound):
        queries.count_page(made.pk, viewer=third)
    desk.signed(made)

    for viewer in (desk.KEEPER, desk.BEARER, desk.DEPUTY, cast.SUPERVISOR):
        assert queries.count_page(made.pk, viewer=viewer).expected == 3
        assert queries.counts_of(depot.pk, viewer=viewer) == [made]
    assert queries.counts_of(depot.pk, viewer=third) == []
    assert queries.counts_unsettled(viewer=third) == 0
    with pytest.raises(NotFound):
        queries.count_page(made.pk, viewer=third)
    with pytest.raises(NotFound):
        desk.answer(made, CountAnswer.EXPLAINED, by=third)


def test_rounds_of_a_lot_are_told_to_who_sees_the_list_and_who_had_some():
    depot, _ = desk.stocked()
    one = lot(depot)
    third = replace(desk.BEARER, name="third.vnp")
    desk.sign(desk.paper(depot, [], lot_id=one.pk, rounds=60))

    (row,) = queries.lot_rows(depot.pk, viewer=desk.BEARER)
    assert (row.lot, row.rounds) == (one, None)
    assert queries.lot_page(one.pk, viewer=desk.BEARER).row.rounds is None
    assert queries.lot_page(one.pk, viewer=desk.KEEPER).row.rounds == 40
    assert queries.lot_rows(depot.pk, viewer=third) == []
    with pytest.raises(NotFound):
        queries.lot_page(one.pk, viewer=third)


def test_two_spellings_of_a_lot_are_one_so_that_a_recall_holds_for_both():
    depot, _ = desk.stocked()
    one = lot(depot)
    twin = LotInput(
        number=f"{one.number[0]}\u200b{one.number[1:]}",
        maker=one.maker,
        calibre=one.calibre,
        quantity=5,
    )

    entry = keeping.receive_lot(
        depot_id=depot.pk, stated=twin, by=desk.KEEPER, at=cast.NOW
    )

    assert entry.lot == one


def test_SK_31_an_arm_that_a_count_did_not_find_is_not_issued_before_it_is_explained():
    depot, arms = desk.stocked()
    made = desk.signed(desk.count(depot, *(f"A{each}" for each in arms[1:])))

    refused("SK-31", desk.paper, depot, arms[:1])
    surplus = {"reason": "new ones came"}
    refused("SK-31", desk.act, depot, StockAct.SURPLUS, arms[:1], **surplus)
    desk.paper(depot, arms[1:])
    desk.answer(made, CountAnswer.EXPLAINED)
    desk.paper(depot, arms[:1])


def test_surplus_of_others_waits_for_who_decides():
    depot, arms = desk.stocked()
    desk.act(depot, StockAct.SURPLUS, arms[:2], reason="new ones came")

    assert queries.surplus_waiting(viewer=cast.REGISTRAR) == 2
    assert queries.surplus_waiting(viewer=cast.STRANGER) == 0
