"""Record arms, what happens to them, and their losses, as files state them."""

from collections.abc import Sequence
from datetime import datetime

from armstrace.analysis.provenance import steps
from armstrace.audit import ledger
from armstrace.records.submissions import NO_WORDS, Submission, Words
from armstrace.registry.arm_statements import ArmRecorder
from armstrace.registry.event_statements import EventRecorder
from armstrace.registry.inputs import ArmInput, EventInput, LossInput
from armstrace.registry.loss_statements import LossRecorder
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.outcomes import Recorded, Settlement


def register_arms(  # noqa: PLR0913 -- whose word it is, and what it may change
    *,
    source: str,
    stated: Sequence[ArmInput],
    reason: str = "",
    settlement: Settlement = Settlement.HOLD,
    words: Words = NO_WORDS,
    by: Actor,
    at: datetime,
) -> list[Recorded]:
    """Register arms as their register states them; a changed one is corrected.

    Args:
        source: The register; with the arm's number there it is the identity.
        stated: The arms; a number that comes twice keeps its last statement.
        reason: Why records are corrected; without one nothing is.

    Returns:
        The outcome of each, in the order given.

    Source:
        Firearms Protocol, art. 7; MOSAIC 05.30 (content of records).
    """
    by.require("registry.record")
    recorder = ArmRecorder(Submission(source, by, at, reason, settlement, words))
    with ledger.entry("arm.registered", by=by, at=at) as entry:
        return recorder.record(stated, entry)


def record_events(  # noqa: PLR0913 -- whose word it is, and what it may change
    *,
    source: str,
    stated: Sequence[EventInput],
    facts: steps.Facts | None = None,
    reason: str = "",
    settlement: Settlement = Settlement.HOLD,
    words: Words = NO_WORDS,
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
    recorder = EventRecorder(
        Submission(source, by, at, reason, settlement, words), facts
    )
    with ledger.entry("arm.event_recorded", by=by, at=at) as entry:
        return recorder.record(stated, entry)


def report_losses(  # noqa: PLR0913 -- whose word it is, and what it may change
    *,
    source: str,
    arm_source: str,
    stated: Sequence[LossInput],
    reason: str = "",
    settlement: Settlement = Settlement.HOLD,
    words: Words = NO_WORDS,
    by: Actor,
    at: datetime,
) -> list[Recorded]:
    """Record reports of loss or theft; an arm not on register gets an identity.

    Args:
        stated: The reports; a number that comes twice keeps its last statement.
        reason: Why records are corrected; without one nothing is.

    Returns:
        The outcome of each, in the order given.

    Source:
        Firearms Protocol, art. 11; background paper (2018), para. 76 (c).
    """
    by.require("registry.event")
    told = Submission(source, by, at, reason, settlement, words)
    recorder = LossRecorder(told, arm_source)
    with ledger.entry("loss.reported", by=by, at=at) as entry:
        return recorder.record(stated, entry)
