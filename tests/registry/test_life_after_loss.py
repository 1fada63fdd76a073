"""What is on record of an arm is corrected and told anew after it was lost."""

import pytest

from armstrace.audit import verify
from armstrace.registry import queries
from armstrace.registry.actions import happening
from armstrace.registry.models import Arm, LifeEvent, LossReport
from armstrace.vocabulary.arms import ArmState, HolderKind, LifeEventKind, Passing
from tests.cast import NOW, REGISTRAR
from tests.registry.at_desk import (
    happened,
    held_pistol,
    holder_of,
    licensed,
    pass_to,
    refused,
)
from tests.registry.test_life import LATER, correct, last_event, withdraw

pytestmark = pytest.mark.django_db
Kind = LifeEventKind


def inherited() -> int:
    """Put on record a pistol that P3 inherited, and P4, who is the heir in truth."""
    arm_id = held_pistol()
    licensed("P4", "Di Sample", HolderKind.PERSON, "POSSESS")
    pass_to(arm_id, "P3", manner=Passing.INHERITANCE)
    return arm_id


def report(arm_id: int, kind: LifeEventKind = Kind.STOLEN, at=NOW, **stated) -> None:
    told = happened(kind, **stated)
    happening.report_loss(arm_id=arm_id, happening=told, by=REGISTRAR, at=at)


@pytest.mark.parametrize("is_found", [False, True])
def test_an_heir_is_corrected_after_a_theft_and_the_report_names_the_right_one(
    is_found,
) -> None:
    arm_id = inherited()
    heir = last_event(arm_id)
    report(arm_id, number="77/2026")
    if is_found:
        happening.record_happening(
            arm_id=arm_id, happening=happened(Kind.FOUND_AGAIN), by=REGISTRAR, at=NOW
        )

    correct(heir, holder_to="P4")

    assert holder_of(arm_id) == "P4"
    assert LossReport.objects.current().get().holder.number == "P4"
    since = LifeEvent.objects.current().exclude(kind=Kind.INHERITED)
    assert not since.filter(holder_from__number="P3").exists()
    state = ArmState.HELD_CIVILIAN if is_found else ArmState.STOLEN
    assert Arm.objects.get(pk=arm_id).state == state
    assert verify.verify().findings == ()


def test_what_happened_after_the_arm_passed_on_keeps_its_holder() -> None:
    arm_id = inherited()
    heir = last_event(arm_id)
    pass_to(arm_id, "D3", manner=Passing.RETURN_TO_DEALER)
    pass_to(arm_id, "P3")
    report(arm_id)

    refused("RG-14", lambda: correct(heir, holder_to="P4"))

    assert LossReport.objects.current().get().holder.number == "P3"


def test_a_withdrawn_report_is_made_anew_under_its_number() -> None:
    arm_id = held_pistol()
    report(arm_id, Kind.LOST, number="77/2026")
    withdraw(last_event(arm_id), reason="another arm")

    report(arm_id, Kind.STOLEN, at=LATER, number="77/2026")

    assert LossReport.objects.current().get().loss_kind == Kind.STOLEN
    assert Arm.objects.get(pk=arm_id).state == ArmState.STOLEN
    (was,) = queries.events_with_amendments(arm_id, viewer=REGISTRAR)
    assert (was.is_withdrawn, was.reason) == (True, "another arm")
    refused("RG-06", lambda: report(arm_id, Kind.LOST, number="77/2026"))
    assert verify.verify().findings == ()
