"""Which recoveries nobody has compared yet, without what compares them."""

from django.db.models import QuerySet

from armstrace.recoveries.models import RecoveryRecord

# The kind of the jobs that set what was loaded beside all others.
COMPARING = "recoveries.compare"


def not_compared() -> QuerySet[RecoveryRecord]:
    """Give the records that stand and were never set beside others."""
    return RecoveryRecord.objects.current().filter(compared=None)
