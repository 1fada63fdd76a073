"""Hand stated rows to the app whose records they become."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from armstrace.intake.fields import IntakeKind
from armstrace.intake.stating import Stated
from armstrace.licensing import actions as licensing
from armstrace.recoveries.actions import recording as recoveries
from armstrace.registry.actions import arms, events, losses
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.outcomes import Recorded


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from.

    Args:
        kind: What they are.
        source: Who states them.
        arm_source: The source whose numbers they use for arms.
        reason: Why a record is corrected by them.
    """

    kind: IntakeKind
    source: str
    arm_source: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Act:
    """Rows to be recorded, by whom and when."""

    origin: Origin
    stated: Sequence[Any]  # of the one type that the kind of rows has
    by: Actor
    at: datetime


def record(
    origin: Origin, stated: Sequence[Stated], *, by: Actor, at: datetime
) -> list[Recorded]:
    """Record stated rows; give the fate of each in the order given."""
    if not stated:
        return []
    return _RECORDERS[origin.kind](_Act(origin, stated, by, at))


def _recoveries(act: _Act) -> list[Recorded]:
    return recoveries.record_recoveries(
        source=act.origin.source,
        stated=act.stated,
        reason=act.origin.reason,
        by=act.by,
        at=act.at,
    )


def _registry(act: _Act) -> list[Recorded]:
    return arms.register_arms(
        source=act.origin.source,
        stated=act.stated,
        reason=act.origin.reason,
        by=act.by,
        at=act.at,
    )


def _holders(act: _Act) -> list[Recorded]:
    return licensing.record_holders(
        source=act.origin.source,
        stated=act.stated,
        reason=act.origin.reason,
        by=act.by,
        at=act.at,
    )


def _events(act: _Act) -> list[Recorded]:
    return events.record_events(
        source=act.origin.arm_source,
        stated=act.stated,
        reason=act.origin.reason,
        by=act.by,
        at=act.at,
    )


def _losses(act: _Act) -> list[Recorded]:
    return losses.report_losses(
        source=act.origin.source,
        arm_source=act.origin.arm_source,
        stated=act.stated,
        reason=act.origin.reason,
        by=act.by,
        at=act.at,
    )


_RECORDERS = {
    IntakeKind.RECOVERIES: _recoveries,
    IntakeKind.REGISTRY: _registry,
    IntakeKind.HOLDERS: _holders,
    IntakeKind.EVENTS: _events,
    IntakeKind.LOSSES: _losses,
}
