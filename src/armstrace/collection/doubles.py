"""Which arms handed in are perhaps one arm that was taken in twice."""

from django.db.models import QuerySet

from armstrace.collection.models import HandIn
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry.arms_by_marks import MARKS, READ_WHOLE

# A number this short repeats by chance; that it was taken in twice is looked at still.
SHORTEST = 3


def others_like(recovery_id: int) -> QuerySet[HandIn]:
    """Give the other arms handed in that bear the make and whole number of one."""
    rows = RecoveryRecord.objects.current()
    own = rows.filter(recovery_id=recovery_id, serial_status__in=READ_WHOLE)
    marks = own.values(*MARKS).first()
    if marks is None or not marks["make"] or len(marks["serial_search"]) < SHORTEST:
        return HandIn.objects.none()
    alike = rows.filter(make=marks["make"], serial_search=marks["serial_search"])
    others = alike.exclude(recovery_id=recovery_id).values("recovery_id")
    return HandIn.objects.filter(recovery_id__in=others).order_by("pk")
