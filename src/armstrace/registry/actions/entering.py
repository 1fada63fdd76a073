"""Register one arm at the desk: made, imported or seen for the first time."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from armstrace.analysis.provenance import steps
from armstrace.audit import ledger
from armstrace.licensing import queries as licensing
from armstrace.records import numbering
from armstrace.records.submissions import Submission
from armstrace.registry import at_desk, licensed, marking, rules
from armstrace.registry.arm_statements import ArmRecorder, make_record
from armstrace.registry.arms_by_marks import READ_WHOLE, arms_bearing
from armstrace.registry.event_statements import EventRecorder
from armstrace.registry.inputs import ArmInput, EventInput
from armstrace.registry.models import Arm, ArmRecord, LifeEvent, arm_called
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind, Passing
from armstrace.vocabulary.content import content_key
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.licensing import Side
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import Recorded, RowOutcome
from armstrace.vocabulary.texts import is_reason

ARRIVALS = (LifeEventKind.MANUFACTURED, LifeEventKind.IMPORTED)


@dataclass(frozen=True, slots=True)
class Entering:
    """An arm that comes on the register, and how it came.

    Args:
        arm: What is stated of it; its number may be empty, so that one is given.
        arrival: ``MANUFACTURED`` or ``IMPORTED``; ``TRANSFERRED`` where the arm was
            there and is seen for the first time.
        holder: Number of the holder who has it now; may be empty.
        reason: Why it is registered although a mark or a licence is missing, or another
            arm has the serial number.
        sent: Key of the form that says so; the same said twice by one form is
            registered once. Empty where no form says it.
    """

    arm: ArmInput
    arrival: LifeEventKind
    happened_on: date
    holder: str = ""
    country: str = ""
    document: str = ""
    reason: str = ""
    sent: str = ""


def register_arm(*, entering: Entering, by: Actor, at: datetime) -> Recorded:
    """Put one arm on the register together with the event that brought it there.

    Args:
        by: Who registers; the register is that of their agency.

    Raises:
        InvalidInput: It is said to have come by what is no arrival.
        RuleBroken: ``RG-06``, ``RG-13``, ``MK-01``, ``MK-02``, ``MK-05``, ``HO-02``,
            ``HO-03``, ``RG-46``, ``IN-02``, or a rule of the life cycle.

    Source:
        Firearms Protocol, arts. 7, 8; MOSAIC 05.30 (content of records).
    """
    by.require("registry.record")
    by.require("registry.event")
    _require_allowed(entering)
    return numbering.retry(lambda: _record(entering, by, at))


def _event_of_form(entering: Entering, by: Actor) -> LifeEvent | None:
    """Give the arrival that the same form has told already, where it has."""
    if not entering.sent:
        return None
    told = LifeEvent.objects.current().filter(
        source=by.agency, source_number=_arrival(entering, "").number
    )
    return told.first()


def _is_taken(number: str, source: str) -> bool:
    arms = Arm.objects.get_queryset().filter(source=source, source_number=number)
    return bool(number) and arms.exists()


def _require_allowed(entering: Entering) -> None:
    if entering.arrival not in (*ARRIVALS, LifeEventKind.TRANSFERRED):
        msg = message(
            "An arm comes on the register newly made, imported, or seen for the first "
            "time; choose one of these, and record what happened to it then."
        )
        raise InvalidInput(msg, field="arrival")
    number = entering.arm.number
    rules.UNLIKE_ANOTHERS.require((number, _arm_called(number)))
    day = entering.happened_on
    columns = make_record(entering.arm)
    marking.require_marks(columns, entering.arrival, on=day, reason=entering.reason)
    kinds = licensing.holder_kinds([entering.holder])
    rules.KNOWN_HOLDER.require((entering.holder, kinds))
    at_desk.NOT_ABROAD.require((entering.holder, kinds.get(entering.holder)))


def _parties(entering: Entering) -> list[licensed.Party]:
    """Give the maker or the first holder; none where nobody is named."""
    if not entering.holder:
        return []
    is_made = entering.arrival is LifeEventKind.MANUFACTURED
    return [
        licensed.Party(
            Side.MAKER if is_made else Side.RECEIVER,
            entering.holder,
            licensing.holder_kinds([entering.holder])[entering.holder],
            ArmRecord(**make_record(entering.arm)),
        )
    ]


def _is_seen_again(
    entering: Entering, parties: list[licensed.Party], at: datetime
) -> bool:
    """Tell whether another person looks at it.

    That is where a reason carried it, where nobody is named who made or imported it,
    and where that was on a day before a licence ended.
    """
    if not parties:
        is_nobodys = entering.arrival in ARRIVALS
        return is_nobodys or is_reason(entering.reason)
    today = timezone.localdate(at)
    is_late = entering.happened_on < today and licensed.lacks(parties, today)
    return bool(is_late) or is_reason(entering.reason)


def _arm_called(number: str) -> int:
    """Give the arm whose own number a text reads like, 0 where there is none."""
    arm = arm_called(number)
    return arm if Arm.objects.get_queryset().filter(pk=arm).exists() else 0


def _record(entering: Entering, by: Actor, at: datetime) -> Recorded:
    told = Submission(by.agency, by, at)
    with ledger.entry("arm.registered", by=by, at=at) as entry:
        number = entering.arm.number or _next_number(by.agency, at.year)
        is_taken = _is_taken(entering.arm.number, by.agency)
        # After the number: who meets a newer one meets what was told with it too.
        if (earlier := _event_of_form(entering, by)) is not None:
            entry.beside(LifeEvent, [earlier.pk])
            return Recorded(RowOutcome.UNCHANGED, earlier.arm_id)
        rules.FREE_NUMBER.require((number, is_taken))
        marking.BORNE_ALREADY.require((_twin(entering), entering.reason))
        parties = _parties(entering)
        on, reason = entering.happened_on, entering.reason
        today = timezone.localdate(at)
        licensed.require_licences(parties, on=on, today=today, reason=reason)
        despite = _is_seen_again(entering, parties, at)
        arm = replace(entering.arm, number=number)
        # The clerk saw the arms that bear the like: a report of one waits for a person.
        recorded = ArmRecorder(told, joins_reports=False).record_one(arm, entry)
        # A colleague may have told the same of this number since the look above.
        rules.FREE_NUMBER.require((number, recorded.fate is not RowOutcome.NEW))
        event = EventRecorder(told, steps.Facts())
        event.record_one(_arrival(entering, number), entry)
        entry.note(despite=despite)
    return recorded


def _twin(entering: Entering) -> str:
    """Give an arm of the same make, model and serial number; empty where none is."""
    told = ArmRecord(**make_record(entering.arm))
    is_told = told.make and told.serial_status in READ_WHOLE
    rows = arms_bearing(told.make, told.serial_search) if is_told else ()
    same = (e for e in rows if not told.model or e.model in {"", told.model})
    return next((each.arm.reference for each in same), "")


def _next_number(source: str, year: int) -> str:
    rows = Arm.objects.get_queryset().filter(source=source)
    return numbering.next_number(rows, "source_number", f"{source}-{year}-")


def _arrival(entering: Entering, number: str) -> EventInput:
    is_arrival = entering.arrival in ARRIVALS
    told = f"form {content_key(entering)}" if entering.sent else f"{number}-1"
    return EventInput(
        number=f"desk {told}",
        arm_number=number,
        kind=entering.arrival,
        happened_on=entering.happened_on,
        holder_to=entering.holder,
        country=entering.country,
        document=entering.document,
        notes=entering.reason.strip(),
        manner="" if is_arrival else Passing.FIRST_SEEN,
    )
