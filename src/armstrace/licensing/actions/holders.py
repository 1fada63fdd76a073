"""Record holders as registers and files state them."""

from collections.abc import Sequence
from datetime import datetime

from armstrace.audit import ledger
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.statements import HOLDERS, HolderRecorder
from armstrace.records import numbering
from armstrace.records.submissions import NO_WORDS, Submission, Words
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.outcomes import Recorded, Settlement


def record_holders(  # noqa: PLR0913 -- whose word it is, and what it may change
    *,
    source: str,
    stated: Sequence[HolderInput],
    reason: str = "",
    settlement: Settlement = Settlement.HOLD,
    words: Words = NO_WORDS,
    by: Actor,
    at: datetime,
) -> list[Recorded]:
    """Record holders as stated; a changed one becomes a correction.

    Args:
        source: Who states it: a register, a file, a clerk's agency.
        stated: The holders; a number that comes twice keeps its last statement.
        reason: Why records are corrected; without one nothing is.

    Returns:
        The outcome of each, in the order given.

    Source:
        Firearms Protocol, art. 7 (records that make tracing possible).
    """
    by.require("holder.record")
    recorder = HolderRecorder(Submission(source, by, at, reason, settlement, words))
    with ledger.entry("holder.recorded", by=by, at=at) as entry:
        numbering.take_turns(HOLDERS)
        return recorder.record(stated, entry)
