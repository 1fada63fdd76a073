"""A standing procedure: triggers, the facts that they ask, the steps that they open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from armstrace.vocabulary.arms import ArmType, Modification, ProductionClass
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.procedures import FactKind, FactTest, StepAnswer
from armstrace.vocabulary.recoveries import (
    CriminalContext,
    LegalJustification,
    PlaceKind,
    RecoveryKind,
)


@dataclass(frozen=True, slots=True)
class RecoveryFacts:
    """What is known of one recovered arm; unknown is ``UNKNOWN``, empty or None."""

    criminal_contexts: tuple[str, ...] = ()
    recovery_kind: str = RecoveryKind.UNDECIDED
    legal_justification: str = LegalJustification.UNKNOWN
    arm_type: str = ArmType.UNKNOWN
    production_class: str = ProductionClass.UNKNOWN
    modification: str = Modification.UNKNOWN
    serial_status: str = SerialStatus.UNKNOWN
    # Arms taken together in one case; None where not known.
    quantity: int | None = None
    place_kind: str = PlaceKind.UNKNOWN
    region: str = ""
    country: str = ""
    # Whether the arm was recovered before.
    is_repeat: bool | None = None
    # Whether ballistics links it to another scene or arm.
    is_linked: bool | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that a condition may ask."""

    # As pages call it.
    words: Message
    kind: FactKind
    # The list that its codes are of.
    codes: type[Code] | None = None


FACTS: Mapping[str, Fact] = {
    "criminal_contexts": Fact(
        message("Criminal context"), FactKind.CODES, CriminalContext
    ),
    "recovery_kind": Fact(message("Kind of recovery"), FactKind.CODES, RecoveryKind),
    "legal_justification": Fact(
        message("Legal justification"), FactKind.CODES, LegalJustification
    ),
    "arm_type": Fact(message("Type"), FactKind.CODES, ArmType),
    "production_class": Fact(
        message("Production class"), FactKind.CODES, ProductionClass
    ),
    "modification": Fact(message("Modification"), FactKind.CODES, Modification),
    "serial_status": Fact(
        message("Serial number status"), FactKind.CODES, SerialStatus
    ),
    "quantity": Fact(message("Arms in the same case"), FactKind.NUMBER),
    "place_kind": Fact(message("Kind of place"), FactKind.CODES, PlaceKind),
    "region": Fact(message("Region"), FactKind.TEXT),
    "country": Fact(message("Country"), FactKind.TEXT),
    "is_repeat": Fact(message("Recovered before"), FactKind.FLAG),
    "is_linked": Fact(message("Linked by ballistics"), FactKind.FLAG),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What one fact must be."""

    # A key of ``FACTS``.
    fact: str
    # A value of ``FactTest``.
    test: str
    # What it is compared with, as text; ``true`` and ``false`` for flags.
    values: tuple[str, ...]

    def holds(self, facts: RecoveryFacts) -> bool:
        """Tell whether the facts meet it; what is not known meets no condition.

        ``none_of`` asks whether none is stated, so that it holds where nothing is.
        """
        given: Any = getattr(facts, self.fact)
        if self.test in {FactTest.ANY_OF, FactTest.NONE_OF}:
            stated = (given,) if isinstance(given, str) else given
            is_met = bool({*map(_fold, stated)} & {*map(_fold, self.values)})
            return is_met is (self.test == FactTest.ANY_OF)
        if given is None:
            return False
        (value,) = self.values
        if self.test == FactTest.IS:
            return given is (value == "true")
        is_floor = self.test == FactTest.AT_LEAST
        return bool(given >= int(value) if is_floor else given <= int(value))


def _fold(text: str) -> str:
    return text.strip().casefold()


def can_hold(conditions: tuple[Condition, ...]) -> bool:
    """Tell whether any recovery can meet all of some sound conditions."""
    by_fact: dict[str, list[Condition]] = {}
    for each in conditions:
        by_fact.setdefault(each.fact, []).append(each)
    return all(_can_hold(FACTS[fact], fact, them) for fact, them in by_fact.items())


def _can_hold(fact: Fact, name: str, asked: list[Condition]) -> bool:
    if fact.kind is FactKind.FLAG:
        return len({each.values for each in asked}) == 1
    if fact.kind is FactKind.NUMBER:
        floors = [int(c.values[0]) for c in asked if c.test == FactTest.AT_LEAST]
        tops = [int(c.values[0]) for c in asked if c.test == FactTest.AT_MOST]
        return not floors or not tops or max(floors) <= min(tops)
    barred = {
        v.casefold() for c in asked if c.test == FactTest.NONE_OF for v in c.values
    }
    wanted = [
        {v.casefold() for v in c.values} - barred
        for c in asked
        if c.test == FactTest.ANY_OF
    ]
    if name == "criminal_contexts":  # several may hold for one arm
        return all(wanted)
    return not wanted or bool(set.intersection(*wanted))


@dataclass(frozen=True, slots=True)
class Trigger:
    """Facts that open steps."""

    code: str
    words: str
    # Conditions that all must hold; none holds for every arm.
    when: tuple[Condition, ...] = ()

    def holds(self, facts: RecoveryFacts) -> bool:
        """Tell whether a recovery meets all conditions."""
        return all(each.holds(facts) for each in self.when)


@dataclass(frozen=True, slots=True)
class Step:
    code: str
    words: str
    # Whose turn it is; a value of ``Role``.
    role: str
    # Codes of the triggers, any of which opens it.
    triggers: tuple[str, ...]
    # Working days from when it can be begun; None where nobody said.
    days: int | None
    # Codes of steps that come first, where the recovery has them.
    after: tuple[str, ...] = ()
    # Work that it takes; None where not known.
    hours: float | None = None
    # What shows that it was done.
    evidence: str = ""
    # Roles that may let it go undone; none where empty.
    waived_by: tuple[str, ...] = ()
    # Which record says that it is done; a value of ``StepAnswer``.
    answer: str = StepAnswer.PERSON
    # Where it comes from, marked [M] or [D] where it is no treaty text.
    source: str = ""


@dataclass(frozen=True)
class Procedure:
    """A version of a standing procedure, its steps in their order."""

    # Which procedure it is; its versions share it.
    code: str
    name: str
    version: str
    # The first day on which it may be in use.
    valid_from: date
    triggers: tuple[Trigger, ...]
    steps: tuple[Step, ...]
    source: str = ""

    @cached_property
    def by_code(self) -> Mapping[str, Step]:
        return {each.code: each for each in self.steps}

    def steps_for(self, facts: RecoveryFacts) -> tuple[Step, ...]:
        """Give the steps that a recovery opens, in their order."""
        met = {each.code for each in self.triggers if each.holds(facts)}
        return tuple(each for each in self.steps if not met.isdisjoint(each.triggers))

    def levels(self) -> tuple[tuple[Step, ...], ...]:
        """Give the steps by how many others must come before them.

        The procedure is sound: its steps wait for each other in no circle.
        """
        depth: dict[str, int] = {}

        def depth_of(code: str) -> int:
            if code not in depth:
                before = self.by_code[code].after
                depth[code] = max((depth_of(one) + 1 for one in before), default=0)
            return depth[code]

        found: dict[int, list[Step]] = {}
        for each in self.steps:
            found.setdefault(depth_of(each.code), []).append(each)
        return tuple(tuple(found[level]) for level in sorted(found))
