"""Record what happens to arms."""

from collections.abc import Sequence
from datetime import datetime

from armstrace.analysis.provenance import steps
from armstrace.audit import ledger
from armstrace.records.statements import Submission
from armstrace.registry.event_statements import EventRecorder
from armstrace.registry.inputs import EventInput
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.outcomes import Recorded


def record_events(
    *,
    source: str,
    stated: Sequence[EventInput],
    facts: steps.Facts | None = None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> list[Recorded]:
    """Record events as stated; each must lawfully follow from the arm's life.

    Args:
        source: The register; arms and events carry its numbers.
        stated: Events; those of one arm in the order in which they happened.
        facts: What the desk knows, for events that it records now; None for the
            history that a register tells, of which only the impossible is refused.
        reason: Why records are corrected; without one nothing is.

    Returns:
        The outcome of each, in the order given; a refused one says which rule.

    Source:
        Firearms Protocol, arts. 6-10; MOSAIC 05.30.
    """
    by.require("registry.event")
    recorder = EventRecorder(Submission(source, by, at, reason), facts)
    with ledger.entry("arm.event_recorded", by=by, at=at) as entry:
        return recorder.record(stated, entry)
