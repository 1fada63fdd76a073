"""Parts with a number of their own: on which arm they are, version by version."""

from datetime import datetime

from armstrace.audit import ledger
from armstrace.records import closing
from armstrace.registry import rules
from armstrace.registry.models import Arm, LifeEvent, Mark, Part
from armstrace.vocabulary.arms import PartType
from armstrace.vocabulary.marks import MarkCondition


def part_of(part_type: PartType, serial: str) -> Part | None:
    """Find the part of a kind that bears a number; None where nobody recorded it."""
    bearing = Part.objects.current().filter(serial_as_marked__iexact=serial)
    return bearing.filter(part_type=part_type).order_by("pk").first()


def begin(
    part_type: PartType, serial: str, event: LifeEvent, entry: ledger.Entry
) -> None:
    """Record a part that comes on an arm and was on record nowhere."""
    part = Part.objects.create(
        number=f"{event.source_number} {part_type.value}",
        part_type=part_type,
        serial_as_marked=serial,
        arm=event.arm,
        exchanged=event,
        source=event.source,
        known_at=event.known_at,
    )
    entry.about(part)


def put_mark(arm: Arm, entry: ledger.Entry, **seen: object) -> None:
    """Record a mark that an arm was given, as who does the act saw it.

    Args:
        seen: Columns of ``Mark``: its kind and text at least, and the day.
    """
    mark = Mark.objects.create(
        arm=arm,
        condition=MarkCondition.LEGIBLE,
        observed_by=entry.by.name,
        source=entry.by.agency,
        known_at=entry.at,
        **seen,
    )
    entry.about(mark)


def move(
    part: Part, arm: Arm | None, event: LifeEvent | None, entry: ledger.Entry
) -> None:
    """Say that a part is on another arm now, or on none.

    Args:
        event: The exchange; None where one is withdrawn.
    """
    closing.replace(part, entry, arm=arm, exchanged=event)


def put_back(event: LifeEvent, at: datetime, entry: ledger.Entry) -> None:
    """Bring parts back to where they were, and take marks back, of what never was.

    Raises:
        RuleBroken: ``RG-20``, one of them was exchanged again since.
    """
    marks = Mark.objects.current().filter(
        event__source=event.source, event__source_number=event.source_number
    )
    for mark in marks:
        mark.supersede(at)
        entry.about(mark)
    moved = Part.objects.filter(
        exchanged__source=event.source, exchanged__source_number=event.source_number
    )
    for part in moved.order_by("pk"):
        rules.PART_UNMOVED.require(part.superseded_at is None)
        same = Part.objects.filter(source=part.source, number=part.number)
        before = same.filter(pk__lt=part.pk).order_by("-pk").first()
        if before is not None:
            move(part, before.arm, None, entry)
        else:
            part.supersede(at)
            entry.about(part)
