"""A standing procedure: triggers, the steps that they open, the order of these."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from armstrace.analysis.procedures.facts import Condition, RecoveryFacts
from armstrace.vocabulary.procedures import StepAnswer


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
    """One step."""

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
        """Give each step by its code."""
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
