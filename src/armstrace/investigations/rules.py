"""Rules of parallel cases."""

from collections.abc import Mapping
from dataclasses import dataclass

from armstrace.vocabulary.investigations import CaseState
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

PARALLEL = Source("paper-2018", "paras. 60-64")
NEED_TO_KNOW = Source("design", "a sealed case is seen by its members alone")

NAMED = Rule[str](
    "IV-01",
    message("A case has a title; write what it is called."),
    PARALLEL,
    is_visible,
)
AIMED = Rule[int](
    "IV-02",
    message("A case is for something; choose at least one of the four aims."),
    PARALLEL,
    lambda aims: aims > 0,
)
"""The fact is how many aims were chosen."""

REASONED = Rule[str](
    "IV-03",
    message("This act needs a reason; write why it is done."),
    PARALLEL,
    is_visible,
)
OPEN = Rule[tuple[str, str]](
    "IV-04",
    lambda facts: message(
        "%(case)s is closed; reopen it before anything in it changes.", case=facts[0]
    ),
    PARALLEL,
    lambda facts: facts[1] == CaseState.OPEN,
)
"""The facts are the case and its state."""

ABLE = Rule[tuple[str, Mapping[str, str]]](
    "IV-05",
    lambda facts: message(
        "%(person)s does not work on cases; choose somebody whose role does.",
        person=facts[0] or "—",
    ),
    NEED_TO_KNOW,
    lambda facts: facts[0] in facts[1],
)
"""The facts are a sign-in name and the people whose role works on cases."""

IN_CASE = Rule[tuple[str, str, bool]](
    "IV-06",
    lambda facts: message(
        "%(what)s is not in %(case)s now; look at it again.",
        what=facts[0],
        case=facts[1],
    ),
    PARALLEL,
    lambda facts: facts[2],
)
"""The facts are what is asked for, the case, and whether it is in it."""

NEW_MEMBER = Rule[tuple[str, bool]](
    "IV-07",
    lambda facts: message("%(person)s is a member already.", person=facts[0]),
    NEED_TO_KNOW,
    lambda facts: facts[1],
)
"""The facts are a sign-in name and whether it is new among the members."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A case as an act would leave it.

    Args:
        case: Its number.
        lead: Sign-in name of who leads it; empty for nobody.
        members: Sign-in names of its members.
    """

    case: str
    lead: str
    members: frozenset[str]


LED_BY_MEMBER = Rule[Membership](
    "IV-08",
    lambda facts: message(
        "%(case)s is led by one of its members, so that somebody answers for it; "
        "name another lead first.",
        case=facts.case,
    ),
    NEED_TO_KNOW,
    lambda facts: facts.lead in facts.members,
)
UNCHANGED = Rule[tuple[str, bool]](
    "IV-09",
    lambda facts: message("%(case)s is that already; look at it again.", case=facts[0]),
    PARALLEL,
    lambda facts: facts[1],
)
"""The facts are the case and whether the act would change anything."""
