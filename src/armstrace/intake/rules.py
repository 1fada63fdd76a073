"""Rules of loading that need no database."""

from armstrace.vocabulary.actors import Agencies, Role
from armstrace.vocabulary.rules import Rule, RuleBook

BOOK = RuleBook(__name__)

LOADED_ONCE = BOOK.plain("IN-03")
OPEN = BOOK.plain("IN-04")
IN_CONFLICT = BOOK.plain("IN-05")

type Stated = tuple[str, Agencies]
"""The agency that a row states, and those for which the actor may record."""

type Granted = tuple[bool, Role, tuple[Role, ...]]
"""Whether an actor may record it, the actor's role, and the roles that may."""

OPEN_AGENCY: Rule[Stated] = BOOK.rule(
    "IN-06",
    lambda told: told[0] in told[1],
    lambda told: {"agency": told[0], "own": told[1].own},
)

LOSSES_OPEN: Rule[Granted] = BOOK.rule(
    "IN-08",
    lambda told: told[0],
    lambda told: {"role": told[1], "others": list(told[2])},
)
