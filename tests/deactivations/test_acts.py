"""Record, verify, recognise, refuse; a reactivation is a record and no edit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from armstrace.certificates import queries as certificates
from armstrace.certificates.actions import issuing
from armstrace.certificates.models import Certificate
from armstrace.deactivations import actions, queries
from armstrace.deactivations.inputs import DeactivationInput
from armstrace.deactivations.models import Deactivation, Reactivation, Verification
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.registry.actions import life
from armstrace.registry.models import Arm, ArmRecord, LifeEvent, Mark
from armstrace.vocabulary.arms import ArmState, HolderKind, LifeEventKind, PartType
from armstrace.vocabulary.deactivation import ArmKind, DeactivationState
from armstrace.vocabulary.errors import InvalidInput, NotPermitted, RuleBroken
from armstrace.vocabulary.paging import PageRequest
from tests import builders, cast
from tests.deactivations import desk

pytestmark = pytest.mark.django_db
COLLEAGUE = replace(cast.REGISTRAR, name="second.vfr")


@pytest.fixture
def union(settings):
    settings.PROFILE = "eu"


def licensed():
    holder = HolderInput(
        *("G-1", "Old Mill Gunsmiths", HolderKind.DEALER),
        licence_number="L-DEA",
        licence_type="DEACTIVATE",
    )
    licensing.enter_holder(
        taken_over="sheet 7", stated=holder, by=cast.REGISTRAR, at=cast.NOW
    )
    return "L-DEA"


def rows(viewer=cast.EXAMINER, **where):
    asked = queries.DeactivationFilter(**where)
    return queries.deactivation_rows(asked, viewer=viewer, page=PageRequest()).rows


def page_of(made, viewer=cast.EXAMINER):
    return queries.deactivation_page(made.pk, viewer=viewer, at=cast.NOW)


def test_a_verified_deactivation_marks_the_arm_and_asks_for_a_certificate(
    union, settings
):
    made = desk.recorded(licence=licensed())

    answer = desk.verify(made, reason="")

    arm = Arm.objects.get(pk=made.arm_id)
    assert arm.state == ArmState.DEACTIVATED
    assert LifeEvent.objects.get(kind="DEACTIVATED").document == made.reference
    marks = dict(Mark.objects.values_list("component", "text_as_marked"))
    assert (
        marks.pop(PartType.FRAME_OR_RECEIVER) == f"EU {settings.HOME_COUNTRY} PH 2026"
    )
    assert [*marks.values()] == [f"EU {settings.HOME_COUNTRY}"] * (len(desk.PARTS) - 1)
    assert ArmRecord.objects.current().get().serial_as_marked == "ABC1"
    waiting = Certificate.objects.get()
    assert (waiting.subject, waiting.detail) == (made.reference, answer.standard)
    assert (waiting.kind, waiting.issued_at) == ("DEACTIVATION", None)
    issuing.sign_certificate(certificate_id=waiting.pk, by=COLLEAGUE, at=cast.NOW)
    assert page_of(made).certificate.token


@pytest.mark.parametrize("open_part", desk.PARTS)
def test_DA_02_no_certificate_with_one_part_open_and_nothing_is_left(union, open_part):
    made = desk.recorded(licence=licensed())
    rest = tuple(part for part in desk.PARTS if part is not open_part)

    with pytest.raises(RuleBroken) as refused:
        desk.verify(made, parts=rest)

    assert refused.value.rule == "DA-02"
    for table in (Certificate, Verification, LifeEvent, Mark):
        assert not table.objects.exists()
    assert page_of(made).row.state is DeactivationState.WAITING


def test_DA_06_DA_20_the_union_asks_for_a_licence_and_a_setting_for_a_reason(settings):
    made = desk.recorded()

    settings.PROFILE = "eu"
    with pytest.raises(RuleBroken) as refused:
        desk.verify(made)
    assert refused.value.rule == "DA-06"

    settings.PROFILE = "protocol"
    with pytest.raises(RuleBroken) as refused:
        desk.verify(made, reason=" ")
    assert refused.value.rule == "DA-20"
    assert "DA-06: No licence to deactivate" in str(refused.value)
    assert desk.verify(made).standard == "FP-9"
    assert not Mark.objects.exists()


def test_DA_10_a_deactivation_abroad_is_recognised_by_a_decision_with_its_reason():
    made = desk.recorded(
        country="AT", foreign_standard="2018/337", foreign_certificate="AT-7", parts=()
    )

    with pytest.raises(RuleBroken) as refused:
        desk.verify(made, reason="")
    assert refused.value.rule == "DA-10"
    desk.verify(made, parts=(), checks=(), reason="certificate seen, arm examined")

    assert page_of(made).row.state is DeactivationState.RECOGNISED
    assert Arm.objects.get().state == ArmState.DEACTIVATED
    assert not Certificate.objects.exists()


def test_DA_11_who_recorded_does_not_verify():
    both = replace(cast.EXAMINER, grants=cast.EXAMINER.grants | cast.REGISTRAR.grants)
    made = desk.recorded(by=both)

    with pytest.raises(RuleBroken) as refused:
        desk.verify(made, by=both)
    assert refused.value.rule == "DA-11"


def test_DA_12_a_refused_deactivation_is_not_verified_and_may_be_recorded_anew():
    made = desk.recorded()
    told = {"deactivation_id": made.pk, "by": cast.EXAMINER, "at": cast.NOW}
    with pytest.raises(RuleBroken) as refused:
        actions.refuse_deactivation(reason=" ", **told)
    assert refused.value.rule == "DA-10"

    actions.refuse_deactivation(reason="the barrel turns", **told)

    with pytest.raises(RuleBroken) as refused:
        desk.verify(made)
    assert refused.value.rule == "DA-12"
    assert Arm.objects.get().state != ArmState.DEACTIVATED
    assert again(made).reference != made.reference


def again(made, performed_on=desk.DAY):
    stated = DeactivationInput(
        arm_id=made.arm_id,
        kind=ArmKind.PISTOL,
        performed_on=performed_on,
        performed_by="Another",
    )
    return actions.record_deactivation(stated=stated, by=cast.REGISTRAR, at=cast.NOW)


def test_DA_13_an_arm_has_one_deactivation_at_a_time():
    made = desk.recorded()

    with pytest.raises(RuleBroken) as refused:
        again(made)
    assert refused.value.rule == "DA-13"
    assert Deactivation.objects.count() == 1


def happened(made, kind):
    """Let the register tell something of the arm of a deactivation."""
    told = {"number": f"L-{made.pk}", "arm_number": made.arm.source_number}
    builders.a_life(builders.an_event(LifeEventKind(kind), "2026-11-20", **told))


@pytest.mark.parametrize(
    ("kind", "rule"), [("STOLEN", "DA-15"), ("LOST", "DA-15"), ("EXPORTED", "DA-16")]
)
def test_DA_15_DA_16_what_is_missing_or_gone_is_not_deactivated(kind, rule):
    made = desk.recorded()
    happened(made, kind)

    with pytest.raises(RuleBroken) as refused:
        desk.verify(made)
    assert refused.value.rule == rule
    actions.refuse_deactivation(
        deactivation_id=made.pk, reason="it is gone", by=cast.EXAMINER, at=cast.NOW
    )
    with pytest.raises(RuleBroken) as refused:
        again(made)
    assert refused.value.rule == rule
    assert Arm.objects.get().state == kind


def test_RG_02_an_arm_is_not_deactivated_before_its_last_event():
    made = desk.recorded()
    happened(made, "LICENCE_LAPSED")
    actions.refuse_deactivation(
        deactivation_id=made.pk, reason="wrong", by=cast.EXAMINER, at=cast.NOW
    )

    with pytest.raises(RuleBroken) as refused:
        again(made, performed_on=date(1910, 1, 1))
    assert refused.value.rule == "RG-02"


def test_DA_08_no_deactivation_is_recorded_of_a_day_to_come():
    with pytest.raises(RuleBroken) as refused:
        desk.recorded(performed_on=cast.NOW.date() + timedelta(days=1))
    assert refused.value.rule == "DA-08"


@pytest.mark.parametrize(
    ("stated", "field"),
    [({"performed_by": " "}, "performed_by"), ({"country": "Atlantis"}, "country")],
)
def test_a_deactivation_names_who_did_it_and_a_country_that_there_is(stated, field):
    with pytest.raises(InvalidInput) as refused:
        desk.recorded(**stated)
    assert refused.value.field == field


def test_a_country_is_named_as_people_write_it():
    made = desk.recorded(
        country="Deutschland", foreign_standard="DE", foreign_certificate="C-1"
    )
    assert made.country == "DE"


def test_DA_17_the_kind_fits_the_type_of_the_arm_on_the_register():
    with pytest.raises(RuleBroken) as refused:
        desk.recorded(kind=ArmKind.BREAK_OPEN)
    assert refused.value.rule == "DA-17"


def test_DA_18_a_certificate_from_abroad_is_of_one_arm():
    abroad = {"country": "AT", "foreign_standard": "2018/337"}
    made = desk.recorded(foreign_certificate="AT-71", **abroad)

    for number in (" at 71", "AT-7l", "AT 7I"):
        with pytest.raises(RuleBroken) as refused:
            desk.recorded("2", foreign_certificate=number, **abroad)
        told = f"AT-71 is on record for A{made.arm_id}"
        assert (refused.value.rule, told in str(refused.value)) == ("DA-18", True)
    desk.recorded("2", foreign_certificate="AT-7L", **abroad)


def test_DA_14_only_what_was_verified_can_be_found_to_fire_again():
    made = desk.recorded()
    with pytest.raises(RuleBroken) as refused:
        desk.fires_again(made)
    assert refused.value.rule == "DA-14"
    desk.verify(made)
    for day in (date(2026, 11, 25), desk.DAY - timedelta(days=1)):
        with pytest.raises(RuleBroken) as refused:
            desk.fires_again(made, found_on=day)
        assert refused.value.rule == "DA-14"


def test_DA_19_no_certificate_is_signed_of_an_arm_found_to_fire_again(union):
    made = desk.recorded(licence=licensed())
    desk.verify(made)
    desk.fires_again(made)
    waiting = Certificate.objects.get()

    (said,) = certificates.withheld(waiting.pk, viewer=COLLEAGUE)
    with pytest.raises(RuleBroken) as refused:
        issuing.sign_certificate(certificate_id=waiting.pk, by=COLLEAGUE, at=cast.NOW)

    assert (refused.value.rule, refused.value.message) == ("DA-19", said)


def test_DA_21_a_finding_of_one_day_is_recorded_once_and_a_further_has_its_own():
    made = desk.recorded()
    desk.verify(made)
    desk.fires_again(made)

    with pytest.raises(RuleBroken) as refused:
        desk.fires_again(made, said="the same again")
    assert refused.value.rule == "DA-21"
    desk.fires_again(made, found_on=desk.DAY + timedelta(days=1))

    assert Reactivation.objects.count() == 2


def test_a_reactivation_is_an_offence_on_record_and_changes_nothing():
    made = desk.recorded()
    answer = desk.verify(made)
    number = f"R{builders.recovered()[0]}"
    before = Certificate.objects.get()

    found = desk.fires_again(made, recovery=number.lower())

    assert (found.offence, found.recovery) == ("OPT-2", number)
    assert Arm.objects.get().state == ArmState.DEACTIVATED
    assert Verification.objects.get() == answer
    assert Certificate.objects.get().ended_at == before.ended_at
    assert queries.found_again(made.arm_id, viewer=cast.EXAMINER) == [made]
    later = desk.DAY + timedelta(days=1)
    with pytest.raises(InvalidInput):
        desk.fires_again(made, recovery="R404", found_on=later)
    with pytest.raises(RuleBroken) as refused:
        desk.fires_again(made, said=" ")
    assert refused.value.rule == "DA-10"
    assert Reactivation.objects.count() == 1


def test_a_reactivation_names_its_siblings_the_most_alike_first():
    made = desk.recorded("1")
    near = desk.recorded("2", performed_on=desk.DAY - timedelta(days=30))
    far = desk.recorded("3", performed_by="Other Works", performed_on=date(2020, 1, 1))
    other = desk.recorded("4", performed_by="Other Works")
    for each in (made, near, far):
        desk.verify(each)
    desk.verify(other, signatory="Otto Proof", verified_by="Other House")
    assert page_of(made).siblings == ()

    desk.fires_again(made)

    told = [
        (
            each.row.reference,
            each.is_same_verifier,
            each.is_same_deactivator,
            each.is_same_months,
        )
        for each in page_of(made).siblings
    ]
    assert told == [
        (near.reference, True, True, True),
        (far.reference, True, False, False),
    ]
    assert [row.reference for row in rows(is_reactivated=True)] == [made.reference]


def test_lists_narrow_by_state_number_and_name():
    one, other = desk.recorded("1"), desk.recorded("2", performed_by="Other Works")
    desk.verify(one)

    assert [row.arm_id for row in rows(state=DeactivationState.VERIFIED)] == [
        one.arm_id
    ]
    for text in (other.reference, f"A{other.arm_id}", "other wo"):
        assert [row.reference for row in rows(text=text)] == [other.reference]
    assert queries.waiting_count(viewer=cast.EXAMINER) == 1
    assert (
        len(
            list(
                queries.every_deactivation(
                    queries.DeactivationFilter(), viewer=cast.AUDITOR
                )
            )
        )
        == 2
    )


def test_a_stranger_sees_no_deactivation_and_a_clerk_verifies_none():
    made = desk.recorded()

    with pytest.raises(NotPermitted):
        rows(viewer=cast.STRANGER)
    with pytest.raises(NotPermitted):
        desk.verify(made, by=COLLEAGUE)
    with pytest.raises(NotPermitted):
        desk.recorded("9", by=cast.EXAMINER)


def test_a_certificate_ends_when_the_arm_fires_again():
    made = desk.issued()

    desk.fires_again(made)

    ended = Certificate.objects.get(subject=made.reference)
    assert (ended.ended_at, ended.ended_by) == (cast.NOW, cast.EXAMINER.name)


def test_RG_50_what_a_certificate_says_happened_stays_in_the_life_of_the_arm():
    made = desk.issued()
    one = Certificate.objects.get(subject=made.reference)
    (told,) = LifeEvent.objects.current().filter(kind="DEACTIVATED")
    event = life.OfLife(made.arm_id, told.pk)
    by = {"reason": "it never happened", "at": cast.NOW}

    def withdraw(name=cast.REGISTRAR.name):
        clerk = replace(cast.REGISTRAR, name=name)
        life.withdraw_event(event=event, by=clerk, **by)

    def refused(act):
        with pytest.raises(RuleBroken) as broken:
            act()
        assert broken.value.rule == "RG-50"
        assert Arm.objects.get(pk=made.arm_id).state == ArmState.DEACTIVATED

    refused(withdraw)
    move = {"changes": {"happened_on": desk.DAY + timedelta(days=1)}}
    refused(lambda: life.correct_event(event=event, by=cast.REGISTRAR, **move, **by))
    issuing.revoke_certificate(certificate_id=one.pk, by=cast.REGISTRAR, **by)
    refused(withdraw)  # whoever ended it does not change the history too

    withdraw("second.vfr")
    assert Arm.objects.get(pk=made.arm_id).state != ArmState.DEACTIVATED
