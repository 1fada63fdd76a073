"""Exchange a marked part of an arm: a barrel, a slide, a bolt."""

from dataclasses import dataclass
from datetime import date, datetime

from armstrace.audit import ledger
from armstrace.records import numbering
from armstrace.registry import at_desk, fitted, rules
from armstrace.registry.models import Part
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind, PartType
from armstrace.vocabulary.outcomes import Recorded


@dataclass(frozen=True, slots=True)
class Exchange:
    """A part that comes on an arm, one that comes off, or both.

    Args:
        part_type: What kind of part it is.
        serial: The number on the part that comes on, as marked; empty where none does.
        removed: The part on record that comes off; None where none does.
    """

    part_type: PartType
    happened_on: date
    serial: str = ""
    removed: int | None = None
    place: str = ""
    document: str = ""
    notes: str = ""


def exchange_part(
    *, arm_id: int, exchange: Exchange, seen: int | None = None, by: Actor, at: datetime
) -> Recorded:
    """Exchange a part of an arm that bears a number of its own.

    The part that comes off stays on record without an arm, and may come on another.

    Raises:
        RuleBroken: ``RG-01``, ``RG-02``, ``RG-05``, ``RG-17``, ``RG-18``, or a rule of
            the life cycle.

    Source:
        Firearms Protocol, arts. 3 (b) and 7 (parts and components are recorded).
    """
    by.require("registry.event")
    with ledger.entry("arm.part_exchanged", by=by, at=at) as entry:
        taken = at_desk.take_arm(arm_id, seen=seen, happened_on=exchange.happened_on)
        serial = exchange.serial.strip()
        rules.PART_NAMED.require((exchange.part_type, serial, exchange.removed))
        on_arm = Part.objects.current().filter(arm=taken.arm, pk=exchange.removed or 0)
        came_off = on_arm.first()
        rules.PART_ON_ARM.require((exchange.removed, came_off is not None))
        numbering.take_turns("numbers of parts")
        came_on = fitted.part_of(exchange.part_type, serial)
        rules.PART_FREE.require((serial, came_on.arm_id if came_on else None))
        stated = taken.state(LifeEventKind.PART_EXCHANGED, exchange)
        recorded = at_desk.record_event(taken, stated, entry)
        event = taken.event_numbered(stated.number)
        if came_off is not None:
            fitted.move(came_off, None, event, entry)
        if came_on is not None:
            fitted.move(came_on, taken.arm, event, entry)
        elif serial:
            fitted.begin(exchange.part_type, serial, event, entry)
    return recorded
