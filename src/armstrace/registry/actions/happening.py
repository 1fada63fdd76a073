"""Record at the desk what happened to an arm: a loss, a return, an end."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from armstrace.analysis.provenance import steps
from armstrace.analysis.provenance.events import Event
from armstrace.audit import ledger
from armstrace.records.statements import Submission
from armstrace.registry import at_desk, rules
from armstrace.registry.inputs import EventInput, LossInput
from armstrace.registry.loss_statements import LossRecorder
from armstrace.registry.models import LossReport
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
        RuleBroken: ``RG-01``, ``RG-02``, ``RG-05``, ``RG-23``, or a rule of the life
            cycle.

    Source:
        Firearms Protocol, arts. 6, 7, 9.
    """
    by.require("registry.event")
    rules.CHANGES_NO_HANDS.require((happening.kind in HAPPENINGS,))
    with ledger.entry("arm.event_recorded", by=by, at=at) as entry:
        taken = at_desk.take_arm(arm_id, seen=seen, happened_on=happening.happened_on)
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
        return at_desk.record_event(taken, stated, entry, by=by, at=at)


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
        _require_lawful(happening, taken, at)
        number = _free_number(happening, taken, by.agency)
        recorder = LossRecorder(Submission(by.agency, by, at), taken.arm.source)
        stated = LossInput(
            number=number,
            description=taken.record.description,
            loss_kind=happening.kind,
            arm_number=taken.arm.source_number,
            happened_on=happening.happened_on,
            reported_on=timezone.localdate(at),
            place=happening.place,
            region=happening.region,
            holder_number=taken.now.holder,
            notes=happening.notes,
        )
        (recorded,) = recorder.record([stated], entry)
        recorded.require_done()
    return recorded


def _require_lawful(happening: Happening, taken: at_desk.AtDesk, at: datetime) -> None:
    event = Event(0, happening.kind, happening.happened_on, timezone.localtime(at))
    rules.require_lawful_event(taken.now, event, steps.Facts())


def _free_number(happening: Happening, taken: at_desk.AtDesk, source: str) -> str:
    told = LossReport.objects.get_queryset().filter(source=source)
    given = happening.number.strip()
    if given:
        is_taken = told.filter(source_number=given).exists()
        rules.FREE_NUMBER.require((given, is_taken))
        return given
    count = told.filter(arm=taken.arm).values("source_number").distinct().count()
    return f"{taken.arm.reference}-{count + 1}"
