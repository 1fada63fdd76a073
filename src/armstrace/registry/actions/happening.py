"""Record at the desk what happened to an arm: a loss, a return, an end."""

from dataclasses import dataclass
from datetime import date, datetime

from armstrace.audit import ledger
from armstrace.registry import at_desk, rules
from armstrace.registry.inputs import EventInput
from armstrace.registry.losing import lose_arm
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import HAPPENINGS, LifeEventKind
from armstrace.vocabulary.outcomes import Recorded


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to an arm, as a clerk records it.

    Args:
        kind: What happened.
        number: The number of a report of loss; empty lets the system give one.
    """

    kind: LifeEventKind
    happened_on: date
    place: str = ""
    region: str = ""
    document: str = ""
    notes: str = ""
    number: str = ""


def record_happening(
    *,
    arm_id: int,
    happening: Happening,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Recorded:
    """Record one event of an arm that changes no hands.

    Raises:
        RuleBroken: ``RG-01``, ``RG-02``, ``RG-05``, ``RG-23``, ``RG-25``, or a rule of
            the life cycle.

    Source:
        Firearms Protocol, arts. 6, 7, 9.
    """
    by.require("registry.event")
    rules.CHANGES_NO_HANDS.require((happening.kind in HAPPENINGS,))
    with ledger.entry("arm.event_recorded", by=by, at=at) as entry:
        taken = at_desk.take_arm(arm_id, seen=seen, happened_on=happening.happened_on)
        at_desk.require_not_kept(arm_id, happening.kind)
        stated = EventInput(
            number=taken.next_event,
            arm_number=taken.arm.source_number,
            kind=happening.kind,
            happened_on=happening.happened_on,
            holder_from=taken.now.holder,
            place=happening.place,
            region=happening.region,
            document=happening.document,
            notes=happening.notes,
        )
        return at_desk.record_event(taken, stated, entry)


def report_loss(
    *,
    arm_id: int,
    happening: Happening,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Recorded:
    """Report at the desk that a registered arm was lost or stolen.

    The report is of this arm, so that it needs no matching.

    Args:
        happening: ``LOST`` or ``STOLEN``, when and where.

    Raises:
        RuleBroken: ``RG-01``, ``RG-02``, ``RG-05``, ``RG-06``, or a rule of the
            life cycle.

    Source:
        Firearms Protocol, art. 11; background paper (2018), para. 76 (c).
    """
    by.require("registry.event")
    with ledger.entry("loss.reported", by=by, at=at) as entry:
        taken = at_desk.take_arm(arm_id, seen=seen, happened_on=happening.happened_on)
        return lose_arm(taken, happening, entry)
