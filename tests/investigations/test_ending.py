"""A case ends with an outcome and a lesson; two cases learn that they touch."""

from contextlib import suppress

import pytest

from armstrace.investigations import queries
from armstrace.investigations.actions import ending, entries, membership
from armstrace.investigations.inputs import LessonInput
from armstrace.investigations.models import Case, CaseLesson, Overlap
from armstrace.licensing.models import Holder
from armstrace.tracing.models import Trace, TraceFinding
from armstrace.vocabulary.errors import ArmstraceError, NotPermitted, RuleBroken
from armstrace.vocabulary.investigations import (
    Aim,
    AimResult,
    CaseState,
    EntryKind,
    LessonKind,
    OverlapKind,
)
from armstrace.vocabulary.networks import HandlingCode
from tests import cast
from tests.investigations import desk
from tests.investigations.desk import LATER, a_case, a_phone, an_event, close, enter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("IV-22", {"results": {}}),
        ("IV-23", {"preventive_action": "."}),
        ("IV-23", {"preventive_action": "aaa"}),
        ("IV-24", {"lessons": (LessonInput(kind=LessonKind.LAW, text="Nothing"),)}),
        ("IV-24", {"lessons": ()}),
        ("IV-24", {"lessons": (LessonInput(kind=LessonKind.LAW, text=" "),)}),
    ],
)
def test_IV_22_23_24_a_case_is_not_closed_without_outcome_and_lesson(code, changes):
    case = a_case(aims=(Aim.DISRUPT, Aim.DEPRIVE))

    with pytest.raises(RuleBroken) as refused:
        close(case, **changes)
    assert refused.value.rule == code
    assert Case.objects.get().state == CaseState.OPEN


def test_IV_22_23_24_all_that_a_closing_lacks_is_said_at_once():
    with pytest.raises(RuleBroken) as refused:
        close(a_case(), results={}, preventive_action="", lessons=())

    told = ("each aim", "“Preventive action”", "“What was learned”")
    assert all(words in str(refused.value) for words in told)


def test_a_closed_case_takes_nothing_and_reopening_keeps_all():
    case = a_case()
    enter(case, an_event())
    close(case)

    with pytest.raises(RuleBroken) as refused:
        enter(case, an_event())
    assert refused.value.rule == "IV-04"

    ending.reopen_case(case_id=case.pk, reason="a new arm", by=desk.LEAD, at=LATER)
    assert enter(case, an_event()).number == 2
    assert CaseLesson.objects.count() == 1


def test_IV_35_who_opened_an_empty_case_does_not_close_it_alone():
    case = a_case(by=desk.LEAD)

    with pytest.raises(RuleBroken) as refused:
        close(case, by=desk.LEAD)
    assert refused.value.rule == "IV-35"

    close(case, by=desk.COLLEAGUE)


def test_IV_25_an_open_case_is_not_reopened():
    with pytest.raises(RuleBroken) as refused:
        ending.reopen_case(case_id=a_case().pk, reason="again", by=desk.LEAD, at=LATER)
    assert refused.value.rule == "IV-25"


def test_an_analyst_closes_no_case():
    with pytest.raises(NotPermitted):
        close(a_case(), by=cast.ANALYST)


def two_units(**changes):
    """Let a unit hold a phone, and another one write the same down."""
    held = a_case(by=desk.OTHER, title="the other’s", **changes)
    enter(held, a_phone("0612 345678"), by=desk.OTHER)
    asks = a_case()
    enter(asks, an_event())
    enter(asks, a_phone())
    return held, asks


def told(case, viewer):
    return [
        (one.own, one.agency, one.person, one.is_ours)
        for one in queries.overlaps_of(case.pk, viewer=viewer)
    ]


def test_two_units_learn_that_they_touch_one_subject_and_whom_to_call():
    held, asks = two_units()

    assert told(asks, desk.LEAD) == [("2", "VCG", desk.OTHER.name, True)]
    assert told(held, desk.OTHER) == [("1", "VNP", desk.LEAD.name, False)]
    (row,) = queries.overlaps_of(asks.pk, viewer=desk.LEAD)
    assert "other’s" not in repr(row)
    assert str(held.pk) not in repr(row)
    assert row.telephone == "+00 VCG"


def test_who_leads_both_cases_is_not_told_to_call_themselves():
    one, other = a_case(), a_case(title="again")
    enter(one, a_phone())
    enter(other, an_event())
    enter(other, a_phone())

    assert told(one, desk.LEAD) == told(other, desk.LEAD) == []


def test_of_a_sealed_case_only_its_members_learn_who_asked():
    held, asks = two_units(is_sealed=True)

    assert told(asks, desk.LEAD) == []
    assert told(held, desk.OTHER) == [("1", "VNP", desk.LEAD.name, False)]


def test_a_sealed_case_that_asks_learns_whom_to_call_and_is_told_of_to_nobody():
    held, asks = two_units()
    membership.seal_case(
        case_id=asks.pk, is_sealed=True, reason="source", by=desk.LEAD, at=LATER
    )

    assert told(asks, desk.LEAD) == [("2", "VCG", desk.OTHER.name, True)]
    assert told(held, desk.OTHER) == []


def test_what_is_known_is_not_asked_twice_and_a_closed_case_is_not_asked():
    held, asks = two_units()

    assert ending.ask_others(case_id=asks.pk, by=desk.LEAD, at=LATER) == []
    assert ending.ask_others(case_id=held.pk, by=desk.OTHER, at=LATER) == []
    close(held, by=desk.OTHER)
    enter(a_case(title="third"), a_phone())
    assert Overlap.objects.filter(other=held).count() == 1


def test_two_cases_of_one_recovered_item_learn_of_each_other():
    (item,) = desk.found("S-1")
    first = a_case(item, by=cast.ANALYST, title="hub")
    second = a_case(item)

    assert told(second, desk.LEAD) == [(f"R{item}", "VFH", cast.ANALYST.name, True)]
    assert told(first, cast.ANALYST) == [(f"R{item}", "VNP", desk.LEAD.name, False)]


@pytest.mark.unledgered
def test_two_units_learn_that_their_arms_had_the_same_last_lawful_holder():
    (one,) = desk.found("S-1")
    (other,) = desk.found("S-2", agency="VCG")
    dealer = Holder.objects.create(number="D1", known_at=cast.NOW)
    for recovery in (one, other):
        trace = Trace.objects.create(recovery_id=recovery, known_at=cast.NOW)
        TraceFinding.objects.create(
            trace=trace,
            first_hop="OWN_REGISTER",
            last_lawful_holder=dealer,
            known_at=cast.NOW,
        )
    held = a_case(other, by=desk.OTHER, title="the other’s")
    asks = a_case(one)

    assert told(asks, desk.LEAD) == [(f"R{one}", "VCG", desk.OTHER.name, True)]
    assert told(held, desk.OTHER) == [(f"R{other}", "VNP", desk.LEAD.name, False)]
    assert Overlap.objects.get().kind == OverlapKind.HOLDER


def test_a_withdrawn_phone_is_held_no_more():
    held = a_case(by=desk.OTHER, title="the other’s")
    enter(held, a_phone(), by=desk.OTHER)
    entries.withdraw_entry(
        case_id=held.pk, number=1, reason="misread", by=desk.OTHER, at=LATER
    )

    asks = a_case()
    assert enter(asks, a_phone()).kind == EntryKind.SUBJECT
    assert told(asks, desk.LEAD) == []


@pytest.mark.parametrize("code", [HandlingCode.H1, HandlingCode.H2, HandlingCode.H3])
def test_IV_26_what_its_provider_holds_back_is_not_printed_for_court(code):
    case = a_case()
    enter(case, an_event())
    enter(case, an_event(handling=code))

    with pytest.raises(RuleBroken) as refused:
        queries.court_entries(case.pk, viewer=desk.LEAD)
    assert refused.value.rule == "IV-26"
    assert "may not be used there: 2." in str(refused.value)

    entries.correct_entry(
        case_id=case.pk,
        number=2,
        given=an_event(handling=code, permission="letter of 2 June"),
        reason="permitted",
        by=desk.LEAD,
        at=LATER,
    )
    assert len(queries.court_entries(case.pk, viewer=desk.LEAD)) == 2


def test_what_is_due_waits_for_its_person_and_for_whoever_is_free():
    case = a_case()
    for person, day in (("", 28), (desk.LEAD.name, 26), (desk.COLLEAGUE.name, 27)):
        task = desk.said(
            EntryKind.TASK, "x", person=person, due_on=LATER.date().replace(day=day)
        )
        enter(case, task)

    today = LATER.date().replace(day=27)
    due = queries.due_entries(viewer=desk.LEAD)
    assert [(one.number, one.due_on < today) for one in due] == [(2, True), (1, False)]
    assert queries.due_entries(viewer=desk.OTHER) == []


def test_what_is_open_when_a_case_is_closed_is_shown_until_it_is_ended():
    case = a_case()
    enter(case, desk.said(EntryKind.DEADLINE, "remand ends", due_on=LATER.date()))
    assert [e.number for e in queries.open_entries(case.pk, viewer=desk.LEAD)] == [1]

    close(case)

    assert [e.number for e in queries.due_entries(viewer=desk.LEAD)] == [1]
    done = {"case_id": case.pk, "number": 1, "done_on": cast.NOW.date()}
    entries.finish_task(**done, by=desk.LEAD, at=LATER)
    assert queries.due_entries(viewer=desk.LEAD) == []
    assert queries.open_entries(case.pk, viewer=desk.LEAD) == []


@pytest.mark.parametrize("results", [{}, {Aim.DISRUPT: AimResult.REACHED}])
@pytest.mark.parametrize("action", ["", " ", "the dealer is inspected"])
@pytest.mark.parametrize("lesson", ["", "…", "by bus"])
@pytest.mark.parametrize("by", [desk.LEAD, cast.SUPERVISOR, desk.OTHER])
def test_a_case_is_closed_only_whole_whoever_closes_it(results, action, lesson, by):
    case = a_case()
    enter(case, an_event())
    lessons = (LessonInput(kind=LessonKind.ROUTE, text=lesson),)
    said = {"results": results, "preventive_action": action, "lessons": lessons}

    with suppress(ArmstraceError):
        close(case, by=by, **said)

    is_whole = bool(results and action.strip() and lesson == "by bus")
    may_close = by is not desk.OTHER
    closed = Case.objects.filter(state=CaseState.CLOSED).exists()
    assert closed == CaseLesson.objects.exists() == (is_whole and may_close)
