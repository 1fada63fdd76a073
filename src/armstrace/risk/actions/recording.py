"""Record declarations as files and systems of customs state them."""

from collections.abc import Sequence
from datetime import datetime

from armstrace.audit import ledger
from armstrace.records.submissions import NO_WORDS, Submission, Words
from armstrace.risk.inputs import DeclarationInput
from armstrace.risk.statements import DeclarationRecorder
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.outcomes import Recorded, Settlement


def record_declarations(  # noqa: PLR0913 -- whose word it is, and what it may change
    *,
    stated: Sequence[DeclarationInput],
    source: str,
    by: Actor,
    at: datetime,
    reason: str = "",
    settlement: Settlement = Settlement.HOLD,
    words: Words = NO_WORDS,
) -> list[Recorded]:
    """Record declarations, each with its points.

    Source:
        Firearms Protocol, arts. 10 and 11; instruments, 5.6.
    """
    by.require("declaration.record")
    told = Submission(source, by, at, reason, settlement, words)
    with ledger.entry("declaration.recorded", by=by, at=at) as entry:
        return DeclarationRecorder(told).record(stated, entry)
