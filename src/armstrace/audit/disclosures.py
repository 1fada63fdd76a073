"""Read personal data only together with the entry that says who read it.

Source:
    Directive (EU) 2016/680, art. 25: consultation logs show the justification,
    the time and the person.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from armstrace.audit import keys, ledger
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ledger import Operation


def disclose[M: models.Model](
    *,
    viewer: Actor,
    at: datetime,
    act: str,
    records: Iterable[M],
    reason: str = "",
) -> list[M]:
    """Hand over records of personal data and write down that they were read.

    Args:
        viewer: Who reads, to which purpose.
        at: When, with time zone.
        act: What was read, as ``word.verb`` (``holder.viewed``).
        records: The records; they are fetched inside the transaction.
        reason: The viewer's justification; only its keyed digest is kept.

    Returns:
        The records, fetched.
    """
    with ledger.entry(act, by=viewer, at=at, op=Operation.CONSULT) as entry:
        found = list(records)
        entry.about_all(found)
        entry.note(justification=keys.hidden(reason) if reason else None)
    return found
