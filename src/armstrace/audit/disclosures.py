"""Read personal data only together with the entry that says who read it.

Source:
    Directive (EU) 2016/680, art. 25: consultation logs show the justification,
    the time and the person.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.db import models

from armstrace.audit import ledger
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.texts import is_reason


def asks_reason(grants: Collection[str]) -> bool:
    """Tell whether the installation asks for a reason where one of these is used."""
    return not set(grants).isdisjoint(settings.REASONS_ASKED)


def disclose[M: models.Model](
    *,
    viewer: Actor,
    at: datetime,
    act: str,
    records: Iterable[M],
    reason: str = "",
    grants: Collection[str] = (),
) -> list[M]:
    """Hand over records of personal data and write down that they were read.

    Args:
        act: What was read, as ``word.verb`` (``holder.viewed``).
        records: The records; they are fetched inside the transaction.
        reason: The viewer's justification: its keyed digest stands in the entry.
        grants: What the viewer needs one of; where the installation asks for
            reasons of one of them, none is refused.

    Raises:
        InvalidInput: The installation asks for a reason, and none was given.
        NotPermitted: The viewer has none of the grants.
    """
    if grants and not any(map(viewer.may, grants)):
        viewer.require(next(iter(grants)))
    if asks_reason(grants) and not is_reason(reason):
        msg = message("State why you need the names; the reason is logged.")
        raise InvalidInput(msg, field="Justification")
    with ledger.entry(act, by=viewer, at=at, op=Operation.CONSULT) as entry:
        found = list(records)
        entry.about_all(found)
        entry.justify(reason)
    return found
