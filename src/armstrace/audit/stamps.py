"""When the records last changed, so that a count need not be made twice."""

from django.db import connection

from armstrace.audit import ledger
from armstrace.audit.models import LedgerEntry
from armstrace.vocabulary.ledger import Operation

CHANGING = tuple(each for each in Operation if each not in ledger.NAMES_ONLY)

type Stamp = tuple[object, ...]


def last_change() -> Stamp:
    """Give what stays the same as long as no act changes a record.

    Every act writes its entry in its own transaction, so the last entry that
    changes anything tells the state of all records. An edit behind the
    application is not seen; ``ledger verify`` names it.

    Returns:
        The state of the records; empty where nothing tells it.
    """
    changed = LedgerEntry.objects.filter(operation__in=CHANGING).order_by("-seq")
    last = changed.values_list("seq", "leaf").first()
    if last is None:
        return ()
    return (str(connection.settings_dict["NAME"]), last[0], bytes(last[1]))
