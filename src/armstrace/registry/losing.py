"""Report an arm that is at the desk as lost or stolen; inside the entry of an act."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from armstrace.analysis.provenance import steps
from armstrace.analysis.provenance.events import Event
from armstrace.audit import ledger
from armstrace.records import closing
from armstrace.records.submissions import Submission
from armstrace.registry import at_desk, rules
from armstrace.registry.inputs import Happening, LossInput
from armstrace.registry.loss_statements import LossRecorder
from armstrace.registry.models import EventWithdrawal, LossReport
from armstrace.vocabulary import rows
from armstrace.vocabulary.outcomes import Recorded


def lose_arm(
    taken: at_desk.AtDesk,
    happening: Happening,
    entry: ledger.Entry,
    recorder: Callable[[Submission, str], LossRecorder] = LossRecorder,
) -> Recorded:
    """Report an arm as lost or stolen; the report is of this arm, so nothing matches.

    Args:
        recorder: By the grant of whom it is recorded.

    Raises:
        RuleBroken: ``RG-06``, or a rule of the life cycle.
    """
    by, at = entry.by, entry.at
    _require_lawful(happening, taken, at)
    stated = rows.fill(
        LossInput,
        happening,
        number=_free_number(happening, taken, entry),
        description=taken.record.description,
        loss_kind=happening.kind,
        arm_number=taken.arm.source_number,
        reported_on=timezone.localdate(at),
        holder_number=taken.now.holder,
    )
    recording = recorder(Submission(by.agency, by, at), taken.arm.source)
    return recording.record_one(stated, entry)


def _require_lawful(happening: Happening, taken: at_desk.AtDesk, at: datetime) -> None:
    event = Event(0, happening.kind, happening.happened_on, timezone.localtime(at))
    rules.require_lawful_event(taken.now, event, steps.Facts())


def _free_number(
    happening: Happening, taken: at_desk.AtDesk, entry: ledger.Entry
) -> str:
    told = LossReport.objects.get_queryset().filter(source=entry.by.agency)
    given = happening.number.strip()
    if given:
        is_taken = told.current().filter(source_number=given).exists()
        rules.FREE_NUMBER.require((given, is_taken))
        _tell_anew(given, entry)
        return given
    count = told.filter(arm=taken.arm).values("source_number").distinct().count()
    return f"{taken.arm.reference}-{count + 1}"


def _tell_anew(number: str, entry: ledger.Entry) -> None:
    """Take back that the report of a number did not happen; it is reported now."""
    withdrawn = EventWithdrawal.objects.current().filter(
        event__source=entry.by.agency, event__source_number=f"loss {number}"
    )
    closing.close(withdrawn, entry.at, entry)
