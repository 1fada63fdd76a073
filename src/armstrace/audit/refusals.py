"""Leave a leaf where the policy or a rule refused an act.

Source:
    ASVS 5.0, 16.3.2; X-Road audit log (success and failure).
"""

from datetime import datetime, timedelta

from armstrace.audit import ledger
from armstrace.audit.models import LedgerEntry
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ledger import Operation


def record_refusal(*, act: str, why: str, by: Actor, at: datetime) -> None:
    """Write down that something was refused; call it after the rollback.

    Args:
        act: What was refused: ``act.refused`` where no better name is known, or
            the route's name as ``word.verb``.
        why: A code: a rule's (``TD-01``) or ``NOT_PERMITTED``.

    Source:
        Rule of this design: a refusal is a fact that an auditor may ask for.
    """
    with ledger.entry(act, by=by, at=at, op=Operation.REFUSE) as entry:
        entry.note(why=why)


def is_flooded(
    act: str, *, most: int, at: datetime, op: Operation = Operation.REFUSE
) -> bool:
    """Tell whether so many refusals of an act were written in the last minute.

    Args:
        act: As it is written down.
    """
    refused = LedgerEntry.objects.filter(operation=op)
    latest = refused.order_by("-seq").values_list("act", "at")[: most * 2]
    since = at - timedelta(minutes=1)
    return sum(one == act and when > since for one, when in latest) >= most
