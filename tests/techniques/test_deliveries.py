"""Each leg of a delivery is acknowledged or flagged; two people let live arms go."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from armstrace.accounts.models import AccountChange, User
from armstrace.checking import ledger as checking
from armstrace.cli import work
from armstrace.techniques import inputs, queries
from armstrace.techniques.actions import authorising, delivering, running
from armstrace.techniques.models import Evaluation, LiveArmsFlag
from armstrace.vocabulary.accounts import AccountAct
from armstrace.vocabulary.errors import NotPermitted, RuleBroken
from armstrace.vocabulary.techniques import DeliveryMode, OperationOutcome, Technique
from tests import cast
from tests.techniques import desk
from tests.techniques.desk import (
    CUSTOMS,
    HOME,
    HOUR,
    LEAD,
    NOW,
    PROSECUTOR,
    STRANGER,
    hand_over,
    refuse,
    start,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def country(settings):
    settings.HOME_COUNTRY = HOME


def test_TE_11_live_arms_leave_control_only_where_two_people_set_the_flag():
    operation = desk.started(mode=DeliveryMode.INTACT)
    how = {"operation_id": operation.pk, "at": NOW}
    refuse("TE-11", lambda: hand_over(operation))

    delivering.set_live_flag(reason="a swap would be seen", by=LEAD, **how)
    refuse("TE-11", lambda: hand_over(operation))
    refuse("TE-12", lambda: delivering.confirm_live_flag(by=LEAD, **how))
    with pytest.raises(RuleBroken, match="waits for a second person") as refused:
        delivering.set_live_flag(reason="again", by=PROSECUTOR, **how)
    assert refused.value.rule == "TE-20"
    delivering.confirm_live_flag(by=PROSECUTOR, **how)

    assert hand_over(operation).live_flag.confirmed_by == PROSECUTOR.name


@pytest.mark.parametrize("ends", ["stopped", "lapsed", "withdrawn", "taken back"])
def test_TE_11_the_flag_ends_with_its_operation(ends):
    operation = desk.started(mode=DeliveryMode.INTACT)
    how, later = {"operation_id": operation.pk}, NOW + 11 * HOUR
    delivering.set_live_flag(reason="a swap would be seen", by=LEAD, at=NOW, **how)
    delivering.confirm_live_flag(by=PROSECUTOR, at=NOW, **how)
    if ends == "stopped":
        later = NOW + HOUR
        running.stop_operation(reason="enough", by=LEAD, at=later, **how)
    elif ends == "taken back":
        later = NOW + HOUR
        given = {"reason": "lost from sight", "at": later}
        delivering.take_back_live_flag(by=PROSECUTOR, **given, **how)
    else:
        begins = later
        if ends == "withdrawn":  # the next one is written for an earlier hour
            later, begins = NOW + HOUR, NOW
            given = {"reason": "another order", "by": PROSECUTOR, "at": later}
            authorising.withdraw_authority(**given, **how)
            later += HOUR / 60
        asked = desk.authority(begins)
        authorising.ask_authority(given=asked, by=LEAD, at=later, **how)
        desk.decide(operation, later)
    if ends != "taken back":
        start(operation, at=later)

    refuse("TE-11", lambda: hand_over(operation, at=later))
    delivering.set_live_flag(reason="a swap, again", by=LEAD, at=later, **how)
    delivering.confirm_live_flag(by=PROSECUTOR, at=later, **how)

    assert hand_over(operation, at=later).live_flag.reason == "a swap, again"
    assert LiveArmsFlag.objects.count() == 2


def test_TE_23_only_who_may_sign_is_offered_to_receive():
    operation = desk.started()
    how = {"operation_id": operation.pk, "by": LEAD, "at": NOW}
    for person in (CUSTOMS.name, desk.AUDITOR.name):
        running.name_person(person=person, sees_covers=False, **how)

    offered = queries.signers(operation.pk, viewer=LEAD, at=NOW)

    assert set(offered) == {LEAD.name, CUSTOMS.name}
    given = desk.leg(receiver=desk.AUDITOR.name)
    refuse("TE-23", lambda: hand_over(operation, given))


def test_TE_07_the_flag_is_set_under_an_authority_in_force():
    operation = desk.ask(mode=DeliveryMode.INTACT)
    how = {"operation_id": operation.pk, "at": NOW}

    refuse("TE-07", lambda: delivering.set_live_flag(reason="a swap", by=LEAD, **how))


def test_TE_12_the_database_holds_that_the_two_differ():
    operation = desk.started(mode=DeliveryMode.INTACT)
    delivering.set_live_flag(
        operation_id=operation.pk, reason="seen else", by=LEAD, at=NOW
    )

    with desk.written_directly(), pytest.raises(IntegrityError), transaction.atomic():
        LiveArmsFlag.objects.update(confirmed_by=LEAD.name, confirmed_at=NOW)


def test_TE_19_only_a_delivery_is_handed_over():
    desk.people()
    given = inputs.OperationInput(Technique.SURVEILLANCE, None, "who meets whom")
    asked = desk.authority(basis="UNTOC-20-1-S")
    operation = authorising.ask_operation(
        case_id=desk.cases.a_case().pk, given=given, authority=asked, by=LEAD, at=NOW
    )
    desk.decide(operation)
    start(operation)

    refuse("TE-19", lambda: hand_over(operation))


def test_TE_17_a_hand_over_is_acknowledged_once_or_flagged_within_the_hour():
    operation = desk.started()
    for _ in range(2):
        hand_over(operation)
    how = {"operation_id": operation.pk, "reference": "M-1", "by": PROSECUTOR}
    soon, late = NOW + timedelta(minutes=59), NOW + HOUR
    delivering.acknowledge_hand_over(number=1, at=soon, **how)
    refuse("TE-17", lambda: delivering.acknowledge_hand_over(number=1, at=soon, **how))

    assert delivering.flag_late_hand_overs(by=cast.SYSTEM, at=soon) == []
    (flagged,) = delivering.flag_late_hand_overs(by=cast.SYSTEM, at=late)

    assert (flagged.number, flagged.flagged_at) == (2, late)
    assert delivering.flag_late_hand_overs(by=cast.SYSTEM, at=late + HOUR) == []
    assert queries.waiting(viewer=LEAD, at=late)[1] == 1
    assert queries.late_count(at=late, viewer=cast.SYSTEM) == 1
    with pytest.raises(NotPermitted):
        delivering.flag_late_hand_overs(by=LEAD, at=late)


def acknowledge(operation, by, reference="", at=NOW):
    return delivering.acknowledge_hand_over(
        operation_id=operation.pk, number=1, reference=reference, by=by, at=at
    )


def test_TE_23_and_TE_24_who_receives_signs_for_it_alone():
    operation = desk.started()
    how = {"operation_id": operation.pk, "sees_covers": False, "by": LEAD, "at": NOW}
    for receiver in (LEAD.name, CUSTOMS.name):
        given = desk.leg(receiver=receiver)
        refuse("TE-23", lambda given=given: hand_over(operation, given))
    running.name_person(person=CUSTOMS.name, **how)
    hand_over(operation, desk.leg(receiver=CUSTOMS.name))

    for other in (LEAD, PROSECUTOR):
        refuse("TE-24", lambda other=other: acknowledge(operation, other, "M-1"))

    assert acknowledge(operation, CUSTOMS).acknowledged_by == CUSTOMS.name


def test_TE_24_a_second_person_records_what_was_signed_on_paper():
    operation = desk.started()
    hand_over(operation)

    refuse("TE-24", lambda: acknowledge(operation, LEAD, "M-1"))
    refuse("TE-16", lambda: acknowledge(operation, PROSECUTOR))

    assert acknowledge(operation, PROSECUTOR, "M-1").acknowledgement == "M-1"


def test_AC_09_who_made_the_account_of_the_other_is_no_second_person():
    operation = desk.started(mode=DeliveryMode.INTACT)
    how = {"operation_id": operation.pk, "at": NOW}
    delivering.set_live_flag(reason="a swap would be seen", by=LEAD, **how)
    with desk.written_directly():
        AccountChange.objects.create(
            user=User.objects.get(name=PROSECUTOR.name),
            act=AccountAct.OPENED,
            by=LEAD.name,
            at=NOW - HOUR,
        )

    refuse("AC-09", lambda: delivering.confirm_live_flag(by=PROSECUTOR, **how))
    refuse("TE-11", lambda: hand_over(operation))


# --------------------------------------------------------------- evaluation


def test_TE_14_what_was_learned_is_written_after_the_end():
    given = inputs.EvaluationInput(OperationOutcome.REACHED, "parcels change hands")
    operation = desk.started()
    how = {"operation_id": operation.pk, "given": given, "by": LEAD}
    refuse("TE-14", lambda: running.evaluate_operation(**how, at=NOW))

    running.evaluate_operation(**how, at=NOW + 20 * HOUR)

    assert Evaluation.objects.get().learned == "parcels change hands"
    (lesson,) = queries.lessons(case_id=operation.case_id, viewer=LEAD)
    assert lesson.operation_id == operation.pk
    assert queries.lessons(case_id=operation.case_id, viewer=STRANGER) == []


@pytest.mark.parametrize("decided", [True, False, None])
def test_TE_14_what_was_not_carried_out_taught_nothing(decided):
    operation = desk.ask()
    if decided is not None:
        desk.decide(operation, is_granted=decided)
    given = inputs.EvaluationInput(OperationOutcome.REACHED, "parcels change hands")
    how = {"operation_id": operation.pk, "given": given, "by": LEAD, "at": NOW}

    refuse("TE-14", lambda: running.evaluate_operation(**how))


def test_the_worker_flags_them_and_check_says_so():
    operation = desk.started()
    hand_over(operation)

    work.flag_late(NOW + HOUR)

    assert operation.hand_overs.get().flagged_at == NOW + HOUR
    found = checking.hand_overs(NOW + HOUR)
    assert (found.verdict, found.subject) == ("problem", "hand-overs")
    assert checking.hand_overs(NOW).verdict == "ok"
