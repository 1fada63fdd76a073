"""Record at the desk what happened to an arm: a loss, a return, an end."""

from datetime import datetime

from armstrace.audit import ledger
from armstrace.registry import at_desk, ending, rules
from armstrace.registry.inputs import Happening
from armstrace.registry.losing import lose_arm
from armstrace.registry.models import LossReport
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import HAPPENINGS
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import Recorded


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
        InvalidInput: It has a number, which reports of loss alone have.
        RuleBroken: ``RG-01``, ``RG-02``, ``RG-05``, ``RG-23``, ``RG-25``,
            ``RG-47``, ``RG-48``, or a rule of the life cycle.

    Source:
        Firearms Protocol, arts. 6, 7, 9.
    """
    by.require("registry.event")
    _require_unsaid(happening, "number")
    rules.CHANGES_NO_HANDS.require((happening.kind in HAPPENINGS,))
    with ledger.entry("arm.event_recorded", by=by, at=at) as entry:
        taken = at_desk.take_arm(arm_id, seen=seen, happened_on=happening.happened_on)
        return at_desk.record_event(taken, ending.state(taken, happening), entry)


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
        InvalidInput: It has a document, which no report of loss keeps.
        RuleBroken: ``RG-01``, ``RG-02``, ``RG-05``, ``RG-06``, ``RG-44``, or a
            rule of the life cycle.

    Source:
        Firearms Protocol, art. 11; background paper (2018), para. 76 (c).
    """
    by.require("registry.event")
    _require_unsaid(happening, "document")
    with ledger.entry("loss.reported", by=by, at=at) as entry:
        taken = at_desk.take_arm(arm_id, seen=seen, happened_on=happening.happened_on)
        _require_new(taken, happening)
        return lose_arm(taken, happening, entry)


def _require_unsaid(happening: Happening, name: str) -> None:
    """Refuse a text that is not kept of this kind of event."""
    if getattr(happening, name):
        said = message(
            "“%(field)s” is not kept for this kind of event; leave it out, and write "
            "it in the notes if it matters.",
            field=words_of(name),
        )
        raise InvalidInput(said, field=name)


def _require_new(taken: at_desk.AtDesk, happening: Happening) -> None:
    """Refuse a loss that a report which is open tells of the same day."""
    if not taken.now.loss_is_open:
        return
    kind, day = happening.kind, happening.happened_on
    told = LossReport.objects.current().filter(
        arm=taken.arm, loss_kind=kind.value, happened_on=day
    )
    number = told.values_list("source_number", flat=True).first() or ""
    rules.NOT_REPORTED.require((kind, day, number))
