"""The facts of a recovery that a procedure may ask, and how it asks them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from armstrace.vocabulary.arms import ArmType, Modification, ProductionClass
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.procedures import FactKind, FactTest
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
    words: str
    kind: FactKind
    # The list that its codes are of.
    codes: type[Code] | None = None


FACTS: Mapping[str, Fact] = {
    "criminal_contexts": Fact("Criminal context", FactKind.CODES, CriminalContext),
    "recovery_kind": Fact("Kind of recovery", FactKind.CODES, RecoveryKind),
    "legal_justification": Fact(
        "Legal justification", FactKind.CODES, LegalJustification
    ),
    "arm_type": Fact("Type", FactKind.CODES, ArmType),
    "production_class": Fact("Production class", FactKind.CODES, ProductionClass),
    "modification": Fact("Modification", FactKind.CODES, Modification),
    "serial_status": Fact("Serial number status", FactKind.CODES, SerialStatus),
    "quantity": Fact("Arms in the same case", FactKind.NUMBER),
    "place_kind": Fact("Kind of place", FactKind.CODES, PlaceKind),
    "region": Fact("Region", FactKind.TEXT),
    "country": Fact("Country", FactKind.TEXT),
    "is_repeat": Fact("Recovered before", FactKind.FLAG),
    "is_linked": Fact("Linked by ballistics", FactKind.FLAG),
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
