"""Rules about accounts and tokens that need values only."""

import re
from datetime import datetime, timedelta

from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

LONGEST_TOKEN = timedelta(days=366)
AGENCY_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")
ONE_TIME_LASTS = timedelta(days=7)
"""How long somebody may take to a first sign-in."""


def require_token_period(at: datetime, expires_at: datetime) -> None:
    """Refuse a token that never ends or that has ended.

    Args:
        at: Now, with time zone.
        expires_at: When the token is to end.

    Raises:
        InvalidInput: The period is empty or longer than a year.

    Source:
        ASVS 5.0, 7.4.1.
    """
    if not at < expires_at <= at + LONGEST_TOKEN:
        msg = message(
            "A token lasts from one day to one year; choose an end within it."
        )
        raise InvalidInput(msg, field="expires_at")


def require_person(role: Role) -> None:
    """Refuse to give a person the system's own role.

    Args:
        role: The role that the account is to have.

    Raises:
        InvalidInput: It is the system's.
    """
    if role is Role.SYSTEM:
        msg = message("The system's own role is for no person; choose another role.")
        raise InvalidInput(msg, field="role")


def require_agency_code(code: str) -> None:
    """Refuse a code that could be read for another, or that shows nothing.

    Args:
        code: That the agency is to have.

    Raises:
        InvalidInput: It has other signs, fewer than 2 or more than 20.
    """
    if not AGENCY_CODE.fullmatch(code):
        msg = message(
            "An agency code is 2 to 20 capitals A to Z, digits and hyphens; "
            "choose another."
        )
        raise InvalidInput(msg, field="code")


ANOTHER_PERSON = Rule[tuple[str, str]](
    "AC-01",
    message("Nobody changes their own rights; ask another administrator."),
    Source("design", "separation of duties"),
    lambda names: names[0] != names[1],
)

REASON_IS_GIVEN = Rule[str](
    "AC-02",
    message("What takes something away needs a reason; write why."),
    Source("design", "every act with its reason"),
    is_visible,
)
AN_ADMINISTRATOR_REMAINS = Rule[int](
    "AC-03",
    message(
        "This is the last administrator; give another person the role first, or "
        "nobody could open accounts."
    ),
    Source("design", "somebody can always open accounts"),
    lambda others: others > 0,
)
AGENCY_IS_EMPTY = Rule[int](
    "AC-04",
    lambda people: message(
        "The agency still has %(people)s open accounts; close them first.",
        people=people,
    ),
    Source("design", "every person acts for an open agency"),
    lambda people: people == 0,
)
AGENCY_IS_OPEN = Rule[bool](
    "AC-05",
    message("The agency is closed; open it again, or choose another."),
    Source("design", "every person acts for an open agency"),
    lambda is_open: is_open,
)
