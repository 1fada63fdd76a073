"""Rules of holders and licences that need no database."""

from dataclasses import dataclass

from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source

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
