"""Declarations are scored, put on a list, examined, and judged by."""

from dataclasses import replace
from datetime import timedelta

import pytest

from armstrace.risk import inputs, queries
from armstrace.risk.actions import recording
from armstrace.risk.inputs import DeclarationInput
from armstrace.risk.models import DeclarationRecord, Examination
from armstrace.risk.queries import DeclarationFilter, DeclarationsShown
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.outcomes import RowOutcome
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.risk import Find, Lane
from tests import cast
from tests.investigations.desk import found
from tests.risk.desk import CARL, DAY, OTHER, declare, draw, examine, goods

pytestmark = pytest.mark.django_db


def rows(where: DeclarationFilter | None = None, viewer=CARL):
    page = queries.declaration_rows(
        where or DeclarationFilter(), viewer=viewer, page=PageRequest()
    )
    return page.rows


def test_a_declaration_has_its_points_and_comes_back_as_it_was_stated():
    stated = goods("P1", hs_code="93052000", licence="", route=("TR", "BG"))
    declare(stated)

    (row,) = rows()
    assert row.goods == stated
    assert [reason.code for reason in row.reasons] == ["CU-01"]
    assert "no authorisation" in str(row.reasons[0].sentence)
    assert rows(DeclarationFilter(code="CU-01")) == [row]
    assert rows(DeclarationFilter(code="CU-06")) == []
    assert inputs.read(inputs.kept(stated)) == stated


def test_what_came_in_before_counts_across_loads():
    place = {"consignee_address": "5 Mill Lane"}
    declare(*(goods(f"A{n}", consignee=f"Name {n}", **place) for n in range(2)))

    declare(goods("B", consignee="Another", **place))

    found = {row.number: [r.code for r in row.reasons] for row in rows()}
    assert found["B"] == ["CU-15"]


def test_a_find_links_later_declarations():
    (before,) = declare(goods("A", phone="+1 5550100"))
    examine(before, Find.PARTS)

    declare(goods("B", phone="+1-555 0100"))

    found = {row.number: [r.code for r in row.reasons] for row in rows()}
    assert found["B"] == []  # another way to write a number is another number
    declare(goods("C", phone="+1-5550100"))
    found = {row.number: [r.code for r in row.reasons] for row in rows()}
    assert found["C"] == ["CU-31"]


def test_a_corrected_declaration_is_scored_anew():
    first = goods("P1", hs_code="93052000", licence="")
    declare(first)

    declare(replace(first, licence="L1"), reason="the licence came later")

    (row,) = rows()
    assert row.reasons == ()
    assert DeclarationRecord.objects.count() == 2


def test_what_nobody_examined_in_time_leaves_the_list_and_is_counted_so():
    old, other = declare(goods("P1"), goods("P2"))
    draw(capacity=2)
    examine(other, Find.NOTHING)
    later = DAY + timedelta(days=14)
    declare(goods("P3", declared_on=later))
    draw(capacity=1, day=later)
    shift = queries.shift(viewer=CARL)
    assert (shift.left_over, shift.late) == (1, 0)

    after = later + timedelta(days=1)
    declare(goods("P4", declared_on=after))
    draw(capacity=1, day=after)
    shift = queries.shift(viewer=CARL)

    assert (shift.left_over, shift.late) == (1, 1)
    assert old.pk not in {row.declaration_id for row in shift.rows}
    assert queries.waiting(viewer=CARL).to_examine == 2
    assert queries.back_test(viewer=CARL).late == 1
    (row,) = rows(DeclarationFilter(shown=DeclarationsShown.LATE))
    assert row.declaration_id == old.pk
    assert rows(DeclarationFilter(shown=DeclarationsShown.LATE), viewer=OTHER) == []


def test_a_list_takes_the_highest_scores_and_a_lot_that_can_be_drawn_again():
    declare(
        *(goods(f"P{n}") for n in range(8)), goods("Q", hs_code="93052000", licence="")
    )

    draw(capacity=3, seed=7)

    shift = queries.shift(viewer=CARL)
    assert shift is not None
    assert len(shift.rows) == 3
    assert shift.by_lot == 1
    lanes = {row.number: row.lane for row in shift.rows}
    assert lanes.get("Q") in {Lane.SCORE, Lane.CONTROL}
    assert (shift.seed, shift.candidates) == (7, 9)


def test_RI_01_no_shift_examines_nothing_or_too_much():
    declare(goods("P1"))
    for capacity in (0, 5000):
        with pytest.raises(RuleBroken) as refused:
            draw(capacity)
        assert refused.value.rule == "RI-01"


def test_RI_02_a_list_is_drawn_once_of_what_waits():
    declare(goods("P1"))
    draw()

    with pytest.raises(RuleBroken) as refused:
        draw()
    assert refused.value.rule == "RI-02"


def listed():
    shift = queries.shift(viewer=CARL)
    assert shift is not None
    return shift


def test_what_is_listed_stays_until_it_is_examined_however_often_a_list_is_drawn():
    one, *_ = declare(*(goods(f"P{n}") for n in range(3)))
    draw(capacity=3)
    declare(goods("late"))
    draw(capacity=5)

    assert {row.number for row in listed().rows} == {"P0", "P1", "P2", "late"}
    assert listed().capacity == 8
    assert queries.waiting(viewer=CARL).to_examine == 4
    examine(one, Find.NOTHING)
    declare(goods("next", declared_on=DAY + timedelta(days=1)))
    draw(capacity=1, day=DAY + timedelta(days=1))

    assert next(row.number for row in listed().rows) == "next"
    assert {row.number for row in listed().rows} == {"next", "P1", "P2", "late"}
    assert listed().left_over == 3
    assert queries.waiting(viewer=CARL).to_examine == 4


def test_RI_03_an_examination_is_not_of_tomorrow():
    (one,) = declare(goods("P1"))

    with pytest.raises(RuleBroken) as refused:
        examine(one, Find.NOTHING, examined_on=DAY + timedelta(days=1))
    assert refused.value.rule == "RI-03"


def test_RI_08_goods_are_not_examined_before_they_are_declared():
    (one,) = declare(goods("P1"))

    with pytest.raises(RuleBroken) as refused:
        examine(one, Find.NOTHING, examined_on=DAY - timedelta(days=1))
    assert refused.value.rule == "RI-08"


def test_RI_04_an_outcome_is_corrected_with_a_reason():
    (one,) = declare(goods("P1"))
    examine(one, Find.NOTHING)

    with pytest.raises(RuleBroken) as refused:
        examine(one, Find.ARMS)
    assert refused.value.rule == "RI-04"
    examine(one, Find.ARMS, reason="a second look")
    page = queries.declaration_page(one.pk, viewer=CARL)
    assert page.outcome is not None
    assert page.outcome.find == Find.ARMS
    assert len(page.examinations) == 2


def test_what_waits_is_counted_for_today():
    one, _ = declare(goods("P1"), goods("P2"))
    draw(capacity=2)
    examine(one, Find.ARMS)

    waiting = queries.waiting(viewer=CARL)

    assert (waiting.to_examine, waiting.to_record) == (1, 1)
    assert [
        r.number for r in rows(DeclarationFilter(shown=DeclarationsShown.TO_RECORD))
    ] == ["P1"]
    assert [
        r.number for r in rows(DeclarationFilter(shown=DeclarationsShown.WAITING))
    ] == ["P2"]


def test_a_back_test_reads_the_outcomes():
    given = [goods(f"P{n}") for n in range(6)]
    bad = [goods(f"Q{n}", hs_code="93052000", licence="") for n in range(4)]
    kept = declare(*given, *bad)
    draw(capacity=10)
    for each in kept:
        is_bad = each.source_number.startswith("Q")
        examine(each, Find.PARTS if is_bad else Find.NOTHING)

    test = queries.back_test(viewer=CARL).whole

    assert test.auc == 1.0
    assert test.is_by_lot
    worth = {each.code: each for each in test.indicators}["CU-01"]
    assert (worth.precision.hits, worth.precision.trials) == (4, 4)
    assert worth.recall.share == 1.0


def test_another_agency_sees_and_examines_nothing():
    (one,) = declare(goods("P1"))

    assert rows(viewer=OTHER) == []
    assert queries.shift(viewer=OTHER) is None
    assert queries.back_test(viewer=OTHER).whole.examined == 0
    assert all(not row.hits for row in queries.indicator_rows(viewer=OTHER, today=DAY))
    assert queries.waiting(viewer=OTHER).to_record == 0
    assert queries.declarations_of_recovery(1, viewer=OTHER) == []
    with pytest.raises(NotFound):
        queries.declaration_page(one.pk, viewer=OTHER)
    with pytest.raises(NotFound):
        examine(one, Find.NOTHING, by=OTHER)


def test_who_has_no_part_in_it_is_refused():
    with pytest.raises(NotPermitted):
        rows(viewer=cast.OFFICER)
    with pytest.raises(NotPermitted):
        declare(goods("P1"), by=cast.OFFICER)
    with pytest.raises(NotPermitted):
        draw(by=cast.ANALYST)
    assert not Examination.objects.exists()


def test_a_customs_desk_compares_no_dealers_and_sees_no_traced_arms():
    with pytest.raises(NotPermitted):
        queries.dealers(viewer=CARL, since=DAY, until=DAY)
    with pytest.raises(NotPermitted):
        queries.sign_rows(viewer=CARL, today=DAY, page=PageRequest())


def test_dealers_are_held_against_their_sales(django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        found = queries.dealers(viewer=cast.ANALYST, since=DAY, until=DAY)

    assert (found.rows, found.traced) == ((), 0)


def test_naming_the_recovery_of_a_find_is_no_correction():
    (declared,) = declare(goods("N-1"))
    examine(declared, Find.ARMS)
    (recovery,) = found("N-1", agency="VCU", recovered_on=DAY)

    examine(declared, Find.ARMS, recovery_id=recovery)

    assert Examination.objects.current().get().recovery_id == recovery


def refusal_of(act, *args, **given):
    with pytest.raises(RuleBroken) as refused:
        act(*args, **given)
    return refused.value.rule


def test_RI_05_a_declaration_without_a_day_is_held_with_a_sentence():
    (held,) = recording.record_declarations(
        stated=[DeclarationInput(goods("P1", declared_on=None))],
        source="VCU",
        by=CARL,
        at=cast.NOW,
    )

    assert (held.fate, held.rule) == (RowOutcome.REFUSED, "RI-05")
    assert rows() == []


def test_RI_06_a_recovery_older_than_the_declaration_is_not_its_outcome():
    (declared,) = declare(goods("P1"))
    (older,) = found("OLD", agency="VCU", recovered_on=DAY - timedelta(days=1))
    (later,) = found("NEW", agency="VCU", recovered_on=DAY)

    assert refusal_of(examine, declared, Find.ARMS, recovery_id=older) == "RI-06"
    examine(declared, Find.ARMS, recovery_id=later)

    assert Examination.objects.get().recovery_id == later


def test_RI_07_where_nothing_was_found_no_recovery_is_named():
    (declared,) = declare(goods("P1"))
    (recovery,) = found("N-1", agency="VCU", recovered_on=DAY)

    assert refusal_of(examine, declared, Find.NOTHING, recovery_id=recovery) == "RI-07"


def test_the_lot_keeps_its_share_of_the_day_however_often_a_list_is_drawn():
    declare(*(goods(f"P{n}") for n in range(30)))

    for seed in range(20):
        draw(capacity=1, seed=seed)

    shift = listed()
    assert (len(shift.rows), shift.by_lot) == (20, 2)
    assert [each.seed for each in shift.draws] == [*reversed(range(20))]
    assert all(each.at == cast.NOW for each in shift.draws)


def test_what_was_examined_outside_a_list_is_counted_apart():
    one, other = declare(goods("P1"), goods("P2"))
    draw(capacity=1)
    for each in (one, other):
        examine(each, Find.NOTHING)

    test = queries.back_test(viewer=CARL).whole

    assert (test.examined, test.unlisted) == (2, 1)
