"""Rules of tracing that need no database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from armstrace.tracing.inputs import DecisionInput
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule, RuleBook, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason, is_visible
from armstrace.vocabulary.tracing import (
    DiversionKind,
    Establishment,
    TraceAnswer,
    TraceOutcome,
    TraceStanding,
)

BOOK = RuleBook(__name__)


def _is_excepted_on_a_ground(stated: DecisionInput) -> bool:
    if stated.standing is not TraceStanding.EXCEPTED:
        return True
    return bool(stated.exception and is_reason(stated.reason))


def _is_established(stated: DecisionInput) -> bool:
    if not _ends_with(stated, TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED):
        return True
    is_named = stated.diversion.kind is not DiversionKind.UNKNOWN
    is_shown = stated.established is not Establishment.NOT_ESTABLISHED
    return bool(is_named and is_shown and is_reason(stated.reason))


def _names_no_diversion(stated: DecisionInput) -> bool:
    if not _ends_with(stated, TraceOutcome.NO_DIVERSION):
        return True
    return stated.diversion.kind is DiversionKind.UNKNOWN


def _ends_with(stated: DecisionInput, outcome: TraceOutcome) -> bool:
    return stated.standing is TraceStanding.CLOSED and stated.outcome is outcome


IS_ARM = BOOK.plain("TD-01")
# What every decision has to say.
OF_DECISION: tuple[Rule[DecisionInput], ...] = (
    BOOK.rule("TD-02", _is_excepted_on_a_ground),
    BOOK.rule(
        "TD-04",
        lambda stated: (
            stated.standing is not TraceStanding.CLOSED or stated.outcome is not None
        ),
    ),
    BOOK.rule("TD-03", _is_established),
    BOOK.rule("TD-05", _names_no_diversion),
)


# The fact is the arm, and those of which no register has a record.
ON_REGISTER: Rule[tuple[int, Collection[int]]] = BOOK.rule(
    "TD-09", lambda facts: facts[0] not in facts[1]
)


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day that a decision states, and the days between which it can lie."""

    # What interfaces call it.
    field: str
    day: date
    earliest: date
    latest: date


POSSIBLE_DAY: Rule[StatedDay] = BOOK.rule(
    "TD-11",
    lambda told: told.earliest <= told.day <= told.latest,
    lambda told: {
        "field": words_of(told.field),
        "day": told.day,
        "earliest": told.earliest,
        "latest": told.latest,
    },
)
IN_ORDER: Rule[tuple[date, ...]] = BOOK.rule(
    "TD-12", lambda days: list(days) == sorted(days)
)
HOLDER_KNOWN = BOOK.plain("TD-14")
ABROAD = Source("protocol", "art. 12, para. 4")
ANOTHER_STATE: Rule[tuple[str, str]] = BOOK.rule(
    "TD-15", lambda facts: facts[0] not in {"", facts[1]}
)
"""The facts are the State that was asked, and the own one."""

REFERENCED: Rule[str] = BOOK.rule("TD-16", is_visible)
NOT_WAITING = BOOK.plain("TD-17")
WAITS = BOOK.plain("TD-18")
ASKED_ABROAD = BOOK.plain("TD-19")
# The facts are the recovery, the last day of the time to answer, and whether it is
# past, or a supervisor decides with a reason.
TIME_TO_ANSWER: Rule[tuple[str, date, bool]] = BOOK.rule(
    "TD-20", lambda facts: facts[2]
)
RECALLED_FOR_A_REASON = rule_of_reason(
    "TD-21", Source("design", "an act has its reason")
)
SAYS_SOMETHING: Rule[TraceAnswer] = BOOK.rule(
    "TD-22", lambda answer: answer is not TraceAnswer.RECALLED
)
IDENTIFIED = BOOK.plain("TD-13")


@dataclass(frozen=True, slots=True)
class HandingOn:
    """Who would hand a recovery on, and who has it now."""

    recovery: int
    # Whose work it is, empty for nobody's.
    person: str
    by: str
    # Whether the person may hand on what others have.
    may_reassign: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """Who had a recovery when somebody looked, and who has it now."""

    recovery: int
    # Sign-in name, empty for nobody; None where nobody looked.
    seen: str | None
    # Whose work it is now, empty for nobody's.
    person: str


SEEN = rule_as_seen("TD-08")

ONES_OWN: Rule[HandingOn] = BOOK.rule(
    "TD-06", lambda facts: facts.may_reassign or facts.person in {"", facts.by}
)
AS_SEEN = Rule[Taken](
    "TD-10",
    lambda facts: (
        message(
            "%(person)s has taken R%(recovery)s since this page was opened; look at it "
            "again."
        )
        if facts.person
        else message(
            "R%(recovery)s was given back since this page was opened; look at it again."
        )
    ),
    Source("design", "what a colleague decided is not overwritten unseen"),
    lambda facts: facts.seen in {None, facts.person},
)
ONE_OF_THEM: Rule[tuple[str, Collection[str]]] = BOOK.rule(
    "TD-07", lambda facts: facts[0] in facts[1]
)
