"""Who works on a case, and that a sealed one is there for nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from armstrace.investigations import changing, queries
from armstrace.investigations.actions import membership
from armstrace.investigations.models import Case, CaseMember
from armstrace.investigations.queries import CaseFilter
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.investigations import CaseState, EntryKind
from armstrace.vocabulary.paging import PageRequest
from tests import cast
from tests.investigations import desk
from tests.investigations.desk import a_case
from tests.ledger_guard import written_directly

pytestmark = pytest.mark.django_db
LATER = cast.NOW.replace(hour=12)
PROSECUTOR = desk.PROSECUTOR.name


def join(case, person=PROSECUTOR, by=desk.LEAD):
    membership.add_member(
        case_id=case.pk, person=person, reason="charges", by=by, at=LATER
    )


def leave(case, person=PROSECUTOR, reason="moved on"):
    membership.remove_member(
        case_id=case.pk, person=person, reason=reason, by=desk.LEAD, at=LATER
    )


def seal(case, *, is_sealed=True, by=desk.LEAD, reason="the source is at risk"):
    membership.seal_case(
        case_id=case.pk, is_sealed=is_sealed, reason=reason, by=by, at=LATER
    )


def seen_by(viewer):
    page = queries.case_rows(CaseFilter(), viewer=viewer, page=PageRequest())
    return [row.case for row in page.rows]


def test_a_case_is_seen_by_its_agency_the_hub_and_its_members():
    case = a_case()

    for viewer in (desk.LEAD, desk.COLLEAGUE, cast.ANALYST, cast.SUPERVISOR):
        assert seen_by(viewer) == [case]
    assert seen_by(desk.OTHER) == seen_by(desk.PROSECUTOR) == []

    join(case)
    assert seen_by(desk.PROSECUTOR) == [case]
    leave(case)
    assert seen_by(desk.PROSECUTOR) == []


def test_a_sealed_case_is_seen_by_its_members_alone():
    case = a_case()
    join(case)
    seal(case)

    assert seen_by(desk.LEAD) == seen_by(desk.PROSECUTOR) == [case]
    for viewer in (desk.COLLEAGUE, desk.OTHER, cast.ANALYST, cast.SUPERVISOR):
        assert seen_by(viewer) == []
        with pytest.raises(NotFound) as refused:
            queries.case_page(case.pk, viewer=viewer)
        with pytest.raises(NotFound) as absent:
            queries.case_page(9_999_999, viewer=viewer)
        told = str(refused.value).replace(str(case.pk), "9999999")
        assert told == str(absent.value)

    seal(case, is_sealed=False)
    assert seen_by(cast.ANALYST) == [case]


def test_IV_33_who_seals_a_case_is_one_of_its_members():
    case = a_case()

    for by in (desk.COLLEAGUE, cast.SUPERVISOR):
        with pytest.raises(RuleBroken) as refused:
            seal(case, by=by)
        assert refused.value.rule == "IV-33"


def test_IV_03_no_act_on_a_case_is_without_its_reason():
    case = a_case()

    for act in (lambda: seal(case, reason=" "), lambda: leave(case, reason="")):
        with pytest.raises(RuleBroken) as refused:
            act()
        assert refused.value.rule == "IV-03"


def test_IV_05_a_member_is_somebody_who_works_on_cases():
    case = a_case()

    with pytest.raises(RuleBroken) as refused:
        join(case, person="officer.vnp")
    assert refused.value.rule == "IV-05"


def test_IV_07_nobody_is_a_member_twice():
    case = a_case()
    join(case)

    with pytest.raises(RuleBroken) as refused:
        join(case)
    assert refused.value.rule == "IV-07"
    assert CaseMember.objects.count() == 2


def test_IV_06_only_what_is_in_a_case_is_taken_out_of_it():
    case = a_case()
    (item,) = desk.found("S-1")

    with pytest.raises(RuleBroken) as refused:
        leave(case)
    assert refused.value.rule == "IV-06"
    with pytest.raises(RuleBroken) as refused:
        membership.remove_item(
            case_id=case.pk, recovery_id=item, reason="wrong", by=desk.LEAD, at=LATER
        )
    assert refused.value.rule == "IV-06"


def test_IV_08_who_leads_a_case_does_not_leave_it():
    case = a_case()

    with pytest.raises(RuleBroken) as refused:
        leave(case, person=desk.LEAD.name)
    assert refused.value.rule == "IV-08"


def test_a_member_is_taken_off_by_a_server_whose_clock_is_slow():
    case = a_case()
    join(case)

    membership.remove_member(
        case_id=case.pk,
        person=PROSECUTOR,
        reason="moved on",
        by=desk.LEAD,
        at=cast.NOW,
    )

    assert changing.members_of(case) == {desk.LEAD.name}


def test_IV_32_a_task_of_a_sealed_case_is_for_a_member():
    case = a_case(is_sealed=True)
    task = desk.said(EntryKind.TASK, "ask the maker", due_on=LATER.date())
    for_one = replace(task, person=PROSECUTOR)

    with pytest.raises(RuleBroken, match="is not a member") as broken:
        desk.enter(case, for_one)

    assert broken.value.rule == "IV-32"
    join(case)
    assert desk.enter(case, for_one).person == PROSECUTOR


def test_IV_31_a_task_is_not_due_on_a_day_that_is_past():
    case = a_case()
    past = desk.said(EntryKind.TASK, "x", due_on=LATER.date() - timedelta(days=1))

    with pytest.raises(RuleBroken, match="that day is past") as broken:
        desk.enter(case, past)

    assert broken.value.rule == "IV-31"
    deadline = replace(past, kind=EntryKind.DEADLINE)
    assert desk.enter(case, deadline).due_on == past.due_on


def test_IV_09_a_sealed_case_is_not_sealed_again():
    case = a_case(is_sealed=True)

    with pytest.raises(RuleBroken) as refused:
        seal(case)
    assert refused.value.rule == "IV-09"


def test_IV_04_a_closed_case_is_changed_by_nobody():
    case = a_case()
    with written_directly():
        Case.objects.update(state=CaseState.CLOSED, closed_at=LATER)

    with pytest.raises(RuleBroken) as refused:
        join(case)
    assert refused.value.rule == "IV-04"


def test_a_colleague_from_another_agency_seals_nothing():
    case = a_case()

    with pytest.raises(NotFound):
        seal(case, by=desk.OTHER)
    with pytest.raises(NotPermitted):
        seal(case, by=cast.ANALYST)


def test_items_are_put_into_a_case_once_and_taken_out_with_a_reason():
    case = a_case()
    first, second = desk.found("S-1", "S-2")

    def add(*ids):
        return membership.add_items(
            case_id=case.pk, recovery_ids=ids, by=desk.LEAD, at=LATER
        )

    assert (add(first), add(first, second)) == (1, 1)
    membership.remove_item(
        case_id=case.pk, recovery_id=first, reason="a toy", by=desk.LEAD, at=LATER
    )

    page = queries.case_page(case.pk, viewer=desk.LEAD)
    assert [item.recovery_id for item in page.items] == [second]
    assert page.changes[0].values == {"recovery": first}
