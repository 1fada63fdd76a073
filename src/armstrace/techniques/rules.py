"""Rules of special techniques: what stands before the start, and what ends it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from armstrace.vocabulary.messages import Country, message
from armstrace.vocabulary.rules import Rule, RuleBook, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.techniques import DeliveryMode, OperationStep, Technique
from armstrace.vocabulary.texts import is_visible

BOOK = RuleBook(__name__)

LAW = Source("untoc", "art. 20, para. 1")
TWO_PEOPLE = Source("design", "two people let live arms leave control")
LIVE = frozenset({DeliveryMode.INTACT, DeliveryMode.REPLACED_PART})
"""Modes in which arms that can fire may travel."""

BY_WORD = timedelta(days=1)
"""How long an authority that was given by word of mouth may wait to be written."""

REASONED = rule_of_reason("TE-01", Source("design", "an act has its reason"))
# The facts are the provision that is cited, and those that allow the technique.
IN_LAW: Rule[tuple[str, Collection[str]]] = BOOK.rule(
    "TE-02", lambda facts: facts[0] in facts[1]
)
ANOTHER_AUTHORISES: Rule[tuple[str, str, Collection[str]]] = BOOK.rule(
    "TE-03",
    lambda facts: facts[0] != facts[1] and facts[0] in facts[2],
    lambda facts: {"person": facts[0] or "—"},
)
"""The facts are who is asked, who asks, and who may decide."""

IN_TIME: Rule[tuple[datetime, datetime, datetime]] = BOOK.rule(
    "TE-04", lambda facts: facts[0] < facts[1] and facts[2] < facts[1]
)
"""The facts are when it begins, when it ends, and now."""

NOT_LONG_BEFORE: Rule[tuple[datetime, datetime]] = BOOK.rule(
    "TE-28", lambda facts: facts[1] - facts[0] <= BY_WORD
)
"""The facts are when it begins, and now."""

HAS_TERRITORY: Rule[int] = BOOK.rule("TE-05", lambda states: states > 0)
HAS_MODE: Rule[tuple[Technique, DeliveryMode | None]] = BOOK.rule(
    "TE-06",
    lambda facts: (facts[0] is Technique.CONTROLLED_DELIVERY) == (facts[1] is not None),
)
AUTHORISED = BOOK.plain("TE-07")
"""The facts are the operation's number and whether an authority is in force."""

AGREED: Rule[Collection[str]] = BOOK.rule(
    "TE-08",
    lambda lacking: not lacking,
    lambda lacking: {"states": tuple(map(Country, sorted(lacking)))},
)
AS_IT_RUNS = Rule[tuple[str, bool, bool]](
    "TE-09",
    lambda facts: (
        message("%(operation)s is active already.")
        if facts[1]
        else message("%(operation)s is not active.")
    ),
    LAW,
    lambda facts: facts[1] == facts[2],
)
"""The facts are the number, whether it is active, and whether it should be."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A hand-over, and the States where the delivery is carried out now."""

    from_state: str
    to_state: str
    territory: frozenset[str]


WITHIN: Rule[Leg] = BOOK.rule(
    "TE-10",
    lambda leg: {leg.from_state, leg.to_state} <= leg.territory,
    lambda leg: {
        "states": tuple(
            map(Country, sorted({leg.from_state, leg.to_state} - leg.territory))
        )
    },
)
IS_DELIVERY = BOOK.plain("TE-19")
RELEASED: Rule[tuple[bool, bool]] = BOOK.rule(
    "TE-11", lambda facts: not facts[0] or facts[1]
)
"""The facts are whether live arms travel and whether the flag is set by two."""

ANOTHER_CONFIRMS: Rule[tuple[str, str]] = BOOK.rule(
    "TE-12", lambda facts: facts[0] != facts[1]
)
OF_THE_ASKED: Rule[tuple[str, str, bool]] = BOOK.rule(
    "TE-13", lambda facts: facts[0] == facts[1] and facts[2]
)
"""The facts are who was asked, who decides, and whether it is open."""

OVER = Rule[OperationStep](
    "TE-14",
    lambda step: (
        message(
            "What was learned is written when the operation is over; stop it first."
        )
        if step is OperationStep.ACTIVE
        else message("It was not carried out, so nothing was learned from it yet.")
    ),
    Source("design", "every operation says what was learned"),
    lambda step: step in {OperationStep.STOPPED, OperationStep.ENDED},
)
ABLE: Rule[tuple[str, Collection[str]]] = BOOK.rule(
    "TE-15",
    lambda facts: facts[0] in facts[1],
    lambda facts: {"person": facts[0] or "—"},
)
"""The facts are the person and those who work on operations."""

REFERENCED: Rule[str] = BOOK.rule("TE-16", is_visible)
ANOTHER_SIGNS: Rule[tuple[bool, bool]] = BOOK.rule(
    "TE-17", lambda facts: facts == (True, False)
)
"""The facts are whether there is such a hand-over, and whether it is acknowledged."""

FOR_THESE_EYES: Rule[bool] = BOOK.rule("TE-18", lambda is_named: is_named)
UNCOVERED = BOOK.plain("TE-30")
NOT_SET = Rule[tuple[bool, bool]](
    "TE-20",
    lambda facts: (
        message("The flag is set already; look at it again.")
        if facts[1]
        else message("The flag waits for a second person; ask one to confirm it.")
    ),
    TWO_PEOPLE,
    lambda facts: not facts[0],
)
"""The facts are whether somebody set it, and whether a second person confirmed it."""
OF_ANOTHER_STATE: Rule[tuple[str, str]] = BOOK.rule(
    "TE-21", lambda facts: facts[0] != facts[1]
)
"""The facts are the State that consents, and the own one."""
CONSENT_ENDS: Rule[tuple[bool, datetime | None, datetime]] = BOOK.rule(
    "TE-22",
    lambda facts: not facts[0] or (facts[1] is not None and facts[2] < facts[1]),
)
"""The facts are whether it consents, until when, and now."""

CAN_SIGN: Rule[tuple[str, str, Collection[str]]] = BOOK.rule(
    "TE-23", lambda facts: facts[0] != facts[1] and facts[0] in facts[2]
)
"""The facts are who receives, who hands over, and who is named."""

SIGNED = Rule[tuple[str, str, str]](
    "TE-24",
    lambda facts: (
        message("%(person)s receives it and signs for it; sign in as that person.")
        if facts[0]
        else message(
            "You recorded this hand-over yourself; a second person records what the "
            "receiver signed."
        )
    ),
    TWO_PEOPLE,
    lambda facts: facts[2] == facts[0] if facts[0] else facts[2] != facts[1],
)
"""The facts are who receives, who recorded the hand-over, and who acknowledges."""

STILL_WAITS: Rule[bool] = BOOK.rule("TE-25", lambda is_ahead: is_ahead)

WAS_GIVEN: Rule[bool] = BOOK.rule("TE-26", lambda is_on_record: is_on_record)

LED = BOOK.plain("TE-27")
"""The facts are the operation's number, who asked for it, and whether it is led."""

STILL_LED = BOOK.plain("TE-29")
"""The facts are the person, the number, and whether somebody else leads it."""
