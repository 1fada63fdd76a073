"""A text in a file may be as long as the column that keeps it, and no longer."""

import pytest

from armstrace.intake.fields import IntakeKind, Shape, by_name
from armstrace.licensing.statements import HolderRecorder
from armstrace.registry.arm_statements import ArmRecorder
from armstrace.registry.event_statements import EventRecorder
from armstrace.registry.loss_statements import LossRecorder
from armstrace.risk.statements import DeclarationRecorder

RECORDERS = {
    IntakeKind.REGISTRY: ArmRecorder,
    IntakeKind.HOLDERS: HolderRecorder,
    IntakeKind.EVENTS: EventRecorder,
    IntakeKind.LOSSES: LossRecorder,
    IntakeKind.DECLARATIONS: DeclarationRecorder,
}


@pytest.mark.pure
@pytest.mark.parametrize("kind", RECORDERS)
def test_a_file_is_held_to_the_lengths_of_the_columns(kind: IntakeKind) -> None:
    fields = by_name(kind)
    asked = {
        limit.name: limit.longest
        for limit in RECORDERS[kind].limits
        if limit.name in fields and fields[limit.name].shape is Shape.TEXT
    }

    assert asked
    assert {name: fields[name].limit for name in asked} == asked
