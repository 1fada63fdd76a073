"""What was taken from the holder on record, where who that was is corrected."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import dropwhile, takewhile

from armstrace.analysis.provenance.events import Event, in_order
from armstrace.audit import ledger
from armstrace.records.submissions import Submission
from armstrace.registry.event_statements import EventRecorder, restate_event
from armstrace.registry.loss_statements import LossRecorder, restate_loss
from armstrace.registry.models import LifeEvent
from armstrace.registry.told_events import Told, report_of
from armstrace.vocabulary.arms import HAPPENINGS


def follow_holder(
    told: Told, holder: str, correction: Submission, entry: ledger.Entry
) -> None:
    """Let what happened while the wrong holder was on record name the right one.

    Args:
        told: The passing on as it was before it was corrected.
        holder: Number of who received the arm in truth.
    """
    was = told.event.holder_to
    if was is None or was.number == holder:
        return
    kept = {event.key for event in _while_held(told) if event.holder_from == was.number}
    named = LifeEvent.objects.current().filter(pk__in=kept).order_by("pk")
    for event in named.select_related("arm", "holder_from", "holder_to"):
        submission = replace(correction, source=event.source)
        report = report_of(event)
        if report is not None:
            loss = replace(restate_loss(report), holder_number=holder)
            losses = LossRecorder(submission, told.taken.arm.source)
            losses.record_one(loss, entry)
        else:
            stated = replace(restate_event(event), holder_from=holder)
            EventRecorder(submission).record_one(stated, entry)


def _while_held(told: Told) -> Iterator[Event]:
    """Give what happened since, until the arm passed on or came to an end."""
    life = in_order(told.taken.events)
    since = dropwhile(lambda event: event.key != told.event.pk, life)
    next(since, None)
    return takewhile(lambda event: event.kind in HAPPENINGS, since)
