"""What may be recorded next of an arm, and why other acts may not."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from armstrace.analysis.provenance import steps, transitions
from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import State, fold_state
from armstrace.audit import disclosures
from armstrace.registry import at_desk
from armstrace.registry.models import Arm, LifeEvent
from armstrace.registry.queries.arms import ArmPage
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import IN_CUSTODY, MISSING, ArmState, LifeEventKind
from armstrace.vocabulary.messages import Message

Kind = LifeEventKind
HAPPENINGS = (
    Kind.LOST,
    Kind.STOLEN,
    Kind.FOUND_AGAIN,
    Kind.RETURNED,
    Kind.LICENCE_LAPSED,
    Kind.MARKED,
    Kind.PROOFED,
    Kind.DEACTIVATED,
    Kind.DESTROYED,
)
"""What a clerk records of an arm that changes no hands."""
AT_HAND = frozenset(
    {
        *(Kind.LOST, Kind.STOLEN, Kind.MARKED, Kind.PROOFED),
        *(Kind.DEACTIVATED, Kind.DESTROYED),
    }
)
"""What can only happen to an arm that somebody has."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act on an arm.

    Args:
        kind: The event that it records; for a passing on, ``TRANSFERRED``.
        refusal: Why it may not be done now; None where it may.
    """

    kind: LifeEventKind
    refusal: Message | None = None


def events_of_holder(
    holder_id: int, *, viewer: Actor, limit: int = 50
) -> list[LifeEvent]:
    """Give the events by which arms came to a holder or left, the latest first.

    Raises:
        NotPermitted: The viewer may not see the register, or who holds an arm.
    """
    viewer.require("registry.view")
    viewer.require("holder.view")
    is_side = Q(holder_from_id=holder_id) | Q(holder_to_id=holder_id)
    rows = LifeEvent.objects.current().filter(is_side)
    sides = rows.select_related("arm", "holder_from", "holder_to")
    return list(sides.order_by(F("happened_on").desc(nulls_last=True), "-pk")[:limit])


def note_extract(arm_id: int, *, viewer: Actor, at: datetime) -> None:
    """Write down that an extract of an arm was made, by whom and when.

    Raises:
        NotPermitted: The viewer may not see the register.
    """
    viewer.require("registry.view")
    rows = Arm.objects.filter(pk=arm_id)
    disclosures.disclose(viewer=viewer, at=at, act="arm.extracted", records=rows)


def acts_on(page: ArmPage, *, viewer: Actor, at: datetime) -> tuple[Act, ...]:
    """Give the acts of a clerk on an arm: those that may follow, and why not.

    Args:
        page: The arm with its life.
        viewer: Who acts; without the right to record events there are none.
    """
    if not viewer.may("registry.event") or page.withdrawal is not None:
        return ()
    now = fold_state(page.events)
    facts = at_desk.facts_of(page.record)

    def act(kind: LifeEventKind) -> Act:
        event = Event(0, kind, at.date(), at, holder_from=now.holder)
        broken = transitions.broken(steps.Step(now, event, facts))
        if broken is None:
            return Act(kind)
        step = steps.Step(now, event, facts)
        return Act(kind, broken.broken(step).message)

    kinds = (Kind.TRANSFERRED, *HAPPENINGS)
    return tuple(act(kind) for kind in kinds if _is_at_issue(kind, now))


def _is_at_issue(kind: LifeEventKind, now: State) -> bool:
    """Tell whether an act is a question at all where the arm stands."""
    if kind is Kind.RETURNED:
        return now.state in IN_CUSTODY
    if now.state in MISSING and kind in AT_HAND:
        # A lost arm may turn out to be stolen; a stolen one is not lost.
        return kind is Kind.STOLEN and now.state is ArmState.LOST
    return kind is not Kind.LICENCE_LAPSED or bool(now.holder)
