"""Correct what is known of a registered arm; the earlier state stays."""

from datetime import datetime
from typing import Any

from armstrace.audit import ledger
from armstrace.records.submissions import Submission
from armstrace.registry import at_desk, rules
from armstrace.registry.arm_statements import ArmRecorder, restate
from armstrace.registry.models import ArmRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.outcomes import Recorded, RowOutcome, Settlement


def correct_arm(
    *,
    arm_id: int,
    changes: dict[str, Any],
    reason: str,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Recorded:
    """Correct the marks of an arm, or what is noted of it.

    Args:
        changes: What is to read otherwise, by the fields of ``Description`` and of
            ``ArmInput``; everything else stays.

    Returns:
        Its outcome: corrected, or unchanged where nothing is to read otherwise.
        What the register stated last is kept with it, so that it may repeat it.

    Raises:
        RuleBroken: ``RG-01``, somebody has corrected it since; ``RG-05``, it was
            withdrawn; ``RS-01``, there is no reason.

    Source:
        Firearms Protocol, art. 7; MOSAIC 05.30 (corrections keep what stood).
    """
    by.require("registry.record")
    if not changes:
        return Recorded(RowOutcome.UNCHANGED, arm_id)
    with ledger.entry("arm.corrected", by=by, at=at) as entry:
        arm = at_desk.lock_arm(arm_id)
        rules.NOT_WITHDRAWN.require(arm.basis)
        record = ArmRecord.objects.current().get(arm_id=arm_id)
        rules.SEEN.require((arm.reference, seen in {None, record.pk}))
        told = Submission(arm.source, by, at, reason, Settlement.CORRECT)
        stated = restate(arm.source_number, record, changes)
        return ArmRecorder(told).record_one(stated, entry)
