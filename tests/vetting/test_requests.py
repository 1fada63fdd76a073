"""Requests for vetting: asked, answered by somebody else, with an end."""

from dataclasses import replace
from datetime import date

import pytest

from armstrace.accounts.models import AccountChange
from armstrace.audit import consultations
from armstrace.licensing.models import Holder
from armstrace.vetting import standing
from armstrace.vetting.actions import hits as judging
from armstrace.vetting.actions import vetting
from armstrace.vetting.inputs import VettingInput
from armstrace.vetting.models import Answer
from armstrace.vetting.queries import hits
from armstrace.vetting.queries import requests as queries
from armstrace.vocabulary.accounts import AccountAct
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import InvalidInput, NotPermitted, RuleBroken
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.vetting import Capacity, Examined, VettingAnswer, VettingState
from tests import cast
from tests.accounts import cast as accounts
from tests.ledger_guard import written_directly
from tests.vetting import desk

pytestmark = pytest.mark.django_db
TODAY = desk.NOW.date()


def answer(asked, said=VettingAnswer.CLEAR, *, by=desk.OFFICER, at=desk.NOW, **more):
    how = {"request_id": asked.pk, "answer": said, "by": by, "at": at}
    return vetting.answer_vetting(**how | more)


def test_an_answer_holds_as_long_as_the_profile_lets_it():
    staff, holder = desk.ask(), desk.ask(capacity=Capacity.HOLDER)

    assert answer(staff).valid_until == date(TODAY.year + 3, TODAY.month, TODAY.day)
    assert answer(holder).valid_until == date(TODAY.year + 5, TODAY.month, TODAY.day)


def test_licensing_is_told_only_the_latest_answer_while_it_holds():
    subject = desk.holder("1", "Ilse Vornhagen")
    as_applicant = {"subject": subject, "capacity": Capacity.APPLICANT}
    person = standing.Applicant(subject, frozenset({"ilsevornhagen"}))
    asked = desk.ask(**as_applicant)
    answer(asked, at=desk.NOW + desk.days(1))
    later = desk.NOW + desk.days(40)
    last = answer(asked, VettingAnswer.ADVERSE, at=later, reason="time was up")
    over = desk.NOW + desk.days((last.valid_until - TODAY).days + 2)
    desk.ask(**as_applicant, at=over + desk.days(1))

    def told(at):
        return standing.vetting_of([person], at)[person][:2]

    assert told(desk.NOW - desk.days(1)) == (None, None)
    assert told(desk.NOW) == (VettingState.WAITING, None)
    assert told(later - desk.days(1)) == (VettingState.IN_FORCE, VettingAnswer.CLEAR)
    assert told(later) == (VettingState.IN_FORCE, VettingAnswer.ADVERSE)
    assert told(over + desk.days(60)) == (VettingState.WAITING, None)
    assert told(over) == (VettingState.OVERDUE, None)


def test_VE_15_an_adverse_answer_counts_whatever_day_of_birth_was_typed():
    subject = desk.holder("1", "Ilse Vornhagen")
    about = {"subject": subject, "capacity": Capacity.APPLICANT}
    born = date(1980, 1, 1)
    person = standing.Applicant(subject, frozenset({"ilsevornhagen"}), born)
    answer(desk.ask("Ilse Vornhagen", born_on=born, **about))
    other = desk.ask("Ilse  VORNHAGEN", born_on=date(1980, 1, 2), **about)
    answer(other, VettingAnswer.ADVERSE)
    again = desk.ask("Ilse Vornhagen", born_on=born, **about)

    assert (
        standing.vetting_of([person], desk.NOW)[person].answer is VettingAnswer.ADVERSE
    )
    with pytest.raises(RuleBroken, match=other.reference) as refused:
        answer(again)
    assert refused.value.rule == "VE-15"
    answer(again, VettingAnswer.REFER)
    answer(again, reason="The papers show that it was another person.")
    assert standing.vetting_of([person], desk.NOW)[person].answer is VettingAnswer.CLEAR


def test_VE_01_a_person_who_is_vetted_has_a_name():
    with pytest.raises(RuleBroken) as refused:
        desk.ask(" ")

    assert refused.value.rule == "VE-01"


def test_RS_03_nobody_who_is_vetted_is_born_on_a_day_to_come():
    with pytest.raises(RuleBroken) as refused:
        desk.ask(born_on=TODAY + desk.days(1))

    assert (refused.value.rule, refused.value.field) == ("RS-03", "born_on")
    assert desk.ask(born_on=TODAY)


def test_VE_02_who_asked_does_not_answer():
    both = desk.CLERK
    asked = desk.ask()
    grants = {**both.grants, "vetting.decide": both.grants["vetting.ask"]}

    with pytest.raises(RuleBroken) as refused:
        answer(
            asked,
            by=type(both)(both.name, both.agency, both.role, both.purpose, grants),
        )

    assert refused.value.rule == "VE-02"


def test_AC_09_who_set_up_the_account_of_who_asked_does_not_answer():
    one, other = (accounts.user(f"{n}.vfr", Role.SUPERVISOR) for n in "ab")
    asked = vetting.ask_vetting(
        stated=VettingInput("Ilse Vornhagen", Capacity.STAFF),
        by=replace(desk.CLERK, name=one.name),
        at=desk.NOW,
    )
    told = {"act": AccountAct.OPENED, "user": one, "reason": "new", "by": other.name}
    with written_directly():
        AccountChange.objects.create(at=desk.NOW - desk.days(1), **told)

    with pytest.raises(RuleBroken) as refused:
        answer(asked, by=replace(desk.OFFICER, name=other.name))

    assert refused.value.rule == "AC-09"


def test_a_look_at_who_is_vetted_is_a_look_at_their_record():
    asked = desk.ask(subject=desk.holder("1", "Ilse Vornhagen"))
    where, page = queries.VettingFilter(), PageRequest()
    how = {"viewer": desk.CLERK, "today": TODAY}

    for look in (
        lambda: queries.vetting_rows(where, page=page, **how),
        lambda: queries.vetting_page(asked.pk, **how),
    ):
        with consultations.gather() as seen:
            look()
        assert list(seen.seen[Holder]) == [Holder.objects.get().pk]


@pytest.mark.parametrize("until", [TODAY, date(TODAY.year + 4, 1, 1)])
def test_VE_03_an_answer_holds_from_tomorrow_and_no_longer_than_the_profile(until):
    with pytest.raises(RuleBroken) as refused:
        answer(desk.ask(), valid_until=until)

    assert refused.value.rule == "VE-03"


def test_VE_04_a_new_answer_needs_a_reason_and_keeps_the_earlier_one():
    asked = desk.ask()
    answer(asked)

    with pytest.raises(RuleBroken) as refused:
        answer(asked, VettingAnswer.REFER)
    answer(asked, VettingAnswer.REFER, reason="a new hit")

    _, answers = queries.vetting_page(asked.pk, viewer=desk.CLERK, today=TODAY)
    assert refused.value.rule == "VE-04"
    assert [each.answer for each in answers] == ["REFER", "CLEAR"]


def test_a_number_that_is_nobodys_is_refused():
    with pytest.raises(InvalidInput, match="There is no record H99 here"):
        desk.ask(subject="H99")


def test_waiting_and_overdue_requests_are_listed():
    answer(desk.ask("Tomas Brendal"), valid_until=TODAY + desk.days(10))
    waiting = desk.ask("Ilse Vornhagen")
    later = TODAY + desk.days(11)

    def names(state, today=TODAY, text=""):
        where = queries.VettingFilter(text, state)
        how = {"viewer": desk.CLERK, "today": today, "page": PageRequest()}
        return [each.name for each in queries.vetting_rows(where, **how).rows]

    assert names("WAITING") == ["Ilse Vornhagen"]
    assert (names("OVERDUE"), names("IN_FORCE")) == ([], ["Tomas Brendal"])
    assert names("OVERDUE", later) == ["Tomas Brendal"]
    assert (
        names("", text=waiting.reference) == names("", text="vornh") == names("WAITING")
    )
    how = {"viewer": desk.CLERK, "today": later}
    assert queries.count_in(VettingState.OVERDUE, **how) == 1


def test_a_person_vetted_anew_by_another_request_is_not_overdue():
    subject = desk.holder("1", "Ilse Vornhagen")
    asked = desk.ask(subject=subject)
    answer(asked, valid_until=TODAY + desk.days(1))
    desk.ask(subject=subject)

    how = {"viewer": desk.CLERK, "today": TODAY + desk.days(9)}
    assert queries.count_in(VettingState.OVERDUE, **how) == 0


def test_VE_13_vetting_is_asked_once_while_a_request_waits():
    subject = desk.holder("1", "Ilse Vornhagen")
    first = desk.ask(subject=subject)

    with pytest.raises(RuleBroken, match=first.reference) as broken:
        desk.ask(subject=subject)
    desk.ask(subject=subject, capacity=Capacity.HOLDER)
    for name in ("Somebody Else", "Yet Another"):
        desk.ask(name, subject=subject, capacity=Capacity.ASSOCIATE)
    desk.ask()
    desk.ask()
    answer(first)
    desk.ask(subject=subject)

    assert broken.value.rule == "VE-13"


@pytest.mark.parametrize("capacity", [Capacity.APPLICANT, Capacity.HOLDER])
def test_VE_16_nobody_is_vetted_in_the_record_of_somebody_else(capacity):
    subject = desk.holder("1", "Ilse Vornhagen")

    with pytest.raises(RuleBroken) as broken:
        desk.ask("Tomas Brendal", subject=subject, capacity=capacity)

    assert broken.value.rule == "VE-16"
    desk.ask("ilse  vornhagen", subject=subject, capacity=capacity)
    desk.ask("Tomas Brendal", subject=subject, capacity=Capacity.ASSOCIATE)


def test_the_subject_is_found_by_its_number_here_and_at_its_source():
    subject = desk.holder("REG-7", "Ilse Vornhagen")
    key = int(subject[1:])
    other = desk.holder(f"H{key}", "Tomas Brendal")

    assert desk.ask(subject="REG-7").subject == subject
    assert desk.ask("Tomas Brendal", subject=other).subject == other
    with pytest.raises(InvalidInput, match="may mean") as refused:
        desk.ask(subject=subject)
    assert refused.value.field == "subject"


def test_a_request_waits_in_whatever_capacity_it_was_asked():
    subject = desk.holder("1", "Ilse Vornhagen")
    asked = desk.ask(subject=subject, capacity=Capacity.HOLDER)
    how = {"viewer": desk.CLERK}

    assert queries.request_waiting(subject, **how) == asked
    assert queries.request_waiting(subject, Capacity.APPLICANT, **how) is None


def test_a_stranger_neither_asks_nor_answers_nor_sees():
    asked = desk.ask()
    how = {"viewer": cast.STRANGER, "today": TODAY}
    nothing = queries.VettingFilter()

    for act in (
        lambda: vetting.ask_vetting(
            stated=queries.VettingRow, by=cast.STRANGER, at=desk.NOW
        ),
        lambda: answer(asked, by=cast.STRANGER),
        lambda: answer(asked, by=desk.CLERK),
        lambda: queries.vetting_page(asked.pk, **how),
        lambda: queries.vetting_rows(nothing, **how, page=PageRequest()),
        lambda: queries.count_in(VettingState.WAITING, **how),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_VE_14_clear_beside_a_hit_that_nobody_put_aside_needs_a_reason(tmp_path):
    subject = desk.holder("1", "Ilse Vornhagn")
    desk.load(tmp_path, "1,Person,Ilse Vornhagen,1971-02-03\n")
    asked = desk.ask("Ilse Vornhagn", capacity=Capacity.APPLICANT, subject=subject)
    (hit,) = desk.hits().values()

    with pytest.raises(RuleBroken) as refused:
        answer(asked)
    assert refused.value.rule == "VE-14"
    assert not Answer.objects.get_queryset().exists()
    assert answer(asked, VettingAnswer.REFER).answer == VettingAnswer.REFER
    assert answer(asked, reason="born in another year").answer == VettingAnswer.CLEAR
    judging.judge_hit(
        hit_id=hit.pk,
        examined=Examined.DIFFERENT,
        reason="another person",
        by=desk.OFFICER,
        at=desk.NOW,
    )
    assert answer(desk.ask("Ilse Vornhagn", subject=subject)).reason == ""


def test_hits_of_an_applicant_are_not_those_of_an_associate_of_another_name(tmp_path):
    subject = desk.holder("1", "Ilse Vornhagn")
    desk.load(tmp_path, "1,Person,Ilse Vornhagen,1971-02-03\n")

    asked = desk.ask("Bo Adder", capacity=Capacity.ASSOCIATE, subject=subject)

    assert answer(asked).answer == VettingAnswer.CLEAR


def test_requests_and_hits_of_a_subject_are_shown_only_to_whom_they_concern(tmp_path):
    subject = desk.holder("1", "Ilse Vornhagn")
    desk.load(tmp_path, "1,Person,Ilse Vornhagen,1971-02-03\n")
    born = date(1971, 2, 3)
    asked = desk.ask("Ilse Vornhagn", subject=subject, born_on=born)
    bare_one = desk.ask("Mo Keller")

    (seen,) = hits.hits_beside(asked.pk, viewer=desk.OFFICER)

    assert (seen.subject_born, seen.born) == (("1971-02-03",), ("1971-02-03",))
    assert hits.hits_beside(asked.pk, viewer=desk.CLERK) == ()
    assert queries.requests_about(subject, viewer=desk.CLERK) == (asked,)
    assert queries.requests_about(bare_one.reference, viewer=desk.CLERK) == (bare_one,)
    assert queries.requests_about(subject, viewer=cast.TRADE) == ()


def test_a_day_of_birth_that_a_request_tells_is_compared_with_the_list(tmp_path):
    subject = desk.holder("1", "Ilse Vornhagn")
    desk.ask("Ilse Vornhagn", subject=subject, born_on=date(1999, 12, 31))

    desk.load(tmp_path, "1,Person,Ilse Vornhagen,1971-02-03\n")

    (hit,) = desk.hits().values()
    assert "The births differ: 1999-12-31 and 1971-02-03" in str(hit.why)
