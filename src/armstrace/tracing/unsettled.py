"""What of a trace is still to do before its arm leaves custody."""

from collections.abc import Iterator

from armstrace.recoveries.models import RecoveryRecord
from armstrace.tracing.models import TraceDecision
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.tracing import TraceStanding


def without_decision(recovery_id: int) -> Iterator[Message]:
    """Say that the trace of a recovered arm is not decided; other items have none.

    Source:
        Background paper (2018), paras 66-72.
    """
    ended = TraceDecision.objects.current().exclude(standing=TraceStanding.OPEN)
    is_arm = RecoveryRecord.objects.current().filter(recovery_id=recovery_id)
    if is_arm.exists() and not ended.filter(trace__recovery_id=recovery_id).exists():
        yield message(
            "The trace of R%(number)s has no decision; decide it first.",
            number=recovery_id,
        )
