"""Keep beside an account or an agency what was done to it, and why."""

from datetime import datetime

from armstrace.accounts.models import AccountChange, Agency, User
from armstrace.vocabulary.accounts import AccountAct
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

LONGEST_REASON = 500


def keep(
    act: AccountAct, whose: User | Agency, reason: str, *, by: Actor, at: datetime
) -> AccountChange:
    """Write down an act and its reason; inside the entry of the act.

    Args:
        act: What was done.
        whose: The person or the agency.
        reason: As typed.
        by: Who did it.
        at: When, with time zone.

    Raises:
        InvalidInput: The reason is longer than its column.

    Source:
        Rule of this design: what takes something away has its reason.
    """
    require_short(reason)
    return AccountChange.objects.create(
        act=act.value,
        user=whose if isinstance(whose, User) else None,
        agency=whose if isinstance(whose, Agency) else None,
        reason=reason.strip(),
        by=by.name,
        at=at,
    )


def require_short(reason: str) -> None:
    """Refuse a reason that is longer than its column.

    Raises:
        InvalidInput: It is.
    """
    if len(reason.strip()) > LONGEST_REASON:
        msg = message(
            "The reason is longer than %(most)s characters; shorten it.",
            most=LONGEST_REASON,
        )
        raise InvalidInput(msg, field="reason")
