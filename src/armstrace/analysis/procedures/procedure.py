"""A standing procedure: triggers, the steps that they open, the order of these."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from armstrace.analysis.procedures.facts import Condition, RecoveryFacts
from armstrace.vocabulary.procedures import StepAnswer


@dataclass(frozen=True, slots=True)
class Trigger:
    """Facts that open steps.

    Args:
        when: Conditions that all must hold; none holds for every arm.
    """

    code: str
    words: str
    when: tuple[Condition, ...] = ()

    def holds(self, facts: RecoveryFacts) -> bool:
        """Tell whether a recovery meets all conditions."""
        return all(each.holds(facts) for each in self.when)


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Args:
        role: Whose turn it is; a value of ``Role``.
        triggers: Codes of the triggers, any of which opens it.
        after: Codes of steps that come first, where the recovery has them.
        days: Working days from when it can be begun; None where nobody said.
        hours: Work that it takes; None where not known.
        evidence: What shows that it was done.
        waived_by: Roles that may let it go undone; none where empty.
        answer: Which record says that it is done; a value of ``StepAnswer``.
        source: Where it comes from, marked [M] or [D] where it is no treaty text.
    """

    code: str
    words: str
    role: str
    triggers: tuple[str, ...]
    days: int | None
    after: tuple[str, ...] = ()
    hours: float | None = None
    evidence: str = ""
    waived_by: tuple[str, ...] = ()
    answer: str = StepAnswer.PERSON
    source: str = ""


@dataclass(frozen=True)
class Procedure:
    """A version of a standing procedure, its steps in their order.

    Args:
        code: Which procedure it is; its versions share it.
        version: Which version.
        valid_from: The first day on which it may be in use.
    """

    code: str
    name: str
    version: str
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
