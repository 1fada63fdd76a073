"""When what the figures count last changed."""

from django.db.models import Max

from armstrace.audit import stamps
from armstrace.recoveries.models import CandidateJudgement, Recovery, RecoveryRecord
from armstrace.tracing.models import Trace, TraceDecision

COUNTED = (Recovery, RecoveryRecord, CandidateJudgement, Trace, TraceDecision)

type Stamp = stamps.Stamp


def stamp() -> Stamp:
    """Give what stays the same exactly as long as no act changes a figure.

    Returns:
        The state of the records; empty where nothing tells it.
    """
    changed = stamps.last_change()
    if not changed:
        return ()
    return (
        *changed,
        *(table.objects.aggregate(pk=Max("pk"))["pk"] for table in COUNTED),
    )
