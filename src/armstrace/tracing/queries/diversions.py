"""Where a registered arm left the legal world, as people decided it."""

from dataclasses import dataclass
from datetime import date

from armstrace.tracing.models import TraceDecision
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.tracing import DiversionKind, TraceOutcome


@dataclass(frozen=True, slots=True)
class DivertedArm:
    """A confirmed point of diversion of an arm, and the recovery that led to it."""

    recovery_id: int
    kind: DiversionKind | None
    on: date | None
    place: str


def diversions_of_arm(arm_id: int, *, viewer: Actor) -> tuple[DivertedArm, ...]:
    """Give the points of diversion that people confirmed for an arm, latest first."""
    rows = TraceDecision.objects.visible_to(viewer).filter(
        superseded_at=None,
        arm_id=arm_id,
        outcome=TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED.value,
    )
    return tuple(
        DivertedArm(
            recovery_id=row.trace.recovery_id,
            kind=DiversionKind(row.diversion_kind) if row.diversion_kind else None,
            on=row.diversion_on or row.diversion_latest_on,
            place=", ".join(
                part for part in (row.diversion_place, row.diversion_region) if part
            ),
        )
        for row in rows.select_related("trace").order_by("-known_at", "-pk")
    )
