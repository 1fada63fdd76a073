"""Rules of standing procedures: whose turn it is, who waives, when one closes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from armstrace.registry.same_arm import rule_of_double
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.messages import Message, join, message
from armstrace.vocabulary.procedures import UNDONE, StepAnswer, StepStanding
from armstrace.vocabulary.rules import Rule, RuleBook, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason

BOOK = RuleBook(__name__)

FOLLOWED_ONCE = BOOK.plain("PR-21")
PAPER = Source("paper-2018", "paras. 62-66, 93")
TWO_PERSONS = Source("design", "who does a step, or asks, does not waive it")
KEPT = Source("design", "what was entered twice is withdrawn and kept")

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
UNLOCKED: Rule[Facts] = BOOK.rule(
    "PR-02", lambda facts: facts.state is not StepStanding.LOCKED
)
NOT_ENDED: Rule[Facts] = BOOK.rule("PR-03", lambda facts: facts.state in UNDONE)
OWN_TURN: Rule[Facts] = BOOK.rule("PR-04", lambda facts: facts.acts_as is facts.role)
BY_HAND: Rule[Facts] = BOOK.rule("PR-05", lambda facts: facts.answer not in BY_RECORD)
DONE_BY_HAND: Rule[Facts] = BOOK.rule(
    "PR-22", lambda facts: facts.state is StepStanding.DONE and not facts.is_by_record
)
OF_NOW = BOOK.plain("PR-24")
"""The facts are the recovery and whether the step is asked in its present round."""
SHOWN: Rule[tuple[str, str]] = BOOK.rule(
    "PR-06", lambda said: any(map(str.isalnum, said[0])) or is_reason(said[1])
)
REASONED = rule_of_reason("PR-07", PAPER)
NOT_ASKED: Rule[Facts] = BOOK.rule(
    "PR-08", lambda facts: not facts.asked_by, lambda facts: {"person": facts.asked_by}
)
ASKED: Rule[Facts] = BOOK.rule("PR-09", lambda facts: bool(facts.asked_by))
SECOND_PERSON = Rule[Facts](
    "PR-10",
    _second,
    TWO_PERSONS,
    lambda facts: (
        facts.by not in {facts.asked_by, facts.responsible}
        and facts.acts_as is not facts.role
    ),
)
WAIVABLE: Rule[Facts] = BOOK.rule("PR-11", lambda facts: bool(facts.waived_by))
MAY_WAIVE: Rule[Facts] = BOOK.rule(
    "PR-12", lambda facts: facts.acts_as in facts.waived_by
)
ALL_ENDED: Rule[tuple[str, int]] = BOOK.rule("PR-13", lambda facts: not facts[1])
OPEN: Rule[tuple[str, bool]] = BOOK.rule("PR-14", lambda facts: not facts[1])
CLOSED = BOOK.plain("PR-15")
NEW_VERSION = BOOK.plain("PR-16")
VALID: Rule[tuple[date, date]] = BOOK.rule("PR-17", lambda facts: facts[0] <= facts[1])
LAST_CHANGE: Rule[bool] = BOOK.rule("PR-18", bool)
PREVIEWED: Rule[bool] = BOOK.rule("PR-19", bool)
PUT_BY_ANOTHER: Rule[tuple[str, str]] = BOOK.rule(
    "PR-28", lambda people: people[0] != people[1]
)
"""The facts are who kept the version, and who puts it into use."""

IS_ARM = BOOK.plain("PR-20")
NOTHING_LEFT_OUT: Rule[tuple[str, list[StepAnswer]]] = BOOK.rule(
    "PR-23", lambda facts: not facts[1]
)
"""The facts are the recovery and the decisions that no step of it asks for."""

SECOND_CLOSES = BOOK.plain("PR-30")
"""The facts are the recovery and whether it was asked, or a supervisor closes it."""

OTHER_RECOVERY: Rule[bool] = BOOK.rule("PR-25", bool)
# The facts are the exhibits, traces and ballistic marks that it would leave alone.
LEFT_ALONE: Rule[tuple[str, ...]] = BOOK.rule(
    "PR-26", lambda held: not held, lambda held: {"held": ", ".join(held)}
)
MAY_BE_DOUBLE = rule_of_double("PR-29", KEPT)
SURELY_DOUBLE: Rule[tuple[str, str, bool]] = BOOK.rule("PR-33", lambda facts: facts[2])
"""The facts are the two records, and whether they agree or a supervisor looked."""
# The facts are the record that stands, and what the withdrawn one alone is asked.
NOTHING_LOST: Rule[tuple[str, list[Message]]] = BOOK.rule(
    "PR-31",
    lambda facts: not facts[1],
    lambda facts: {"number": facts[0], "steps": join(facts[1], "; ")},
)

IS_WITHDRAWN = BOOK.plain("PR-27")


# What each act on a step has to keep, in the order in which it is told.
TO_DO = (NOT_ENDED, UNLOCKED, BY_HAND, OWN_TURN)
TO_ASK = (NOT_ENDED, WAIVABLE, NOT_ASKED)
TO_DECIDE = (NOT_ENDED, ASKED, SECOND_PERSON, MAY_WAIVE)


def to_take_back(facts: Facts) -> tuple[Rule[Facts], ...]:
    """Give what a step meets that is opened again; one's own waiver meets none."""
    return () if facts.waits_for_own_waiver else (DONE_BY_HAND, OWN_TURN)
