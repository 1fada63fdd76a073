"""Let the life of an arm tell that it was deactivated, and its marks what it bears."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from armstrace.audit import ledger
from armstrace.registry import at_desk, fitted
from armstrace.vocabulary.arms import LifeEventKind, PartType
from armstrace.vocabulary.marks import MarkKind


@dataclass(frozen=True, slots=True)
class Deactivated:
    """What was verified."""

    # Number of the deactivation, as the document of the event.
    number: str
    on: date
    # Marks that were stamped, by the part that bears each.
    marks: Mapping[PartType, str]


def deactivate_arm(arm_id: int, told: Deactivated, entry: ledger.Entry) -> None:
    """Record the event and its marks inside the entry of the act.

    Serial numbers and earlier marks stay on record as they are.

    Raises:
        RuleBroken: ``RG-01``, ``RG-05`` or ``RG-12``, or a rule of the life cycle.
    """
    taken = at_desk.take_arm(arm_id, happened_on=told.on)
    stated = taken.state(
        LifeEventKind.DEACTIVATED,
        number=f"deactivation {told.number}",
        happened_on=told.on,
        document=told.number,
    )
    at_desk.record_event(taken, stated, entry, "deactivation.verify")
    for part, text in told.marks.items():
        fitted.put_mark(
            taken.arm,
            entry,
            kind=MarkKind.DEACTIVATION,
            text_as_marked=text,
            component=part,
            observed_on=told.on,
        )
