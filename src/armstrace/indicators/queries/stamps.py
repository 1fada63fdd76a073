"""When the records last changed, so that a count need not be made twice."""

from django.db import connection
from django.db.models import Max

from armstrace.audit import ledger
from armstrace.audit.models import LedgerEntry
from armstrace.recoveries.models import CandidateJudgement, Recovery, RecoveryRecord
from armstrace.tracing.models import Trace, TraceDecision
from armstrace.vocabulary.ledger import Operation

CHANGING = tuple(each for each in Operation if each not in ledger.NAMES_ONLY)
COUNTED = (Recovery, RecoveryRecord, CandidateJudgement, Trace, TraceDecision)

type Stamp = tuple[object, ...]


def stamp() -> Stamp:
    """Give what stays the same exactly as long as no act changes a record.

    Every act writes its entry in its own transaction, so the last entry that
    changes anything tells the state of all records. An edit behind the
    application is not seen; ``ledger verify`` names it.

    Returns:
        The state of the records; empty where nothing tells it.
    """
    changed = LedgerEntry.objects.filter(operation__in=CHANGING)
    last = changed.aggregate(last=Max("seq"))["last"]
    if last is None:
        return ()
    leaf = LedgerEntry.objects.values_list("leaf", flat=True).get(pk=last)
    newest = [table.objects.aggregate(pk=Max("pk"))["pk"] for table in COUNTED]
    database = str(connection.settings_dict["NAME"])
    return (database, last, bytes(leaf), *newest)
