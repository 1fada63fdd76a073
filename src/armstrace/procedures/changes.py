"""What another version of the procedure would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import batched

from armstrace.analysis.procedures.procedure import Procedure
from armstrace.procedures import facts
from armstrace.procedures.models import Followed, Step
from armstrace.records.lookups import among
from armstrace.vocabulary.procedures import StepStanding

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Gains:
    """What open recoveries would gain.

    Args:
        gained: Codes of the steps that each would gain, by recovery.
        kept: Open recoveries that would gain none.
    """

    gained: Mapping[int, tuple[str, ...]]
    kept: int

    def by_step(self) -> dict[str, int]:
        """Count the recoveries that would gain each step."""
        counted: dict[str, int] = {}
        for codes in self.gained.values():
            for code in codes:
                counted[code] = counted.get(code, 0) + 1
        return counted


def gains(procedure: Procedure) -> Gains:
    """Tell what each open recovery would gain from a procedure.

    It has no viewer: only counts of it are shown.
    """
    rows = Followed.objects.filter(is_closed=False).order_by("recovery_id")
    rounds = dict(rows.values_list("recovery_id", "round"))
    gained: dict[int, tuple[str, ...]] = {}
    for some in batched(rounds, CHUNK, strict=False):
        has: dict[int, set[str]] = {}
        kept = Step.objects.current().filter(among("recovery_id", some))
        kept = kept.exclude(state=StepStanding.WITHDRAWN.value)
        for pk, number, code in kept.values_list("recovery_id", "round", "code"):
            if number == rounds[pk]:
                has.setdefault(pk, set()).add(code)
        for pk, known in facts.known_of(some).items():
            opened = procedure.steps_for(known.facts)
            new = tuple(s.code for s in opened if s.code not in has.get(pk, ()))
            if new:
                gained[pk] = new
    return Gains(gained, len(rounds) - len(gained))
