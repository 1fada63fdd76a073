"""Rules of holders and licences that need no database."""

from dataclasses import dataclass
from datetime import date

from armstrace.vocabulary.licensing import LicenceType
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.profiles import Strength
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason

DESIGN = Source("design", "references between records")


@dataclass(frozen=True, slots=True)
class Licensed:
    """A licence that is stated of a holder.

    Args:
        licence: Its number.
        holder: Number of the holder of whom it is stated.
        known: Number of the holder who has it on record; empty where nobody has.
    """

    licence: str
    holder: str
    known: str


ONE_HOLDER = Rule[Licensed](
    "HO-01",
    lambda told: message(
        "Licence %(licence)s is the licence of holder %(known)s already; correct "
        "the number of the licence, or that of the holder.",
        licence=told.licence,
        known=told.known,
    ),
    DESIGN,
    lambda told: told.known in {"", told.holder},
)


@dataclass(frozen=True, slots=True)
class Receiving:
    """A holder who is to receive an arm, and the licence that is asked for.

    Args:
        holder: The holder's number.
        on: The day.
        asked: The types of licence of which one is enough.
        is_held: Whether one of them is on record and valid on that day.
        strength: What the provision does where none is.
        reason: Why the arm passes nevertheless.
    """

    holder: str
    on: date
    asked: tuple[LicenceType, ...]
    is_held: bool
    strength: Strength
    reason: str = ""


LICENSED = Rule[Receiving](
    "HO-02",
    lambda told: message(
        "Holder %(holder)s has no licence on record that is valid on %(day)s and "
        "allows it (%(licences)s); record the licence first.",
        holder=told.holder,
        day=told.on,
        licences=told.asked,
    ),
    Source("design", "licence of who receives an arm, by the profile"),
    lambda told: told.is_held or told.strength is not Strength.REFUSES,
)
LICENSED_OR_REASONED = Rule[Receiving](
    "HO-03",
    lambda told: message(
        "Holder %(holder)s has no licence on record that is valid on %(day)s and "
        "allows it (%(licences)s); record the licence, or write why the arm passes "
        "nevertheless.",
        holder=told.holder,
        day=told.on,
        licences=told.asked,
    ),
    Source("design", "licence of who receives an arm, by the profile"),
    lambda told: told.is_held or is_reason(told.reason),
)


SEEN = Rule[tuple[int | None, int]](
    "HO-04",
    message(
        "Somebody has corrected this holder since you opened the form; look at what "
        "is on record now, and send it again if it still holds."
    ),
    DESIGN,
    lambda seen: seen[0] is None or seen[0] == seen[1],
)
"""The facts are the version that a person saw, and the newest one."""

FREE_NUMBER = Rule[tuple[str, bool]](
    "HO-05",
    lambda named: message(
        "The number %(number)s is another holder's already; leave it empty, and the "
        "system gives one.",
        number=named[0],
    ),
    DESIGN,
    lambda named: not named[1],
)
"""The facts are a number, and whether a holder has it."""
