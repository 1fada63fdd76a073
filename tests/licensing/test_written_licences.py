"""What a procedure issued changes by a procedure; no clerk writes past it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from armstrace.certificates.actions import issuing
from armstrace.licensing import actions, queries
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import ApplicationRecord, Holder, Licence
from armstrace.licensing.namesakes import namesakes_barred
from armstrace.records import jurisdiction
from armstrace.vetting.actions import vetting as answers
from armstrace.vocabulary.errors import NotPermitted, RuleBroken
from armstrace.vocabulary.licensing import (
    CheckKind,
    GroundClass,
    LicenceAct,
    LicenceType,
    Restriction,
)
from armstrace.vocabulary.outcomes import RowOutcome
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.vetting import Capacity, VettingAnswer
from tests import cast
from tests.cast import REGISTRAR
from tests.licensing import desk
from tests.licensing.desk import DAY, DECIDER, MONDAY
from tests.vetting import desk as vetting

pytestmark = pytest.mark.django_db
LONG = date(2099, 12, 31)


def stated(licence: str, **more: object) -> HolderInput:
    told = {"licence_type": LicenceType.POSSESS, "valid_until": LONG} | more
    return HolderInput("H-1", "Eva Sample", licence_number=licence, **told)


def midday(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def correct(told: HolderInput, at: datetime = MONDAY) -> None:
    how = {"reason": "typo", "by": REGISTRAR, "at": at}
    actions.correct_holder(stated=told, **how)


def refused(told: HolderInput, at: datetime = MONDAY) -> str:
    with pytest.raises(RuleBroken) as broken:
        correct(told, at)
    return broken.value.rule


def revoked() -> str:
    number = desk.issued()
    told = {"act": Restriction.REVOKE, "ground": GroundClass.CONVICTION}
    how = {"reason": "convicted", "by": DECIDER, "at": MONDAY}
    actions.restrict_licence(number=number, **told, **how)
    return number


@pytest.mark.parametrize(
    "changed", [{}, {"licence_type": LicenceType.CARRY, "valid_until": None}]
)
def test_HO_08_a_licence_that_was_applied_for_is_not_rewritten(changed) -> None:
    number = desk.issued()

    assert refused(stated(number, **changed)) == "HO-08"
    held = Licence.objects.current().get()
    assert (held.licence_type, held.valid_until) == ("POSSESS", date(2031, 3, 1))


def test_HO_08_what_a_file_says_as_it_is_on_record_is_taken() -> None:
    number = desk.issued()
    held = Licence.objects.current().get()
    days = {"valid_from": held.valid_from, "valid_until": held.valid_until}

    correct(stated(number, place="Hill", **days))


def test_HO_09_no_licence_is_written_beside_one_that_was_revoked() -> None:
    revoked()

    assert refused(stated("L-7")) == "HO-09"
    (loaded,) = actions.record_holders(
        source="A FILE",
        stated=[stated("L-7")],
        reason="typo",
        by=REGISTRAR,
        at=MONDAY,
    )
    assert (loaded.fate, loaded.rule) == (RowOutcome.REFUSED, "HO-09")
    assert Licence.objects.count() == 1


def test_HO_09_no_licence_is_written_for_who_was_refused_while_it_counts() -> None:
    desk.refused()

    assert refused(stated("L-7")) == "HO-09"
    assert not Licence.objects.get_queryset().exists()
    last = ApplicationRecord.objects.current().get().visible_until
    assert refused(stated("L-7"), at=midday(last)) == "HO-09"
    correct(stated("L-7"), at=midday(last) + DAY)
    assert Licence.objects.get().number == "L-7"


@pytest.mark.parametrize(
    "more",
    [
        {"valid_until": date(2026, 2, 3)},
        {"valid_until": None},
        {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 2, 2)},
        {"licence_type": LicenceType.CARRY, "valid_until": date(2026, 2, 2)},
    ],
)
def test_HO_09_a_licence_of_who_was_refused_allows_no_more_than_before(more) -> None:
    days = {"valid_from": date(2026, 2, 1)}
    desk.applicant()
    correct(stated("L-7", valid_until=date(2026, 2, 2), **days))
    desk.refused()

    assert refused(stated("L-7", **days | more)) == "HO-09"
    correct(stated("L-7", valid_until=date(2026, 2, 1), **days))
    assert Licence.objects.current().get().valid_until == date(2026, 2, 1)


def test_HO_09_a_refusal_counts_where_the_profile_asks_for_it(monkeypatch) -> None:
    desk.refused()
    law = jurisdiction.profile()
    unasked = tuple(e for e in law.checks if e.asks is not CheckKind.NO_REFUSAL)
    other = replace(law, checks=unasked)
    monkeypatch.setattr(jurisdiction, "profile", lambda: other)

    correct(stated("L-7"))

    assert Licence.objects.get().number == "L-7"


@pytest.mark.parametrize(
    "name",
    [
        *("Sample, EVA", "Dr Eva Sample", "Ev\u0430 Sample", "EvaSample", "SampleEva"),
        *("Eva-Sample", "Eva Sanple", "Eva S4mple", "Ev\u200ba Sample"),
    ],
)
def test_HO_12_a_licence_for_a_namesake_of_who_was_refused_is_asked_about(name) -> None:
    made = desk.refused()
    told = replace(stated("L-7"), number="H-2", name=name)
    other = made.holder.reference

    def write(reason: str) -> None:
        how = {"taken_over": reason, "by": REGISTRAR, "at": MONDAY}
        actions.enter_holder(stated=told, **how)

    with pytest.raises(RuleBroken) as broken:
        write("county register, sheet 7")
    assert broken.value.rule == "HO-12"
    assert other in str(broken.value)
    assert not Licence.objects.get_queryset().exists()
    write(f"sheet 7; {other} is her cousin")
    assert Licence.objects.get().number == "L-7"


def test_HO_12_an_adverse_answer_about_a_namesake_counts_and_another_name_not() -> None:
    number = desk.applicant()
    subject = Holder.objects.get(number=number).reference
    asked = vetting.ask("Eva Sample", capacity=Capacity.HOLDER, subject=subject)
    answer = {"request_id": asked.pk, "answer": VettingAnswer.ADVERSE}
    answers.answer_vetting(**answer, by=vetting.OFFICER, at=MONDAY)

    def named(name: str) -> list[str]:
        return namesakes_barred(name, "H-2", MONDAY.date())

    assert named("Sample Eva") == [subject]
    assert named("Eva Simpson") == named("Eva") == named("") == []
    assert namesakes_barred("Eva Sample", number, MONDAY.date()) == []


def test_who_decides_on_a_namesake_of_who_was_refused_is_told_of_both() -> None:
    refused_one = desk.refused()
    other = actions.enter_holder(
        stated=HolderInput("H-2", "SAMPLE Eva"), by=REGISTRAR, at=MONDAY
    )
    made = desk.sent(holder="H-2")

    page = queries.application_page(made.pk, viewer=desk.ASSESSOR, at=MONDAY)

    assert other.record_id == made.holder_id
    assert refused_one.holder.reference in " ".join(map(str, page.ahead))


def test_LI_22_who_grants_to_a_namesake_of_who_was_refused_names_that_one() -> None:
    other = desk.refused().holder.reference
    told = HolderInput("H-2", "SampleEva")
    actions.enter_holder(stated=told, by=REGISTRAR, at=MONDAY)
    made = desk.proposed(holder="H-2")

    for why in ("no objection", f"{other}0 is another"):
        with pytest.raises(RuleBroken) as broken:
            desk.do(made, LicenceAct.DECIDE, by=DECIDER, **desk.granted(reason=why))
        assert broken.value.rule == "LI-22"
        assert other in str(broken.value)
    why = desk.granted(reason=f"{other} is her cousin")
    assert desk.do(made, LicenceAct.DECIDE, by=DECIDER, **why).is_granted


def test_CF_07_who_wrote_a_licence_on_record_issues_no_certificate_of_it() -> None:
    desk.applicant()
    correct(stated("L-7"))

    with pytest.raises(RuleBroken) as broken:
        issuing.certify_licence(number="L-7", by=REGISTRAR, at=MONDAY)

    assert broken.value.rule == "CF-07"
    assert issuing.certify_licence(number="L-7", by=desk.ASSESSOR, at=MONDAY).number


def test_CF_07_holds_for_a_licence_written_with_a_new_holder() -> None:
    actions.enter_holder(
        taken_over="county register, sheet 7",
        stated=stated("L-8"),
        by=REGISTRAR,
        at=MONDAY,
    )

    with pytest.raises(RuleBroken) as broken:
        issuing.certify_licence(number="L-8", by=REGISTRAR, at=MONDAY)

    assert broken.value.rule == "CF-07"


def test_HO_10_a_licence_written_at_the_desk_says_from_where_it_is_taken_over() -> None:
    with pytest.raises(RuleBroken) as broken:
        actions.enter_holder(stated=stated("L-8"), by=REGISTRAR, at=MONDAY)
    assert broken.value.rule == "HO-10"
    assert not Licence.objects.get_queryset().exists()

    why = "Old Mill county office, sheet 7: its books are closed"
    actions.enter_holder(stated=stated("L-8"), taken_over=why, by=REGISTRAR, at=MONDAY)

    held = Licence.objects.get()
    page = queries.licence_page(held.pk, viewer=REGISTRAR, at=MONDAY)
    assert held.reason == why
    assert page.taken_over == held
    assert page.states == ()


def test_a_licence_that_a_desk_writes_or_widens_is_seen_by_another() -> None:
    why = "Old Mill county office, sheet 7"
    ended = stated("L-8", valid_until=MONDAY.date() - DAY)
    actions.enter_holder(stated=ended, taken_over=why, by=REGISTRAR, at=MONDAY)
    correct(stated("L-8", valid_until=MONDAY.date() - 2 * DAY))
    correct(stated("L-8", place="Hill", valid_until=MONDAY.date() - 2 * DAY))
    correct(stated("L-8", licence_type=LicenceType.CARRY))

    def seen(viewer=cast.SUPERVISOR, at=MONDAY) -> list[tuple[date, date | None]]:
        how = {"viewer": viewer, "at": at, "page": PageRequest()}
        return [
            (e.licence.valid_until, e.before and e.before.valid_until)
            for e in queries.licences_written(**how).rows
        ]

    assert seen() == [
        (LONG, MONDAY.date() - 2 * DAY),
        (MONDAY.date() - DAY, None),
    ]
    assert seen(at=MONDAY + 91 * DAY) == []
    with pytest.raises(NotPermitted):
        seen(REGISTRAR)


def test_a_licence_names_each_act_that_led_to_its_state() -> None:
    why = "Old Mill county office, sheet 7"
    actions.enter_holder(stated=stated("L-8"), taken_over=why, by=REGISTRAR, at=MONDAY)
    for number, act in enumerate((Restriction.SUSPEND, Restriction.REINSTATE)):
        actions.restrict_licence(
            number="L-8",
            act=act,
            ground=None if number else GroundClass.BREACH,
            reason="inspection 4",
            by=desk.THIRD if number else DECIDER,
            at=MONDAY + number * DAY,
        )

    held = Licence.objects.get()
    page = queries.licence_page(held.pk, viewer=REGISTRAR, at=MONDAY + 2 * DAY)

    assert [act for act, _ in page.states] == [LicenceAct.REINSTATE, LicenceAct.SUSPEND]


def test_what_a_holder_has_beside_a_licence_is_told_to_no_stranger() -> None:
    first, second = desk.issued(), desk.issued(purpose="hunting")
    held = Licence.objects.current().get(number=first)
    how = {"viewer": cast.LICENSING, "at": MONDAY}

    (other,) = queries.others_in_force(held.pk, **how)

    assert other.number == second
    assert queries.asked_before(second, **how)["purpose"] == "hunting"
    for ask, about in (
        (queries.others_in_force, held.pk),
        (queries.asked_before, second),
    ):
        with pytest.raises(NotPermitted):
            ask(about, viewer=cast.STRANGER, at=MONDAY)
