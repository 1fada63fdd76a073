"""Rules about accounts and tokens that need values only."""

from datetime import datetime, timedelta

from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source

LONGEST_TOKEN = timedelta(days=366)


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


ANOTHER_PERSON = Rule[tuple[str, str]](
    "AC-01",
    message("Nobody changes their own rights; ask another administrator."),
    Source("design", "separation of duties"),
    lambda names: names[0] != names[1],
)
