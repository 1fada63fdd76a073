"""Record that an arm was converted: from a day on its build or calibre is another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from armstrace.audit import ledger
from armstrace.registry import at_desk, converted, rules
from armstrace.registry.converted import CONVERTED
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.outcomes import Recorded


@dataclass(frozen=True, slots=True)
class Conversion:
    """What reads otherwise once an arm is converted, and what shows it.

    Args:
        reason: What was done, and on whose word.
        changes: What reads otherwise, by the names of ``CONVERTED``.
    """

    happened_on: date
    reason: str
    place: str = ""
    document: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)


def convert_arm(
    *,
    arm_id: int,
    conversion: Conversion,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Recorded:
    """Record the conversion of an arm; its category in law follows.

    The day stands in the life of the arm, and what was known before in its history.

    Raises:
        RuleBroken: ``RG-01``, ``RG-02``, ``RG-05``, ``RG-24``, ``RG-42``, ``RS-01``,
            or a rule of the life cycle.

    Source:
        Firearms Protocol, art. 7; Directive (EU) 2021/555, art. 4 (4) and Annex I.
    """
    by.require("registry.event")
    by.require("registry.record")
    with ledger.entry("arm.converted", by=by, at=at) as entry:
        day = conversion.happened_on
        taken = at_desk.take_arm(arm_id, seen=seen, happened_on=day)
        rules.CONVERTED.require((conversion.changes, CONVERTED))
        kind, told = LifeEventKind.CONVERTED, conversion.reason
        stated = taken.state(kind, conversion, notes=told)
        recorded = at_desk.record_event(taken, stated, entry)
        converted.describe(taken, conversion.changes, told, entry)
    return recorded
