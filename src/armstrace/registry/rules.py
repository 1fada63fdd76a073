"""Rules of the register that need no database."""

from collections.abc import Collection, Container
from dataclasses import dataclass
from datetime import date

from armstrace.analysis.provenance import steps, transitions
from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import State
from armstrace.vocabulary.arms import ArmBasis, LifeEventKind, PartType, Passing
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.rules import (
    Rule,
    RuleBook,
    require_all,
    rule_as_seen,
    rule_of_reason,
)
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason

BOOK = RuleBook(__name__)

KEYED_ONCE = BOOK.plain("MT-06")

CONTRADICTIONS = frozenset({"LC-01", "LC-02", "LC-16", "LC-17"})
"""Rules whose breach cannot be true, whoever tells it.

A register's history may tell of acts that were unlawful; those are recorded, and
the chain shows them. A clerk who records a new act is held to every rule.
"""

OF_HISTORY = tuple(rule for rule in transitions.RULES if rule.code in CONTRADICTIONS)


CHANGES_NO_HANDS = BOOK.plain("RG-23")

# Events of arms that recoveries and exhibits rest on.
LINKED = frozenset(
    {
        LifeEventKind.RECOVERED,
        LifeEventKind.CONFISCATED,
        LifeEventKind.RETAINED_MARKED,
    }
)

type Reference = tuple[str, Container[str]]
"""A number that a statement names, and the numbers that are on record."""

KNOWN_ARM: Rule[Reference] = BOOK.rule(
    "IN-01",
    lambda named: named[0] in named[1],
    lambda named: {"number": repr(named[0])},
)
KNOWN_HOLDER: Rule[Reference] = BOOK.rule(
    "IN-02",
    lambda named: not named[0] or named[0] in named[1],
    lambda named: {"number": repr(named[0])},
)


REASONED_JOIN: Rule[str] = BOOK.rule("RG-31", is_reason)

FITTING_MARKS: Rule[bool] = BOOK.rule("RG-32", bool)


def require_lawful_event(standing: State, event: Event, facts: steps.Facts) -> None:
    """Refuse a new event that may not follow from where the arm stands.

    Args:
        standing: The fold of the arm's earlier events.
        facts: What the desk knows beside the events.

    Raises:
        RuleBroken: ``LC-…``, with one sentence that says why.

    Source:
        Firearms Protocol, arts. 6, 8, 9, 10; life-cycle rules of this design.
    """
    transitions.require(steps.Step(standing, event, facts))


def require_possible_event(standing: State, event: Event) -> None:
    """Refuse an event of a register's history that cannot be true.

    Args:
        standing: The fold of the arm's earlier events.

    Raises:
        RuleBroken: One of ``CONTRADICTIONS``.

    Source:
        Life-cycle rules of this design.
    """
    require_all(OF_HISTORY, steps.Step(standing, event))


ACTS = Source("protocol", "art. 7")

SEEN = rule_as_seen("RG-01")
type Days = tuple[date | None, date | None]
"""The day of a new event, and the last day on record of the arm."""

IN_ORDER: Rule[Days] = BOOK.rule(
    "RG-02",
    lambda days: days[0] is None or days[1] is None or days[0] >= days[1],
    lambda days: {"last": days[1] or ""},
)


@dataclass(frozen=True, slots=True)
class Hands:
    """Both sides of a passing on."""

    manner: Passing
    # Number of the holder on record; empty where there is none.
    giver: str
    # Number of the holder who receives it.
    taker: str
    # Whether the receiver makes, imports or deals in arms.
    is_to_trader: bool
    # Whether the receiver is a body of the State.
    is_to_state: bool


OTHER_HANDS: Rule[Hands] = BOOK.rule(
    "RG-03",
    lambda hands: hands.giver != hands.taker,
    lambda hands: {"holder": hands.taker},
)
FITTING_HANDS: Rule[Hands] = BOOK.rule(
    "RG-04",
    lambda hands: (
        (hands.manner is not Passing.RETURN_TO_DEALER or hands.is_to_trader)
        and (hands.manner is not Passing.HANDED_TO_STATE or hands.is_to_state)
    ),
    lambda hands: {"holder": hands.taker},
)
NOT_WITHDRAWN: Rule[str] = BOOK.rule("RG-05", lambda basis: basis != ArmBasis.WITHDRAWN)
FREE_NUMBER: Rule[tuple[str, bool]] = BOOK.rule("RG-06", lambda named: not named[1])
UNLIKE_ANOTHERS = Rule[tuple[str, int]](
    "RG-13",
    lambda named: (
        FREE_NUMBER.broken((named[0], True)).message
        if named[0] == f"A{named[1]}"
        else message(
            "The number %(number)s reads like that of another arm, A%(arm)s; leave it "
            "empty, and the system gives one.",
            number=named[0],
            arm=str(named[1]),
        )
    ),
    ACTS,
    lambda named: not named[1],
)


@dataclass(frozen=True, slots=True)
class Double:
    """An arm that is to be withdrawn, and the one that stays."""

    arm: int
    other: int
    # Whether the record of that one stands, neither withdrawn nor joined into another.
    is_other_standing: bool
    # Whether recoveries, traces or exhibits are linked to the arm.
    was_recovered: bool
    # Whether the arm is reported stolen or lost, and the other is not.
    hides_loss: bool


OTHER_ARM: Rule[Double] = BOOK.rule(
    "RG-07", lambda told: told.arm != told.other and told.is_other_standing
)
UNRECOVERED: Rule[Double] = BOOK.rule("RG-08", lambda told: not told.was_recovered)
KEPT_LOSS: Rule[Double] = BOOK.rule("RG-11", lambda told: not told.hides_loss)
NOT_REPORTED: Rule[tuple[LifeEventKind, date, str]] = BOOK.rule(
    "RG-44",
    lambda told: not told[2],
    lambda told: {"report": told[2], "kind": told[0], "day": told[1]},
)
"""The facts are what happened, the day, and the report that says so, if any."""

GIVER_ON_RECORD: Rule[tuple[str, str]] = BOOK.rule(
    "RG-45",
    lambda told: told[0] in {"", told[1]} or not told[1],
    lambda told: {"holder": told[1]},
)
"""The facts are who is said to give the arm, and who is on record as having it."""

NOT_JOINED: Rule[bool] = BOOK.rule("RG-12", lambda is_standing: is_standing)
STILL_FOLLOWS: Rule[tuple[Event, Message]] = BOOK.rule(
    "RG-14",
    lambda told: not told[1],
    lambda told: {
        "day": told[0].happened_on or message("a day not known"),
        "event": told[0].kind,
        "why": told[1],
    },
)
HELD_THEN: Rule[steps.Step] = BOOK.rule(
    "RG-21",
    lambda step: step.event.holder_from in {"", step.before.holder},
    lambda step: {"holder": step.event.holder_from},
)
CORRECTABLE: Rule[tuple[LifeEventKind, bool]] = BOOK.rule(
    "RG-15", lambda told: told[1] and told[0] not in LINKED
)
# The facts are what the certificate is about, and whether somebody else ended it.
UNCERTIFIED = BOOK.plain("RG-50")
NOT_TOLD_AGAIN: Rule[tuple[str, Container[str]]] = BOOK.rule(
    "RG-16", lambda told: told[0] not in told[1]
)
PART_NAMED: Rule[tuple[PartType, str, int | None]] = BOOK.rule(
    "RG-17", lambda told: told[0] is not PartType.FRAME_OR_RECEIVER and any(told[1:])
)
CONVERTED: Rule[tuple[Collection[str], Collection[str]]] = BOOK.rule(
    "RG-42", lambda told: bool(told[0]) and set(told[0]) <= set(told[1])
)
PART_FREE: Rule[tuple[str, int | None]] = BOOK.rule(
    "RG-18",
    lambda told: told[1] is None,
    lambda told: {"number": told[0], "arm": str(told[1])},
)
PART_ON_ARM: Rule[tuple[int | None, bool]] = BOOK.rule(
    "RG-19", lambda told: told[0] is None or told[1]
)
PART_UNMOVED: Rule[bool] = BOOK.rule("RG-20", bool)
# Of a notice that the trade gives, whether nobody has to confirm it.
CONFIRMED = BOOK.plain("RG-51")
OTHER_SIDE_ALONE = BOOK.plain("RG-52")
IS_WITHDRAWN: Rule[bool] = BOOK.rule("RG-09", bool)
REASONED_ACT = rule_of_reason("RG-10", Source("design", "an act has its reason"))
