"""Record reports of loss and theft."""

from collections.abc import Sequence
from datetime import datetime

from armstrace.audit import ledger
from armstrace.records.statements import Submission
from armstrace.registry.inputs import LossInput
from armstrace.registry.loss_statements import LossRecorder
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.outcomes import Recorded


def report_losses(
    *,
    source: str,
    arm_source: str,
    stated: Sequence[LossInput],
    reason: str = "",
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
    recorder = LossRecorder(Submission(source, by, at, reason), arm_source)
    with ledger.entry("loss.reported", by=by, at=at) as entry:
        return recorder.record(stated, entry)
