"""Hand stated rows to the app whose records they become."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from armstrace.intake.fields import IntakeKind
from armstrace.intake.stating import Stated
from armstrace.licensing import actions as licensing
from armstrace.licensing.statements import HolderRecorder
from armstrace.records.statements import Recorder, Submission
from armstrace.recoveries.actions import recording as recoveries
from armstrace.recoveries.statements import RecoveryRecorder
from armstrace.registry.actions import arms, events, losses
from armstrace.registry.arm_statements import ArmRecorder
from armstrace.registry.event_statements import EventRecorder
from armstrace.registry.loss_statements import LossRecorder
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.outcomes import Recorded, Settlement


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from.

    Args:
        kind: What they are.
        source: Who states them.
        arm_source: The source whose numbers they use for arms.
        reason: Why a record is corrected by them.
        settlement: What a contradiction to a person's correction becomes.
    """

    kind: IntakeKind
    source: str
    arm_source: str
    reason: str
    settlement: Settlement = Settlement.HOLD


def reason_of(file_name: str) -> str:
    """Give the reason of corrections by a file: that it was loaded."""
    return f"corrected by {file_name}"


def record(
    origin: Origin, stated: Sequence[Stated], *, by: Actor, at: datetime
) -> list[Recorded]:
    """Record stated rows; give the outcome of each in the order given."""
    if not stated:
        return []
    told: dict[str, Any] = {"source": _source(origin), "reason": origin.reason}
    if origin.kind is IntakeKind.LOSSES:
        told["arm_source"] = origin.arm_source
    elif origin.kind is not IntakeKind.EVENTS:
        told["settlement"] = origin.settlement
    return _ACTIONS[origin.kind](stated=stated, by=by, at=at, **told)


def recorder(origin: Origin, *, by: Actor, at: datetime) -> Recorder[Any]:
    """Give what foretells the outcomes of a file's rows, part by part.

    It is the algorithm by which ``record`` records them, without its last step.
    """
    told = Submission(_source(origin), by, at, origin.reason, origin.settlement)
    if origin.kind is IntakeKind.LOSSES:
        return LossRecorder(told, origin.arm_source)
    return _RECORDERS[origin.kind](told)


def _source(origin: Origin) -> str:
    """Tell whose numbers the rows bear: events bear those of the register."""
    is_event = origin.kind is IntakeKind.EVENTS
    return origin.arm_source if is_event else origin.source


_ACTIONS: dict[IntakeKind, Callable[..., list[Recorded]]] = {
    IntakeKind.RECOVERIES: recoveries.record_recoveries,
    IntakeKind.REGISTRY: arms.register_arms,
    IntakeKind.HOLDERS: licensing.record_holders,
    IntakeKind.EVENTS: events.record_events,
    IntakeKind.LOSSES: losses.report_losses,
}
_RECORDERS: dict[IntakeKind, Callable[[Submission], Recorder[Any]]] = {
    IntakeKind.RECOVERIES: RecoveryRecorder,
    IntakeKind.REGISTRY: ArmRecorder,
    IntakeKind.HOLDERS: HolderRecorder,
    IntakeKind.EVENTS: EventRecorder,
}
