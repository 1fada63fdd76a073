"""Rules of parallel cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from armstrace.investigations.inputs import EntryInput
from armstrace.vocabulary.dates import EARLIEST
from armstrace.vocabulary.intelligence import Basis
from armstrace.vocabulary.investigations import CaseState, EntryKind
from armstrace.vocabulary.networks import HandlingCode, NodeKind
from armstrace.vocabulary.rules import Rule, RuleBook, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason, is_visible

BOOK = RuleBook(__name__)

# Kinds of entries that may bear an element of an offence.
BEARING = (EntryKind.EVENT, EntryKind.SUBJECT, EntryKind.DOCUMENT, EntryKind.DECISION)
PARALLEL = Source("paper-2018", "paras. 60-64")

NAMED: Rule[str] = BOOK.rule("IV-01", is_visible)
# The fact is how many aims were chosen.
AIMED: Rule[int] = BOOK.rule("IV-02", lambda aims: aims > 0)

REASONED = rule_of_reason("IV-03", PARALLEL)
# The facts are the case and its state.
OPEN: Rule[tuple[str, str]] = BOOK.rule(
    "IV-04", lambda facts: facts[1] == CaseState.OPEN
)

# The facts are a sign-in name and the people whose role works on cases.
ABLE: Rule[tuple[str, Mapping[str, str]]] = BOOK.rule(
    "IV-05",
    lambda facts: facts[0] in facts[1],
    lambda facts: {"person": facts[0] or "—"},
)

# The facts are what is asked for, the case, and whether it is in it.
IN_CASE = BOOK.plain("IV-06")

# The facts are a sign-in name and whether it is new among the members.
NEW_MEMBER = BOOK.plain("IV-07")


@dataclass(frozen=True, slots=True)
class Membership:
    """A case as an act would leave it."""

    case: str
    # Sign-in name of who leads it; empty for nobody.
    lead: str
    # Sign-in names of its members.
    members: frozenset[str]


LED_BY_MEMBER: Rule[Membership] = BOOK.rule(
    "IV-08", lambda facts: facts.lead in facts.members
)
# The facts are the case and whether who seals it, or opens it, is a member.
BY_MEMBER = BOOK.plain("IV-33")
# The facts are the case, its agency, and whether the lead is that agency's to name.
LED_BY_ITS_AGENCY = BOOK.plain("IV-34")
SEEN = rule_as_seen("IV-30")
# The facts are the case and whether the act would change anything.
UNCHANGED = BOOK.plain("IV-09")


SAID: Rule[EntryInput] = BOOK.rule("IV-10", lambda given: is_visible(given.text))
DATED: Rule[EntryInput] = BOOK.rule(
    "IV-11",
    lambda given: (
        given.kind not in {EntryKind.EVENT, EntryKind.CHARGE} or given.when is not None
    ),
)
DUE: Rule[EntryInput] = BOOK.rule(
    "IV-12",
    lambda given: (
        given.kind not in {EntryKind.TASK, EntryKind.DEADLINE}
        or (given.due_on is not None and given.due_on >= EARLIEST)
    ),
)
# The facts are the kind of entry, the first day on which it happened, and today.
HAS_HAPPENED: Rule[tuple[EntryKind, date, date]] = BOOK.rule(
    "IV-37", lambda facts: facts[0] is not EntryKind.EVENT or facts[1] <= facts[2]
)
# The facts are the day by which it is due, and today.
AHEAD: Rule[tuple[date, date]] = BOOK.rule("IV-31", lambda days: days[0] >= days[1])
# The facts are a sign-in name, the case, and whether the person may see it.
SEES_CASE = BOOK.plain("IV-32")
SOURCED: Rule[EntryInput] = BOOK.rule(
    "IV-13",
    lambda given: (
        given.kind not in {EntryKind.EVENT, EntryKind.SUBJECT}
        or given.basis is not Basis.FACT
        or is_visible(given.origin)
    ),
)
EXPLAINED: Rule[EntryInput] = BOOK.rule(
    "IV-14",
    lambda given: (
        given.kind is not EntryKind.DECISION
        or (is_reason(given.why) and is_visible(given.person))
    ),
)
IN_A_ROLE: Rule[EntryInput] = BOOK.rule(
    "IV-15",
    lambda given: (
        given.kind is not EntryKind.SUBJECT
        or given.subject_kind is not NodeKind.PERSON
        or given.role is not None
    ),
)
SUBJECT_KIND: Rule[EntryInput] = BOOK.rule(
    "IV-16",
    lambda given: given.kind is not EntryKind.SUBJECT or given.subject_kind is not None,
)
# What every entry has to keep.
OF_ENTRY = (SAID, DATED, DUE, SOURCED, EXPLAINED, IN_A_ROLE, SUBJECT_KIND)

# The facts are what is named, the case, and whether it is in it.
MENTIONED = BOOK.plain("IV-17")

SEEN_LAST = rule_as_seen("IV-18")
# The facts are the entry and whether it is not withdrawn.
STANDING = BOOK.plain("IV-19")

# The facts are the code of the offence and whether the profile has it that day.
IN_FORCE = BOOK.plain("IV-20")

# The facts are the entry and whether it is evidence of what happened.
BEARS = BOOK.plain("IV-38")
# The facts are the entry and whether a court may use it.
USABLE = BOOK.plain("IV-39")
# The facts are the element, the offence, and whether the one has the other.
ELEMENT = BOOK.plain("IV-21")


@dataclass(frozen=True, slots=True)
class Closing:
    """A case as it would be closed."""

    # The aims of the case that have no result.
    aims: tuple[str, ...]
    # What follows so that it does not happen again.
    preventive_action: str
    # What was learned, as far as it says something.
    lessons: int


AIMS_ANSWERED: Rule[Closing] = BOOK.rule("IV-22", lambda facts: not facts.aims)
PREVENTED: Rule[Closing] = BOOK.rule(
    "IV-23", lambda facts: is_reason(facts.preventive_action)
)
TAUGHT: Rule[Closing] = BOOK.rule("IV-24", lambda facts: facts.lessons > 0)
# The facts are the case, and whether it says something or another person closes it.
NOT_EMPTY = BOOK.plain("IV-35")
# The facts are the case, and what is still carried out in it.
NOTHING_RUNS: Rule[tuple[str, tuple[str, ...]]] = BOOK.rule(
    "IV-36", lambda facts: not facts[1]
)
# What the end of a case has to keep.
OF_CLOSING = (AIMS_ANSWERED, PREVENTED, TAUGHT)

# The facts are the case and its state.
CLOSED: Rule[tuple[str, str]] = BOOK.rule(
    "IV-25", lambda facts: facts[1] == CaseState.CLOSED
)

# The facts are the case and the numbers of entries that may not be used in court.
FOR_COURT: Rule[tuple[str, tuple[str, ...]]] = BOOK.rule(
    "IV-26", lambda facts: not facts[1]
)


def needs_permission(handling: str, permission: str) -> bool:
    """Tell whether an entry may not be used in court as it stands."""
    return handling != HandlingCode.H0 and not is_visible(permission)


# The facts are the entry and its kind.
DOABLE: Rule[tuple[str, str]] = BOOK.rule(
    "IV-27", lambda facts: facts[1] in {EntryKind.TASK, EntryKind.DEADLINE}
)

# The facts are the entry, who wrote it, and whether it is for these eyes.
READABLE: Rule[tuple[str, str, bool]] = BOOK.rule("IV-28", lambda facts: facts[2])
# The facts are the entry and whether it was changed since it was written.
UNDOABLE = BOOK.plain("IV-29")
