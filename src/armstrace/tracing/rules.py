"""Rules of tracing that need no database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from armstrace.tracing.inputs import DecisionInput
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule, plain_rule, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason, is_visible
from armstrace.vocabulary.tracing import (
    DiversionKind,
    Establishment,
    TraceAnswer,
    TraceOutcome,
    TraceStanding,
)

MOSAIC = Source("mosaic-05.31", "tracing process")
INDICATOR = Source("sdg-16.4.2", "point of diversion")
PAPER = Source("paper-2018", "paras. 62-66")


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


IS_ARM = plain_rule(
    "TD-01",
    message("R%(recovery)s is not an arm; only arms are traced."),
    Source("mosaic-05.31"),
)
# What every decision has to say.
OF_DECISION = (
    Rule[DecisionInput](
        "TD-02",
        message("An arm stays untraced only on a ground and with a reason; give both."),
        MOSAIC,
        _is_excepted_on_a_ground,
    ),
    Rule[DecisionInput](
        "TD-04",
        message("A trace is closed with an outcome; choose how it ended."),
        PAPER,
        lambda stated: (
            stated.standing is not TraceStanding.CLOSED or stated.outcome is not None
        ),
    ),
    Rule[DecisionInput](
        "TD-03",
        message(
            "A point of diversion is confirmed with its kind, with how it was "
            "established and with a reason in words; give all three."
        ),
        INDICATOR,
        _is_established,
    ),
    Rule[DecisionInput](
        "TD-05",
        message(
            "An arm that is still lawfully held has no point of diversion; clear it."
        ),
        INDICATOR,
        _names_no_diversion,
    ),
)


# The fact is the arm, and those of which no register has a record.
ON_REGISTER = Rule[tuple[int, Collection[int]]](
    "TD-09",
    message(
        "A%(arm)s is known only from a report of loss or theft, so no record of it "
        "stands in the national register; choose how else it was established."
    ),
    INDICATOR,
    lambda facts: facts[0] not in facts[1],
)


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day that a decision states, and the days between which it can lie."""

    # What interfaces call it.
    field: str
    day: date
    earliest: date
    latest: date


POSSIBLE_DAY = Rule[StatedDay](
    "TD-11",
    lambda told: message(
        "“%(field)s” is %(day)s, but by the records it lies between %(earliest)s and "
        "%(latest)s; correct the day.",
        field=words_of(told.field),
        day=told.day,
        earliest=told.earliest,
        latest=told.latest,
    ),
    INDICATOR,
    lambda told: told.earliest <= told.day <= told.latest,
)
IN_ORDER = Rule[tuple[date, ...]](
    "TD-12",
    message(
        "The day of the diversion lies from the earliest to the latest; put the three "
        "in order."
    ),
    INDICATOR,
    lambda days: list(days) == sorted(days),
)
HOLDER_KNOWN = plain_rule(
    "TD-14",
    message(
        "The records name no last lawful holder of %(recovery)s; trace it again, or "
        "ask a supervisor to decide it with a reason."
    ),
    INDICATOR,
)
ABROAD = Source("protocol", "art. 12, para. 4")
ANOTHER_STATE = Rule[tuple[str, str]](
    "TD-15",
    message("A request goes to another State; choose which one was asked."),
    ABROAD,
    lambda facts: facts[0] not in {"", facts[1]},
)
"""The facts are the State that was asked, and the own one."""

REFERENCED = Rule[str](
    "TD-16",
    message("Write the number of the request, so that its answer finds it."),
    ABROAD,
    is_visible,
)
NOT_WAITING = plain_rule(
    "TD-17",
    message(
        "A request to %(country)s about %(recovery)s waits for its answer already; "
        "record the answer first."
    ),
    ABROAD,
)
WAITS = plain_rule(
    "TD-18",
    message(
        "No request to %(country)s about %(recovery)s waits for an answer; record "
        "the request first."
    ),
    ABROAD,
)
ASKED_ABROAD = plain_rule(
    "TD-19",
    message(
        "No request to another State about %(recovery)s is on record that ended so; "
        "record whom you asked, when and by which way, and a refusal as its answer."
    ),
    ABROAD,
)
# The facts are the recovery, the last day of the time to answer, and whether it is
# past, or a supervisor decides with a reason.
TIME_TO_ANSWER = Rule[tuple[str, date, bool]](
    "TD-20",
    message(
        "A State that was asked about %(recovery)s has until %(day)s to answer; wait "
        "until then, or ask a supervisor to decide it with a reason."
    ),
    ABROAD,
    lambda facts: facts[2],
)
RECALLED_FOR_A_REASON = rule_of_reason("TD-21", ABROAD)
SAYS_SOMETHING = Rule[TraceAnswer](
    "TD-22",
    message(
        "A State does not recall a request that was sent to it; recall it yourself."
    ),
    ABROAD,
    lambda answer: answer is not TraceAnswer.RECALLED,
)
IDENTIFIED = plain_rule(
    "TD-13",
    message(
        "%(arm)s is not the arm that %(exhibit)s was found to be; judge the candidate "
        "first, or trace the recovery anew."
    ),
    INDICATOR,
)


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

ONES_OWN = Rule[HandingOn](
    "TD-06",
    message(
        "R%(recovery)s is with %(person)s; ask that person or a supervisor to hand it "
        "on."
    ),
    Source("design", "one recovery, one person"),
    lambda facts: facts.may_reassign or facts.person in {"", facts.by},
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
ONE_OF_THEM = Rule[tuple[str, Collection[str]]](
    "TD-07",
    message("%(person)s may not decide on traces; choose somebody of the tracing hub."),
    Source("design", "work is with those who may do it"),
    lambda facts: facts[0] in facts[1],
)
