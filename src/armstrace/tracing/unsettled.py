"""What of a trace is still to do before its arm leaves custody."""

from collections.abc import Collection, Iterator

from armstrace.records.lookups import among
from armstrace.recoveries.models import RecoveryRecord
from armstrace.tracing.models import TraceDecision
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.tracing import TraceStanding


def without_decision(recovery_ids: Collection[int]) -> Iterator[tuple[int, Message]]:
    """Say which traces of recovered arms are not decided; other items have none.

    Source:
        Background paper (2018), paras 66-72.
    """
    ended = TraceDecision.objects.current().exclude(standing=TraceStanding.OPEN)
    decided = ended.filter(among("trace__recovery_id", recovery_ids))
    arms = RecoveryRecord.objects.current().filter(among("recovery_id", recovery_ids))
    left = set(arms.values_list("recovery_id", flat=True))
    left -= set(decided.values_list("trace__recovery_id", flat=True))
    for recovery_id in sorted(left):
        yield (
            recovery_id,
            message(
                "The trace of R%(number)s has no decision; decide it first.",
                number=recovery_id,
            ),
        )
