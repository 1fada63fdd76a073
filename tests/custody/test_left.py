"""How an exhibit left custody, as the life of its registered arm tells it."""

import pytest

from armstrace.recoveries.actions import judging
from armstrace.registry.actions import life
from armstrace.registry.models import Arm, LifeEvent
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.custody import WayOut
from armstrace.vocabulary.tracing import Judgement
from tests import builders, cast
from tests.custody import desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("way_out", "state"),
    [
        (WayOut.DESTROY, "DESTROYED"),
        (WayOut.KEEP, "RETAINED_MARKED"),
        (WayOut.RETURN, "HELD_CIVILIAN"),
        (WayOut.RELEASE, "STOLEN"),
    ],
)
def test_how_a_registered_arm_left_custody_is_told_by_its_life(way_out, state):
    arm_id = builders.stolen_pistol()
    exhibit = desk.received()
    judging.judge_candidate(
        stated=judging.StatedJudgement(
            exhibit.recovery_id, arm_id, Judgement.SAME, "seen"
        ),
        by=cast.ANALYST,
        at=cast.NOW,
    )
    desk.disposed(exhibit, way_out)

    assert Arm.objects.get(pk=arm_id).state == state
    if way_out in {WayOut.RELEASE, WayOut.KEEP}:
        return
    event = LifeEvent.objects.current().latest("pk")
    assert event.document == exhibit.reference
    life.withdraw_event(
        event=life.OfLife(arm_id, event.pk),
        reason="it was another arm",
        by=cast.actor(Role.REGISTRAR, "REG"),
        at=cast.NOW,
    )
    assert Arm.objects.get(pk=arm_id).state == "STOLEN"
