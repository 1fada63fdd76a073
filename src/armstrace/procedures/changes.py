"""What another version of the procedure would change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import batched

from armstrace.analysis.procedures.procedure import Procedure
from armstrace.analysis.procedures.procedure import Step as Asked
from armstrace.procedures import facts
from armstrace.procedures.models import Followed, ProcedureVersion, Step
from armstrace.records.lookups import among
from armstrace.vocabulary.procedures import StepStanding

CHUNK = 2_000


@dataclass(slots=True)
class StepChange:
    """Open recoveries in which one step would change.

    Args:
        words: What the step asks.
        gained: They would gain it.
        days: It is open in them, with another number of working days.
        role: It is open in them, for another role.
        evidence: It is open in them, with other evidence required.
        dropped: It is open in them, and would no longer be asked.
    """

    words: str
    gained: int = 0
    days: int = 0
    role: int = 0
    evidence: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Gains:
    """What open recoveries would gain."""

    # Numbers of the recoveries that would gain steps.
    gained: list[int]
    # Open recoveries that would gain none.
    kept: int
    # Each step that would change, by its code.
    by_step: Mapping[str, StepChange]


@dataclass(slots=True)
class _Counting:
    """A proposed procedure, and what it would change so far."""

    procedure: Procedure
    versions: Mapping[int, ProcedureVersion]
    gained: list[int] = field(default_factory=list)
    by_step: dict[str, StepChange] = field(default_factory=dict)

    def add(self, pk: int, known: facts.Known, has: list[Step]) -> None:
        opened = {each.code: each for each in self.procedure.steps_for(known.facts)}
        new = opened.keys() - {row.code for row in has}
        for code in new:
            self._count(opened[code], "gained")
        if new:
            self.gained.append(pk)
        for row in has:
            if row.is_undone:
                before = self.versions[row.version_id].procedure.by_code[row.code]
                for name in _differs(before, opened.get(row.code)):
                    self._count(before, name)

    def _count(self, asked: Asked, name: str) -> None:
        one = self.by_step.setdefault(asked.code, StepChange(asked.words))
        setattr(one, name, getattr(one, name) + 1)


def _differs(before: Asked, now: Asked | None) -> Iterator[str]:
    """Name what is asked otherwise of a step that is open."""
    if now is None:
        yield "dropped"
        return
    for name in ("days", "role", "evidence"):
        if getattr(before, name) != getattr(now, name):
            yield name


def gains(procedure: Procedure) -> Gains:
    """Tell what each open recovery would gain from a procedure, and what differs.

    It has no viewer: only counts of it are shown.
    """
    rows = Followed.objects.filter(is_closed=False).order_by("recovery_id")
    rounds = dict(rows.values_list("recovery_id", "round"))
    counting = _Counting(procedure, ProcedureVersion.objects.in_bulk())
    for some in batched(rounds, CHUNK, strict=False):
        has: dict[int, list[Step]] = {}
        kept = Step.objects.current().filter(among("recovery_id", some))
        kept = kept.exclude(state=StepStanding.WITHDRAWN.value)
        for row in kept.only("recovery_id", "round", "code", "state", "version_id"):
            if row.round == rounds[row.recovery_id]:
                has.setdefault(row.recovery_id, []).append(row)
        for pk, known in facts.known_of(some).items():
            counting.add(pk, known, has.get(pk, []))
    found = counting.by_step
    order = [*(each.code for each in procedure.steps), *found]
    by_step = {code: found[code] for code in order if code in found}
    return Gains(counting.gained, len(rounds) - len(counting.gained), by_step)
