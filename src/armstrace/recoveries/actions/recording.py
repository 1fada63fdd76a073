"""Record what was seized, found or surrendered, and correct it."""

from collections.abc import Sequence
from datetime import datetime

from armstrace.audit import ledger
from armstrace.records.submissions import NO_WORDS, Submission, Words
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.statements import RecoveryRecorder
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.outcomes import Recorded, Settlement


def record_recoveries(  # noqa: PLR0913 -- whose word it is, and what it may change
    *,
    source: str,
    stated: Sequence[RecoveryInput],
    reason: str = "",
    settlement: Settlement = Settlement.HOLD,
    words: Words = NO_WORDS,
    by: Actor,
    at: datetime,
) -> list[Recorded]:
    """Record recovered items as stated; a changed one becomes a correction.

    Args:
        source: Who states them; with the number there it is the identity.
        stated: The items; a number that comes twice keeps its last statement.
        reason: Why records are corrected; without one nothing is.

    Returns:
        The outcome of each, in the order given. An item that changes its kind
        (arm, part, ammunition) is refused: that is another item.

    Source:
        Background paper (2018), para. 36; SDG 16.4.2 metadata.
    """
    for agency in {each.agency for each in stated}:
        by.require("recovery.record", agency=agency)
    recorder = RecoveryRecorder(Submission(source, by, at, reason, settlement, words))
    with ledger.entry("recovery.recorded", by=by, at=at) as entry:
        return recorder.record(stated, entry)
