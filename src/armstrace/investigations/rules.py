"""Rules of parallel cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from armstrace.investigations.inputs import EntryInput
from armstrace.vocabulary.dates import EARLIEST
from armstrace.vocabulary.intelligence import Basis
from armstrace.vocabulary.investigations import CaseState, EntryKind
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.networks import HandlingCode, NodeKind
from armstrace.vocabulary.rules import Rule, plain_rule, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason, is_visible

# Kinds of entries that may bear an element of an offence.
BEARING = (EntryKind.EVENT, EntryKind.SUBJECT, EntryKind.DOCUMENT, EntryKind.DECISION)
PARALLEL = Source("paper-2018", "paras. 60-64")
NEED_TO_KNOW = Source("design", "a sealed case is seen by its members alone")

NAMED = Rule[str](
    "IV-01",
    message("A case has a title; write what it is called."),
    PARALLEL,
    is_visible,
)
# The fact is how many aims were chosen.
AIMED = Rule[int](
    "IV-02",
    message("A case is for something; choose at least one of the four aims."),
    PARALLEL,
    lambda aims: aims > 0,
)

REASONED = rule_of_reason("IV-03", PARALLEL)
# The facts are the case and its state.
OPEN = Rule[tuple[str, str]](
    "IV-04",
    message("%(case)s is closed; reopen it before anything in it changes."),
    PARALLEL,
    lambda facts: facts[1] == CaseState.OPEN,
)

# The facts are a sign-in name and the people whose role works on cases.
ABLE = Rule[tuple[str, Mapping[str, str]]](
    "IV-05",
    lambda facts: message(
        "%(person)s does not work on cases; choose somebody whose role does.",
        person=facts[0] or "—",
    ),
    NEED_TO_KNOW,
    lambda facts: facts[0] in facts[1],
)

# The facts are what is asked for, the case, and whether it is in it.
IN_CASE = plain_rule(
    "IV-06", message("%(what)s is not in %(case)s now; look at it again."), PARALLEL
)

# The facts are a sign-in name and whether it is new among the members.
NEW_MEMBER = plain_rule(
    "IV-07", message("%(person)s is a member already."), NEED_TO_KNOW
)


@dataclass(frozen=True, slots=True)
class Membership:
    """A case as an act would leave it."""

    case: str
    # Sign-in name of who leads it; empty for nobody.
    lead: str
    # Sign-in names of its members.
    members: frozenset[str]


LED_BY_MEMBER = Rule[Membership](
    "IV-08",
    message(
        "%(case)s is led by one of its members, so that somebody answers for it; "
        "name another lead first."
    ),
    NEED_TO_KNOW,
    lambda facts: facts.lead in facts.members,
)
# The facts are the case and whether who seals it, or opens it, is a member.
BY_MEMBER = plain_rule(
    "IV-33",
    message("%(case)s is sealed and unsealed by its members; ask one of them."),
    NEED_TO_KNOW,
)
# The facts are the case, its agency, and whether the lead is that agency's to name.
LED_BY_ITS_AGENCY = plain_rule(
    "IV-34",
    message("%(case)s is led by %(agency)s; somebody of that agency names its lead."),
    PARALLEL,
)
SEEN = rule_as_seen("IV-30")
# The facts are the case and whether the act would change anything.
UNCHANGED = plain_rule(
    "IV-09", message("%(case)s is that already; look at it again."), PARALLEL
)

COURT = Source("design", "each fact in the file for court has its source")
HANDLING = Source("design", "a provider’s handling code is kept (Europol H0 to H3)")
LEARNED = Source("paper-2018", "paras. 49 and 60")
OFFENCES = Source("protocol", "art. 5")

SAID = Rule[EntryInput](
    "IV-10",
    message("An entry says something; write what happened, who or what it is."),
    PARALLEL,
    lambda given: is_visible(given.text),
)
DATED = Rule[EntryInput](
    "IV-11",
    message(
        "Under “When”: an event and a charge have a day, a month, a year or a span of "
        "them; write it as precisely as it is known."
    ),
    COURT,
    lambda given: (
        given.kind not in {EntryKind.EVENT, EntryKind.CHARGE} or given.when is not None
    ),
)
DUE = Rule[EntryInput](
    "IV-12",
    message("Under “Due on”: a task and a deadline have a day by which they are due."),
    PARALLEL,
    lambda given: (
        given.kind not in {EntryKind.TASK, EntryKind.DEADLINE}
        or (given.due_on is not None and given.due_on >= EARLIEST)
    ),
)
# The facts are the kind of entry, the first day on which it happened, and today.
HAS_HAPPENED = Rule[tuple[EntryKind, date, date]](
    "IV-37",
    message(
        "Under “When”: that day has not come; an event is what happened. What is to "
        "come is a task or a deadline."
    ),
    PARALLEL,
    lambda facts: facts[0] is not EntryKind.EVENT or facts[1] <= facts[2],
)
# The facts are the day by which it is due, and today.
AHEAD = Rule[tuple[date, date]](
    "IV-31",
    message(
        "Under “Due on”: that day is past; write the day by which the task is to be "
        "done from now on."
    ),
    PARALLEL,
    lambda days: days[0] >= days[1],
)
# The facts are a sign-in name, the case, and whether the person may see it.
SEES_CASE = plain_rule(
    "IV-32",
    message(
        "%(person)s is not a member of %(case)s, which is sealed, and would not see "
        "the task; name a member."
    ),
    NEED_TO_KNOW,
)
SOURCED = Rule[EntryInput](
    "IV-13",
    message(
        "Under “Source”: what is written as a fact has its source, a record, a "
        "statement or a document; name it, or mark the entry as an assessment."
    ),
    COURT,
    lambda given: (
        given.kind not in {EntryKind.EVENT, EntryKind.SUBJECT}
        or given.basis is not Basis.FACT
        or is_visible(given.origin)
    ),
)
EXPLAINED = Rule[EntryInput](
    "IV-14",
    message(
        "A decision needs a reason and the name of the person who took it; write both."
    ),
    PARALLEL,
    lambda given: (
        given.kind is not EntryKind.DECISION
        or (is_reason(given.why) and is_visible(given.person))
    ),
)
IN_A_ROLE = Rule[EntryInput](
    "IV-15",
    message(
        "Under “Role”: a person stands in a case as suspect, convicted, victim, "
        "witness or other; choose which."
    ),
    Source("design", "persons are told apart by their part (2016/680, art. 6)"),
    lambda given: (
        given.kind is not EntryKind.SUBJECT
        or given.subject_kind is not NodeKind.PERSON
        or given.role is not None
    ),
)
SUBJECT_KIND = Rule[EntryInput](
    "IV-16",
    message("Choose whether it is a person, a group, a place, a vehicle or a phone."),
    PARALLEL,
    lambda given: given.kind is not EntryKind.SUBJECT or given.subject_kind is not None,
)
# What every entry has to keep.
OF_ENTRY = (SAID, DATED, DUE, SOURCED, EXPLAINED, IN_A_ROLE, SUBJECT_KIND)

# The facts are what is named, the case, and whether it is in it.
MENTIONED = plain_rule(
    "IV-17",
    message(
        "%(what)s is not in %(case)s; add it to the case first, then name it here."
    ),
    PARALLEL,
)

SEEN_LAST = rule_as_seen("IV-18")
# The facts are the entry and whether it is not withdrawn.
STANDING = plain_rule(
    "IV-19",
    message("Entry %(entry)s was withdrawn and stays so; write a new one."),
    PARALLEL,
)

# The facts are the code of the offence and whether the profile has it that day.
IN_FORCE = plain_rule(
    "IV-20",
    message(
        "The law of that day has no offence %(offence)s; choose one from the list, or "
        "correct the day."
    ),
    OFFENCES,
)

# The facts are the entry and whether it is evidence of what happened.
BEARS = plain_rule(
    "IV-38",
    message(
        "Entry %(entry)s is something to do, a counsel or a charge, and bears no "
        "element; choose an event, a person or thing, a document or a decision."
    ),
    OFFENCES,
)
# The facts are the entry and whether a court may use it.
USABLE = plain_rule(
    "IV-39",
    message(
        "Entry %(entry)s may not be used in court, so no charge rests on it; write the "
        "permission of its provider into it first."
    ),
    HANDLING,
)
# The facts are the element, the offence, and whether the one has the other.
ELEMENT = plain_rule(
    "IV-21",
    message(
        "%(element)s is not an element of offence %(offence)s; choose one from the "
        "list."
    ),
    OFFENCES,
)


@dataclass(frozen=True, slots=True)
class Closing:
    """A case as it would be closed."""

    # The aims of the case that have no result.
    aims: tuple[str, ...]
    # What follows so that it does not happen again.
    preventive_action: str
    # What was learned, as far as it says something.
    lessons: int


AIMS_ANSWERED = Rule[Closing](
    "IV-22",
    message(
        "Say how far each aim of the case was reached; there is no result for: "
        "%(aims)s."
    ),
    LEARNED,
    lambda facts: not facts.aims,
)
PREVENTED = Rule[Closing](
    "IV-23",
    message(
        "Under “Preventive action”: write what follows from the case, so that the next "
        "arms do not go the same way."
    ),
    LEARNED,
    lambda facts: is_reason(facts.preventive_action),
)
TAUGHT = Rule[Closing](
    "IV-24",
    message(
        "Under “What was learned”: a case is closed with at least one thing that it "
        "taught, such as a source, a route or a way of working."
    ),
    LEARNED,
    lambda facts: facts.lessons > 0,
)
# The facts are the case, and whether it says something or another person closes it.
NOT_EMPTY = plain_rule(
    "IV-35",
    message(
        "Nothing is written in %(case)s, so another person than who opened it closes "
        "it; write down what was found, or ask a colleague."
    ),
    LEARNED,
)
# The facts are the case, and what is still carried out in it.
NOTHING_RUNS = Rule[tuple[str, tuple[str, ...]]](
    "IV-36",
    message("%(case)s stays open while %(running)s is in force; end that first."),
    PARALLEL,
    lambda facts: not facts[1],
)
# What the end of a case has to keep.
OF_CLOSING = (AIMS_ANSWERED, PREVENTED, TAUGHT)

# The facts are the case and its state.
CLOSED = Rule[tuple[str, str]](
    "IV-25",
    message("%(case)s is open already."),
    PARALLEL,
    lambda facts: facts[1] == CaseState.CLOSED,
)

# The facts are the case and the numbers of entries that may not be used in court.
FOR_COURT = Rule[tuple[str, tuple[str, ...]]](
    "IV-26",
    message(
        "%(case)s is not printed for court: without a permission of their provider, "
        "these entries may not be used there: %(entries)s. Write the permission into "
        "each, or withdraw it."
    ),
    HANDLING,
    lambda facts: not facts[1],
)


def needs_permission(handling: str, permission: str) -> bool:
    """Tell whether an entry may not be used in court as it stands."""
    return handling != HandlingCode.H0 and not is_visible(permission)


# The facts are the entry and its kind.
DOABLE = Rule[tuple[str, str]](
    "IV-27",
    message(
        "Entry %(entry)s is neither a task nor a deadline; there is nothing to do."
    ),
    PARALLEL,
    lambda facts: facts[1] in {EntryKind.TASK, EntryKind.DEADLINE},
)

# The facts are the entry, who wrote it, and whether it is for these eyes.
READABLE = Rule[tuple[str, str, bool]](
    "IV-28",
    message(
        "Entry %(entry)s is held back from you by its handling code; ask %(person)s."
    ),
    HANDLING,
    lambda facts: facts[2],
)
# The facts are the entry and whether it was changed since it was written.
UNDOABLE = plain_rule(
    "IV-29",
    message("Entry %(entry)s has nothing to undo; withdraw it where it is wrong."),
    PARALLEL,
)
