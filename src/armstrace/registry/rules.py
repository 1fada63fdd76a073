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
    plain_rule,
    require_all,
    rule_as_seen,
    rule_of_reason,
)
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason

DESIGN = Source("design", "references between records")

CONTRADICTIONS = frozenset({"LC-01", "LC-02", "LC-16", "LC-17"})
"""Rules whose breach cannot be true, whoever tells it.

A register's history may tell of acts that were unlawful; those are recorded, and
the chain shows them. A clerk who records a new act is held to every rule.
"""

OF_HISTORY = tuple(rule for rule in transitions.RULES if rule.code in CONTRADICTIONS)


CHANGES_NO_HANDS = plain_rule(
    "RG-23",
    message(
        "This is not recorded as an event at the desk: pass the arm on, mark it, "
        "exchange its part, or record the recovery."
    ),
    DESIGN,
)

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

KNOWN_ARM = Rule[Reference](
    "IN-01",
    lambda named: message(
        "No arm has the number %(number)s in this register; load the arm first or "
        "correct the number.",
        number=repr(named[0]),
    ),
    DESIGN,
    lambda named: named[0] in named[1],
)
KNOWN_HOLDER = Rule[Reference](
    "IN-02",
    lambda named: message(
        "No holder has the number %(number)s; load the holder first or correct the "
        "number.",
        number=repr(named[0]),
    ),
    DESIGN,
    lambda named: not named[0] or named[0] in named[1],
)


REASONED_JOIN = Rule[str](
    "RG-31",
    message(
        "That two records are one arm, or are not, needs a reason; write what shows it."
    ),
    DESIGN,
    is_reason,
)

type Numbers = tuple[str, str]
"""Make and whole serial number of two arms, as one text each; empty where unread."""

SAME_NUMBERS = Rule[Numbers](
    "RG-32",
    message(
        "Only an arm known from a report alone and a registered arm of the same make "
        "and whole serial number can be one; correct the marks first."
    ),
    DESIGN,
    lambda marks: bool(marks[0]) and marks[0] == marks[1],
)


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

IN_ORDER = Rule[Days](
    "RG-02",
    lambda days: message(
        "There is already an event of this arm on %(last)s, and this one is earlier; "
        "check the day; if it is right, have the registry load the whole life again "
        "from its file.",
        last=days[1] or "",
    ),
    ACTS,
    lambda days: days[0] is None or days[1] is None or days[0] >= days[1],
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


OTHER_HANDS = Rule[Hands](
    "RG-03",
    lambda hands: message(
        "Holder %(holder)s has this arm on record already; choose who receives it.",
        holder=hands.taker,
    ),
    ACTS,
    lambda hands: hands.giver != hands.taker,
)
FITTING_HANDS = Rule[Hands](
    "RG-04",
    lambda hands: message(
        "Holder %(holder)s is not of a kind to which an arm passes in this way; "
        "choose another way, or another holder.",
        holder=hands.taker,
    ),
    ACTS,
    lambda hands: (
        (hands.manner is not Passing.RETURN_TO_DEALER or hands.is_to_trader)
        and (hands.manner is not Passing.HANDED_TO_STATE or hands.is_to_state)
    ),
)
NOT_WITHDRAWN = Rule[str](
    "RG-05",
    message(
        "This record was withdrawn, because the arm is on record twice; go on with "
        "the other one, or bring this one back first."
    ),
    ACTS,
    lambda basis: basis != ArmBasis.WITHDRAWN,
)
FREE_NUMBER = Rule[tuple[str, bool]](
    "RG-06",
    message(
        "The number %(number)s is taken already; leave it empty, and the system gives "
        "one."
    ),
    ACTS,
    lambda named: not named[1],
)
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


OTHER_ARM = Rule[Double](
    "RG-07",
    message(
        "An arm is withdrawn as a duplicate of another arm on record; give the number "
        "of that one."
    ),
    ACTS,
    lambda told: told.arm != told.other and told.is_other_standing,
)
UNRECOVERED = Rule[Double](
    "RG-08",
    message(
        "A recovery is on record of this arm, so that it stays; withdraw the other "
        "one of the two."
    ),
    ACTS,
    lambda told: not told.was_recovered,
)
KEPT_LOSS = Rule[Double](
    "RG-11",
    message(
        "This arm is reported stolen or lost, and the other record does not say so; "
        "report it there first, or withdraw the other one of the two."
    ),
    ACTS,
    lambda told: not told.hides_loss,
)
NOT_REPORTED = Rule[tuple[LifeEventKind, date, str]](
    "RG-44",
    lambda told: message(
        "Report %(report)s on record already says that it was %(kind)s on %(day)s; "
        "correct or withdraw that one if it is wrong.",
        report=told[2],
        kind=told[0],
        day=told[1],
    ),
    ACTS,
    lambda told: not told[2],
)
"""The facts are what happened, the day, and the report that says so, if any."""

GIVER_ON_RECORD = Rule[tuple[str, str]](
    "RG-45",
    lambda told: message(
        "Holder %(holder)s is on record as having the arm, so nobody else gives it; "
        "leave out who gives it, or correct the history of the arm.",
        holder=told[1],
    ),
    ACTS,
    lambda told: told[0] in {"", told[1]} or not told[1],
)
"""The facts are who is said to give the arm, and who is on record as having it."""

NOT_JOINED = Rule[bool](
    "RG-12",
    message(
        "This arm was known from a report alone and is joined with a registered one; "
        "go on with that one, or tell the two apart first."
    ),
    ACTS,
    lambda is_standing: is_standing,
)
STILL_FOLLOWS = Rule[tuple[Event, Message]](
    "RG-14",
    lambda told: message(
        "With this change, the later record of %(day)s (%(event)s) would be "
        "impossible: %(why)s",
        day=told[0].happened_on or message("a day not known"),
        event=told[0].kind,
        why=told[1],
    ),
    ACTS,
    lambda told: not told[1],
)
HELD_THEN = Rule[steps.Step](
    "RG-21",
    lambda step: message(
        "It names holder %(holder)s, who would not have had the arm then; withdraw or "
        "correct that record first.",
        holder=step.event.holder_from,
    ),
    ACTS,
    lambda step: step.event.holder_from in {"", step.before.holder},
)
CORRECTABLE = Rule[tuple[LifeEventKind, bool]](
    "RG-15",
    message(
        "Another record says that the arm was %(event)s; correct that record, and the "
        "history of the arm follows."
    ),
    ACTS,
    lambda told: told[1] and told[0] not in LINKED,
)
NOT_TOLD_AGAIN = Rule[tuple[str, Container[str]]](
    "RG-16",
    message(
        "A person withdrew %(number)s, because it did not happen; leave it out of the "
        "file, or give it another number if it happened after all."
    ),
    ACTS,
    lambda told: told[0] not in told[1],
)
PART_NAMED = Rule[tuple[PartType, str, int | None]](
    "RG-17",
    message(
        "Name the part fitted or the part removed; the frame or receiver is the arm "
        "itself and cannot be exchanged."
    ),
    ACTS,
    lambda told: told[0] is not PartType.FRAME_OR_RECEIVER and any(told[1:]),
)
CONVERTED = Rule[tuple[Collection[str], Collection[str]]](
    "RG-42",
    message(
        "State what the conversion changed: type, calibre, action, ignition, bore, "
        "trait, rounds or a length; other marks are corrected."
    ),
    ACTS,
    lambda told: bool(told[0]) and set(told[0]) <= set(told[1]),
)
PART_FREE = Rule[tuple[str, int | None]](
    "RG-18",
    lambda told: message(
        "A part of this kind with the number %(number)s is on A%(arm)s; record first "
        "that it came off there.",
        number=told[0],
        arm=str(told[1]),
    ),
    ACTS,
    lambda told: told[1] is None,
)
PART_ON_ARM = Rule[tuple[int | None, bool]](
    "RG-19",
    message("That part is not on this arm now; choose another, or none."),
    ACTS,
    lambda told: told[0] is None or told[1],
)
PART_UNMOVED = Rule[bool](
    "RG-20",
    message(
        "A part of this exchange was exchanged again since; withdraw the later "
        "exchange first."
    ),
    ACTS,
    bool,
)
IS_WITHDRAWN = Rule[bool](
    "RG-09",
    message("This record is not withdrawn; there is nothing to bring back."),
    ACTS,
    bool,
)
REASONED_ACT = rule_of_reason("RG-10", ACTS)
