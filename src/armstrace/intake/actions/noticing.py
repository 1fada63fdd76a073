"""A notice of the trade that the register cannot follow waits for the registry."""

from datetime import datetime

from armstrace.intake.actions import loading
from armstrace.intake.fields import IntakeKind, by_name
from armstrace.intake.incoming import IncomingRows
from armstrace.intake.models import NOTICE
from armstrace.jobs.running import JobContext
from armstrace.registry.actions import notices
from armstrace.registry.inputs import EventInput
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.outcomes import Recorded

KEPT = frozenset({"RG-34", "HO-03", "RG-51"})
"""An arm not found, a licence that a clerk may do without, and what is confirmed."""


def give_notice(
    *, notice: EventInput, by: Actor, at: datetime, context: JobContext
) -> Recorded:
    """Record a notice; keep one that the registry has to look at, as a held row.

    Returns:
        The outcome; ``REFUSED`` with its sentence where the notice is kept.

    Source:
        Directive (EU) 2021/555, art. 4 (register of dealers).
    """
    try:
        return notices.give_notice(notice=notice, by=by, at=at)
    except RuleBroken as error:
        if error.rule not in KEPT:
            raise
        loading.load_rows(incoming=_row(notice, by), by=by, at=at, context=context)
        return Recorded.from_error(error)


def _row(notice: EventInput, by: Actor) -> IncomingRows:
    said = {name: getattr(notice, name, "") for name in by_name(IntakeKind.EVENTS)}
    said |= {"source_number": notice.number, "event": notice.kind.value}
    row = {name: str(value) for name, value in said.items() if value}
    return IncomingRows(
        rows=[row],
        kind=IntakeKind.EVENTS,
        source=by.agency,
        name=NOTICE,
        key=notice.content_key,
        expected=1,
        agency=by.agency,
    )
