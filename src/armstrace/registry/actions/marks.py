"""Record a mark that an arm was given after it came on the register."""

from dataclasses import dataclass
from datetime import date, datetime

from armstrace.analysis.marks.serials import search_key
from armstrace.audit import ledger
from armstrace.registry import at_desk, fitted, marking
from armstrace.registry.arms_by_marks import arms_bearing
from armstrace.registry.models import Mark
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind, PartType
from armstrace.vocabulary.marks import MarkKind, MarkMethod
from armstrace.vocabulary.outcomes import Recorded


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark that was put on an arm.

    Args:
        text: Exactly as it is on the arm.
        component: The part that bears it.
        position: Where on the part; may be empty.
        reason: Why it is marked again, where the part bears a mark of the kind.
    """

    kind: MarkKind
    text: str
    happened_on: date
    component: PartType = PartType.FRAME_OR_RECEIVER
    position: str = ""
    method: MarkMethod = MarkMethod.UNKNOWN
    place: str = ""
    document: str = ""
    reason: str = ""


def mark_arm(
    *, arm_id: int, mark: NewMark, seen: int | None = None, by: Actor, at: datetime
) -> Recorded:
    """Record a mark that an arm was given, and the day in its life.

    What it was marked with before stays on record, and is found as the new mark is.

    Raises:
        RuleBroken: ``RG-01``, ``RG-02``, ``RG-05``, ``MK-03``, ``MK-04``, ``MK-05``, or
            a rule of the life cycle.

    Source:
        Firearms Protocol, art. 8, para. 1; Directive (EU) 2021/555, art. 4.
    """
    by.require("registry.event")
    with ledger.entry("arm.marked", by=by, at=at) as entry:
        taken = at_desk.take_arm(arm_id, seen=seen, happened_on=mark.happened_on)
        marking.LEGIBLE.require(mark.text)
        marking.MARKED_AGAIN.require((_borne(taken, mark), mark.reason))
        marking.BORNE_ALREADY.require((_other_bearer(taken, mark), mark.reason))
        stated = taken.state(LifeEventKind.MARKED, mark, notes=mark.reason)
        recorded = at_desk.record_event(taken, stated, entry)
        event = taken.event_numbered(stated.number)
        fitted.put_mark(
            taken.arm,
            entry,
            event=event,
            kind=mark.kind,
            text_as_marked=mark.text,
            component=mark.component,
            position=mark.position,
            method=mark.method,
            observed_on=mark.happened_on,
        )
    return recorded


def _borne(taken: at_desk.AtDesk, mark: NewMark) -> str:
    """Give the mark of a kind that a part bears already; empty where it has none."""
    if mark.kind is MarkKind.OTHER:
        return ""
    is_primary = mark.component is PartType.FRAME_OR_RECEIVER
    if is_primary and mark.kind is MarkKind.SERIAL:
        return taken.record.serial_as_marked
    alike = Mark.objects.current().filter(
        arm=taken.arm, kind=mark.kind.value, component=mark.component.value
    )
    return alike.order_by("-pk").values_list("text_as_marked", flat=True).first() or ""


def _other_bearer(taken: at_desk.AtDesk, mark: NewMark) -> str:
    """Give another arm of the make that bears a serial number as its own, if any."""
    key = search_key(mark.text) if mark.kind is MarkKind.SERIAL else ""
    rows = arms_bearing(taken.record.make, key)
    other = rows.exclude(arm=taken.arm).first()
    return other.arm.reference if other else ""
