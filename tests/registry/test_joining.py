"""A loss that was reported before its arm was registered is of that arm."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.analysis.marks.description import Description
from armstrace.audit import verify
from armstrace.registry import at_desk, queries
from armstrace.registry.actions import entering, joining, registering, withdrawing
from armstrace.registry.inputs import ArmInput, EventInput, LossInput
from armstrace.registry.models import Arm, ArmRecord, LossReport, SerialKey
from armstrace.vocabulary.arms import ArmState, LifeEventKind
from armstrace.vocabulary.errors import NotPermitted, RuleBroken
from tests.cast import NOW, OFFICER, REGISTRAR
from tests.registry.at_desk import refused

pytestmark = pytest.mark.django_db


def described(calibre="9x19", serial="BK48010", make="Glock"):
    return Description("pistol", make, "17", calibre, serial, "Austria")


def report(number="B-1", **marks):
    registering.report_losses(
        source="PC",
        arm_source="REG",
        stated=[
            LossInput(
                number=number,
                loss_kind=LifeEventKind.STOLEN,
                happened_on=date(2020, 3, 1),
                description=described(**marks),
            )
        ],
        by=REGISTRAR,
        at=NOW,
    )
    return LossReport.objects.current().get(source_number=number).arm_id


def register(number="G-1", **marks):
    (made,) = registering.register_arms(
        source="REG",
        stated=[ArmInput(number, described(**marks))],
        by=REGISTRAR,
        at=NOW,
    )
    return made.record_id


def decide(reported, arm, *, is_one, reason="the frame was seen", by=REGISTRAR):
    stated = joining.StatedJoin(reported, arm, is_one, reason)
    return joining.decide_on_pair(stated=stated, by=by, at=NOW)


def standing(arm_id):
    return Arm.objects.get(pk=arm_id).state


def test_a_report_meets_its_arm_when_that_is_registered():
    reported = report()

    arm = register()

    assert arm != reported
    assert standing(arm) == ArmState.STOLEN
    assert LossReport.objects.current().get().arm_id == arm
    assert not ArmRecord.objects.current().filter(arm_id=reported).exists()
    assert not SerialKey.objects.filter(arm_id=reported).exists()
    assert queries.arms_joined_with([reported], viewer=REGISTRAR) == {reported: arm}


ARRIVALS = [
    LifeEventKind.IMPORTED,
    LifeEventKind.MANUFACTURED,
    LifeEventKind.TRANSFERRED,
]


def enter(arrival):
    told = entering.Entering(
        ArmInput("", described()), arrival, NOW.date(), reason="no import mark"
    )
    return entering.register_arm(entering=told, by=REGISTRAR, at=NOW).record_id


@pytest.mark.parametrize("arrival", ARRIVALS)
def test_an_arm_that_a_clerk_registers_is_joined_by_a_person_alone(arrival):
    reported = report()

    arm = enter(arrival)

    assert standing(reported) == ArmState.STOLEN
    assert LossReport.objects.current().get().arm_id == reported
    (pair,) = queries.pairs_apart(viewer=REGISTRAR)
    assert (pair.reported.arm_id, pair.registered.arm_id) == (reported, arm)

    decide(reported, arm, is_one=True)

    assert standing(arm) == ArmState.STOLEN
    assert verify.verify().findings == ()


def test_a_theft_stays_on_record_when_its_arm_is_registered_as_imported():
    report()
    arm = register()
    imported = EventInput("E-1", "G-1", LifeEventKind.IMPORTED, NOW.date())

    registering.record_events(source="REG", stated=[imported], by=REGISTRAR, at=NOW)

    assert standing(arm) == ArmState.STOLEN


def test_of_two_arms_with_the_same_marks_the_missing_one_is_meant():
    reported = report()
    enter(LifeEventKind.IMPORTED)

    assert report("B-2") == reported


def test_a_report_told_again_after_joining_changes_nothing():
    report()
    arm = register()

    assert report() == arm
    assert LossReport.objects.current().count() == 1


@pytest.mark.parametrize("marks", [{"calibre": ".40 S&W"}, {"serial": "BK48011"}])
def test_other_marks_leave_the_two_apart(marks):
    reported = report()

    arm = register(**marks)

    assert standing(reported) == ArmState.STOLEN
    assert standing(arm) != ArmState.STOLEN


def test_an_uncertain_pair_waits_for_a_person_and_is_joined_by_one():
    reported, arm = report(), register(calibre=".40 S&W")

    (pair,) = queries.pairs_apart(viewer=REGISTRAR)
    assert (pair.reported.arm_id, pair.registered.arm_id) == (reported, arm)

    decide(reported, arm, is_one=True)

    assert standing(arm) == ArmState.STOLEN
    assert queries.pairs_apart(viewer=REGISTRAR) == ()


@pytest.mark.parametrize(
    ("of_report", "of_register"),
    [("Sverin", "Sverin Arms Works"), ("Sverin", "Glock"), ("Glock", "Sverin")],
)
def test_a_make_that_was_not_read_leaves_the_word_to_a_person(of_report, of_register):
    reported, arm = report(make=of_report), register(make=of_register)

    (pair,) = queries.pairs_apart(viewer=REGISTRAR)
    assert (pair.reported.arm_id, pair.registered.arm_id) == (reported, arm)
    assert pair.makes_as_written == (of_report, of_register)
    assert queries.pairs_apart(viewer=REGISTRAR, arm_id=arm) == (pair,)

    decide(reported, arm, is_one=True)

    assert standing(arm) == ArmState.STOLEN


@pytest.mark.parametrize(
    ("of_report", "of_register"),
    [
        ({"make": "Sverin"}, {"make": "Sverin", "calibre": ".40 S&W"}),
        ({"make": "Sverin", "calibre": ""}, {"calibre": ""}),
        ({"make": "Glock"}, {"make": "Taurus"}),
    ],
)
def test_RG_32_marks_that_do_not_fit_are_not_joined(of_report, of_register):
    reported, arm = report(**of_report), register(**of_register)

    assert queries.pairs_apart(viewer=REGISTRAR) == ()
    refused("RG-32", lambda: decide(reported, arm, is_one=True))


def test_what_was_joined_can_be_taken_apart_and_joined_again():
    reported = report()
    arm = register()

    decide(reported, arm, is_one=False)

    assert standing(reported) == ArmState.STOLEN
    assert standing(arm) == ArmState.UNKNOWN
    assert LossReport.objects.current().get().arm_id == reported
    assert SerialKey.objects.filter(arm_id=reported).exists()
    assert queries.pairs_apart(viewer=REGISTRAR) == ()

    decide(reported, arm, is_one=True)

    assert standing(arm) == ArmState.STOLEN
    assert LossReport.objects.current().get().arm_id == arm


def test_a_pair_called_different_is_not_offered_again():
    reported, arm = report(), register(calibre=".40 S&W")

    decide(reported, arm, is_one=False)

    assert queries.pairs_apart(viewer=REGISTRAR) == ()
    assert standing(reported) == ArmState.STOLEN


def test_a_word_without_a_reason_is_refused():
    reported, arm = report(), register(calibre=".40 S&W")

    with pytest.raises(RuleBroken) as refused:
        decide(reported, arm, is_one=True, reason=" ")

    assert refused.value.rule == "RG-31"
    assert standing(arm) != ArmState.STOLEN


def test_arms_of_other_numbers_are_not_joined():
    reported, arm = report(), register(serial="BK48011")

    with pytest.raises(RuleBroken) as refused:
        decide(reported, arm, is_one=True)

    assert refused.value.rule == "RG-32"
    assert LossReport.objects.current().get().arm_id == reported


def test_who_may_not_record_events_may_not_join():
    reported, arm = report(), register(calibre=".40 S&W")

    with pytest.raises(NotPermitted):
        decide(reported, arm, is_one=True, by=OFFICER)


def test_the_ledger_vouches_for_joining_and_taking_apart():
    reported = report()
    arm = register()
    decide(reported, arm, is_one=False)
    decide(reported, arm, is_one=True)

    assert verify.verify().findings == ()


def withdraw(arm, same_as):
    withdrawing.withdraw_arm(
        arm_id=arm, same_as=same_as, reason="one pistol", by=REGISTRAR, at=NOW
    )


def test_RG_07_an_arm_is_no_double_of_one_that_was_joined_into_it():
    reported = report()
    arm = register()

    refused("RG-07", lambda: withdraw(arm, reported))

    assert ArmRecord.objects.current().filter(arm_id=arm).exists()


def test_RG_12_a_joined_arm_takes_no_more_acts():
    reported = report()
    register()
    other = register("G-2", serial="BK48099")

    refused("RG-12", lambda: withdraw(reported, other))
    refused("RG-12", lambda: at_desk.take_arm(reported))


def test_pairs_are_sought_among_few_arms_by_serial_number():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses its way by how many rows there are")
    with CaptureQueriesContext(connection) as asked:
        queries.pairs_apart(viewer=REGISTRAR)

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "SEARCH registry_arm USING INDEX arm_basis" in plan
    assert "SEARCH U0 USING INDEX arm_record_serial" in plan
