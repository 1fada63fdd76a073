"""What the machine could not do, as a refusal that a person can act on.

A database that is away, a disk that is full and a colleague who was quicker are no
faults of the programme: the interfaces answer 503 or 409 with one sentence, and
nothing was done by halves, because an act is one transaction.
"""

import errno
import re

from django.db import DataError, IntegrityError, InterfaceError, OperationalError

from armstrace.records import rules
from armstrace.vocabulary.errors import ArmstraceError, InvalidInput, SourceUnavailable
from armstrace.vocabulary.messages import Message, message

AWAY = message(
    "The database cannot be reached; nothing was changed, so try again in a minute."
)
FULL = message(
    "The disk is full; nothing was changed, so tell the administrator and try again "
    "when there is space."
)
BUSY = message(
    "Others are writing at this moment; nothing was changed, so try again in a minute."
)
CLOSED = message(
    "What is kept here cannot be written at present; nothing was changed, so tell the "
    "administrator."
)
CLOCK = message(
    "A colleague saved at the same moment, or the clock of this machine is behind; "
    "nothing was changed, so send it again."
)
TOO_LARGE = message("A number or a text is too large to be kept; check what was typed.")

DISK_FULL = "53100"
# Serialization failure, deadlock, unique and exclusion violation.
CLASH = frozenset({"40001", "40P01", "23505", "23P01"})
# A version would end before it was known: ``ends_after_known`` of its table.
_ENDS_TOO_EARLY = re.compile(r"check constraint.*_times\b", re.IGNORECASE)
LOCKED = frozenset({"55P03"})
# Of the errors of SQLite Python gives a text; newer ones name the code as well.
SQLITE = (
    ("database or disk is full", FULL),
    ("database is locked", BUSY),
    ("database table is locked", BUSY),
    ("readonly database", CLOSED),
    ("disk I/O error", CLOSED),
)
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
NOT_WRITABLE = frozenset({errno.EROFS, errno.EIO})


def explain(error: BaseException | None) -> ArmstraceError | None:
    """Give the refusal that an error of the machine is; None where it is a fault.

    Args:
        error: As Django, a driver of a database or the system raised it.
    """
    match error:
        case ArmstraceError():
            return error
        case OSError():
            return _of_the_system(error)
        case IntegrityError() | OperationalError() | InterfaceError():
            return _of_the_database(error)
        case DataError() | OverflowError():
            return InvalidInput(TOO_LARGE)
    return None


def _of_the_system(error: OSError) -> ArmstraceError | None:
    if error.errno in NO_SPACE:
        return SourceUnavailable(FULL)
    return SourceUnavailable(CLOSED) if error.errno in NOT_WRITABLE else None


def _of_the_database(error: Exception) -> ArmstraceError | None:
    state = getattr(error.__cause__, "sqlstate", None)
    said = str(error)
    if state in CLASH or "UNIQUE constraint failed" in said:
        return rules.SAVED_FIRST.broken((False,))
    if _ENDS_TOO_EARLY.search(said):
        return SourceUnavailable(CLOCK)
    if isinstance(error, IntegrityError):
        return None
    return SourceUnavailable(_reason(state, said))


def _reason(state: str | None, said: str) -> Message:
    if state == DISK_FULL:
        return FULL
    if state in LOCKED:
        return BUSY
    return next((why for sign, why in SQLITE if sign in said), AWAY)
