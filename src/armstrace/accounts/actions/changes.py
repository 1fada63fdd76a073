"""Keep beside an account or an agency what was done to it, and why."""

from datetime import datetime

from armstrace.accounts.models import AccountChange, Agency, User
from armstrace.records import lengths
from armstrace.vocabulary.accounts import AccountAct
from armstrace.vocabulary.actors import Actor


def keep(
    act: AccountAct,
    whose: User | Agency,
    reason: str,
    *,
    by: Actor | User,
    at: datetime,
) -> AccountChange:
    """Write down an act and its reason; inside the entry of the act.

    Raises:
        InvalidInput: The reason cannot be kept in its column.

    Source:
        Rule of this design: what takes something away has its reason.
    """
    lengths.require_fits(reason.strip(), lengths.REASON)
    return AccountChange.objects.create(
        act=act.value,
        user=whose if isinstance(whose, User) else None,
        agency=whose if isinstance(whose, Agency) else None,
        reason=reason.strip(),
        by=by.name,
        at=at,
    )
