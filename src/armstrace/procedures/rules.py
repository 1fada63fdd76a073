"""Rules of standing procedures: whose turn it is, who waives, when one closes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from armstrace.registry.same_arm import rule_of_double
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.messages import Message, join, message
from armstrace.vocabulary.procedures import UNDONE, StepAnswer, StepStanding
from armstrace.vocabulary.rules import Rule, plain_rule, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason

PAPER = Source("paper-2018", "paras. 62-66, 93")
TWO_PERSONS = Source("design", "who does a step, or asks, does not waive it")
KEPT = Source("design", "what was entered twice is withdrawn and kept")
WHOLE = Source("design", "each step keeps its version")

BY_RECORD = (StepAnswer.TRACE, StepAnswer.ORIGIN, StepAnswer.CASE)
"""Answers that only a record gives; nobody says so by hand."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One step, before something is done with it."""

    # The recovery as people write it, such as R12.
    number: str
    # What the step asks.
    step: Message
    state: StepStanding
    role: Role
    answer: StepAnswer
    # Roles that may let it go undone.
    waived_by: Collection[str]
    by: str
    acts_as: Role
    # Who asked that it be waived; empty where nobody did.
    asked_by: str = ""
    # Whose work the recovery is; empty for nobody's.
    responsible: str = ""
    # Whether a record says that it is done.
    is_by_record: bool = False

    @property
    def roles(self) -> list[Role]:
        """Those roles, which a sentence names."""
        return [Role(each) for each in self.waived_by]

    @property
    def waits_for_own_waiver(self) -> bool:
        """Tell whether who acts asked for a waiver that nobody decided on."""
        return self.asked_by == self.by and self.state in UNDONE


def _second(facts: Facts) -> Message:
    """Say why this person does not decide on the waiver, and who may."""
    if facts.by == facts.asked_by:
        return message(
            "You asked to waive “%(step)s” of %(number)s; a second person decides, "
            "of these roles: %(roles)s."
        )
    if facts.by == facts.responsible:
        return message(
            "%(number)s is your work, so another person decides whether “%(step)s” "
            "is waived, of these roles: %(roles)s."
        )
    return message(
        "“%(step)s” of %(number)s is for your role to do, so another role decides "
        "whether it is waived: %(roles)s."
    )


SEEN = rule_as_seen("PR-01")
UNLOCKED = Rule[Facts](
    "PR-02",
    message("“%(step)s” of %(number)s waits for an earlier step; do that first."),
    PAPER,
    lambda facts: facts.state is not StepStanding.LOCKED,
)
NOT_ENDED = Rule[Facts](
    "PR-03",
    message("“%(step)s” of %(number)s is done or waived; look at it again."),
    PAPER,
    lambda facts: facts.state in UNDONE,
)
OWN_TURN = Rule[Facts](
    "PR-04",
    message("“%(step)s” of %(number)s is for the role “%(role)s”; ask one of them."),
    PAPER,
    lambda facts: facts.acts_as is facts.role,
)
BY_HAND = Rule[Facts](
    "PR-05",
    message(
        "“%(step)s” of %(number)s is done by its record; open the recovery and "
        "decide it there."
    ),
    PAPER,
    lambda facts: facts.answer not in BY_RECORD,
)
DONE_BY_HAND = Rule[Facts](
    "PR-22",
    message(
        "“%(step)s” of %(number)s was not said to be done by a person; change the "
        "record that says so."
    ),
    WHOLE,
    lambda facts: facts.state is StepStanding.DONE and not facts.is_by_record,
)
OF_NOW = plain_rule(
    "PR-24",
    message(
        "This step of %(exhibit)s was asked before the recovery was opened again and "
        "stays as it is; act on the step that is asked now."
    ),
    WHOLE,
)
"""The facts are the recovery and whether the step is asked in its present round."""
SHOWN = Rule[tuple[str, str]](
    "PR-06",
    message("Write what shows that the step is done, or what was found."),
    PAPER,
    lambda said: any(map(str.isalnum, said[0])) or is_reason(said[1]),
)
REASONED = rule_of_reason("PR-07", PAPER)
NOT_ASKED = Rule[Facts](
    "PR-08",
    lambda facts: message(
        "%(person)s has asked for this waiver already; it waits for a supervisor.",
        person=facts.asked_by,
    ),
    TWO_PERSONS,
    lambda facts: not facts.asked_by,
)
ASKED = Rule[Facts](
    "PR-09",
    message(
        "Nobody has asked to waive “%(step)s” of %(number)s; somebody else asks first."
    ),
    TWO_PERSONS,
    lambda facts: bool(facts.asked_by),
)
SECOND_PERSON = Rule[Facts](
    "PR-10",
    _second,
    TWO_PERSONS,
    lambda facts: (
        facts.by not in {facts.asked_by, facts.responsible}
        and facts.acts_as is not facts.role
    ),
)
WAIVABLE = Rule[Facts](
    "PR-11",
    message("The procedure lets nobody waive “%(step)s” of %(number)s; it is done."),
    PAPER,
    lambda facts: bool(facts.waived_by),
)
MAY_WAIVE = Rule[Facts](
    "PR-12",
    message("Only these roles may waive it: %(roles)s."),
    TWO_PERSONS,
    lambda facts: facts.acts_as in facts.waived_by,
)
ALL_ENDED = Rule[tuple[str, int]](
    "PR-13",
    message(
        "Open steps of %(number)s: %(count)s; do them, or have them waived, before it "
        "is closed."
    ),
    PAPER,
    lambda facts: not facts[1],
)
OPEN = Rule[tuple[str, bool]](
    "PR-14",
    message("%(number)s is closed; open it again first."),
    PAPER,
    lambda facts: not facts[1],
)
CLOSED = plain_rule("PR-15", message("%(number)s is not closed."), PAPER)
NEW_VERSION = plain_rule(
    "PR-16",
    message(
        "There is a version %(version)s of “%(code)s” with other content; give yours "
        "another number."
    ),
    WHOLE,
)
VALID = Rule[tuple[date, date]](
    "PR-17",
    message("This version is valid from %(day)s; put it into use then."),
    WHOLE,
    lambda facts: facts[0] <= facts[1],
)
LAST_CHANGE = Rule[bool](
    "PR-18",
    message("Only the last change that nobody took back can be taken back."),
    WHOLE,
    bool,
)
PREVIEWED = Rule[bool](
    "PR-19",
    message(
        "The recoveries or the version in use have changed since the preview; look at "
        "it again."
    ),
    WHOLE,
    bool,
)
PUT_BY_ANOTHER = Rule[tuple[str, str]](
    "PR-28",
    message(
        "You saved this version yourself; ask a second person who keeps procedures to "
        "put it into use."
    ),
    Source("design", "who writes a procedure does not put it into use"),
    lambda people: people[0] != people[1],
)
"""The facts are who kept the version, and who puts it into use."""

IS_ARM = plain_rule(
    "PR-20",
    message("%(number)s is not an arm; only arms have steps of a procedure."),
    PAPER,
)
NOTHING_LEFT_OUT = Rule[tuple[str, list[StepAnswer]]](
    "PR-23",
    message(
        "%(number)s was never asked for: %(answers)s. Put a procedure into use that "
        "asks each arm for them; then it can be closed."
    ),
    PAPER,
    lambda facts: not facts[1],
)
"""The facts are the recovery and the decisions that no step of it asks for."""

SECOND_CLOSES = plain_rule(
    "PR-30",
    message(
        "The procedure asks nothing of %(number)s because of its kind of recovery, so "
        "a supervisor closes it; ask one, or correct the kind."
    ),
    TWO_PERSONS,
)
"""The facts are the recovery and whether it was asked, or a supervisor closes it."""

OTHER_RECOVERY = Rule[bool](
    "PR-25",
    message(
        "A recovery is withdrawn as a duplicate of another one on record; give the "
        "number of that one."
    ),
    KEPT,
    bool,
)
# The facts are the exhibits, traces and ballistic marks that it would leave alone.
LEFT_ALONE = Rule[tuple[str, ...]](
    "PR-26",
    lambda held: message(
        "This record has the exhibit, trace or mark %(held)s, so it stays; withdraw "
        "the other one of the two, or decide that one item was entered twice.",
        held=", ".join(held),
    ),
    KEPT,
    lambda held: not held,
)
MAY_BE_DOUBLE = rule_of_double("PR-29", KEPT)
SURELY_DOUBLE = Rule[tuple[str, str, bool]](
    "PR-33",
    lambda facts: message(
        "%(number)s has open steps, and the make and serial number of the two records "
        "do not show, as they were first recorded, that it is %(other)s. Ask a "
        "supervisor who corrected neither to withdraw it.",
        number=facts[0],
        other=facts[1],
    ),
    TWO_PERSONS,
    lambda facts: facts[2],
)
"""The facts are the two records, and whether they agree or a supervisor looked."""
# The facts are the record that stands, and what the withdrawn one alone is asked.
NOTHING_LOST = Rule[tuple[str, list[Message]]](
    "PR-31",
    lambda facts: message(
        "%(number)s, which stands, is not asked for what is open here: %(steps)s. "
        "Correct the context or kind of %(number)s, withdraw %(number)s as the "
        "duplicate instead, or have these steps waived.",
        number=facts[0],
        steps=join(facts[1], "; "),
    ),
    KEPT,
    lambda facts: not facts[1],
)

IS_WITHDRAWN = plain_rule(
    "PR-27",
    message("This record is not withdrawn; there is nothing to bring back."),
    KEPT,
)


# What each act on a step has to keep, in the order in which it is told.
TO_DO = (NOT_ENDED, UNLOCKED, BY_HAND, OWN_TURN)
TO_ASK = (NOT_ENDED, WAIVABLE, NOT_ASKED)
TO_DECIDE = (NOT_ENDED, ASKED, SECOND_PERSON, MAY_WAIVE)


def to_take_back(facts: Facts) -> tuple[Rule[Facts], ...]:
    """Give what a step meets that is opened again; one's own waiver meets none."""
    return () if facts.waits_for_own_waiver else (DONE_BY_HAND, OWN_TURN)
