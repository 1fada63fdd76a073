"""Put arms on the register, and correct what stands there."""

from collections.abc import Sequence
from datetime import datetime

from armstrace.audit import ledger
from armstrace.records.statements import Submission
from armstrace.registry.arm_statements import ArmRecorder
from armstrace.registry.inputs import ArmInput
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.outcomes import Recorded, Settlement


def register_arms(
    *,
    source: str,
    stated: Sequence[ArmInput],
    reason: str = "",
    settlement: Settlement = Settlement.HOLD,
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
    recorder = ArmRecorder(Submission(source, by, at, reason, settlement))
    with ledger.entry("arm.registered", by=by, at=at) as entry:
        return recorder.record(stated, entry)
