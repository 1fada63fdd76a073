"""How far recovered arms come on the way to their point of diversion.

Each stage holds the arms that passed all stages before it. An arm stops where
nothing has followed yet, and the reason says whether anything still can.
"""

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from armstrace.analysis.statistics import cells
from armstrace.analysis.statistics.cells import Answer, Marking
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.tracing import Establishment, TraceOutcome, TraceStanding


class Stage(Code):
    """The stages, in their order."""

    RECOVERED = "RECOVERED", "recovered"
    MARKED = "MARKED", "uniquely marked"
    BEGUN = "BEGUN", "trace begun"
    ANSWERED = "ANSWERED", "trace closed"
    ESTABLISHED = "ESTABLISHED", "point of diversion established"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one arm has come."""

    item: int
    is_marked: bool
    # Day of recovery; None where only a longer time is known.
    recovered_on: date | None
    # Day on which a person opened its trace; None where no one did.
    begun_on: date | None = None
    # Day on which its trace was closed; None where it was not.
    answered_on: date | None = None
    # Whether its point of diversion was established; an arm still lawfully held has
    # none.
    is_established: bool = False
    # Why it stands where it stands: a code of the vocabulary.
    reason: str = ""

    @property
    def stage(self) -> Stage:
        """The last stage that it reached."""
        if not self.is_marked:
            return Stage.RECOVERED
        if self.begun_on is None:
            return Stage.MARKED
        if self.answered_on is None:
            return Stage.BEGUN
        return Stage.ESTABLISHED if self.is_established else Stage.ANSWERED


class Traced(NamedTuple):
    """A recovered arm and the decision on its trace, as the records hold them."""

    item: int
    recovered_on: date
    serial_status: str
    is_identified: bool
    begun_on: date | None
    standing: str | None
    outcome: str | None
    exception: str | None
    established: str | None
    decided_on: date | None
    recovered_until: date | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Days that arms waited."""

    arms: int
    # Half of them waited no longer.
    median: float
    # Nine in ten waited no longer (nearest rank).
    ninth: int


@dataclass(frozen=True, slots=True)
class StageCount:
    """One stage."""

    stage: Stage
    count: int
    # Of all recovered arms; None where there is none.
    share: float | None
    # Arms that came no further, by reason, the commonest first.
    stopped: Mapping[str, int]
    # Days from the stage before with a day; None where none is dated.
    took: Wait | None
    # Days that those which still can go on have waited here.
    waiting: Wait | None


def funnel_of(arms: Iterable[Progress], on: date) -> tuple[StageCount, ...]:
    """Count how far arms came, where they stopped and how long they waited.

    Source:
        Background paper of 2018 on tracing: figures on delay; design.
    """
    found = list(arms)
    return tuple(_stage(found, place, on) for place in range(len(STAGES)))


def progress_of(arm: Traced) -> Progress:
    """Read how far an arm has come."""
    serial = SerialStatus[arm.serial_status]
    marking = cells.marking_of(serial, identifies=bool(arm.is_identified))
    is_marked = marking is Marking.UNIQUE
    return Progress(
        arm.item,
        is_marked,
        arm.recovered_on if arm.recovered_until is None else None,
        arm.begun_on,
        arm.decided_on if arm.standing == TraceStanding.CLOSED.value else None,
        _is_established(arm),
        _why_stopped(arm) if is_marked else _why_unmarked(serial),
    )


def _is_established(arm: Traced) -> bool:
    return arm.outcome != TraceOutcome.NO_DIVERSION.value and (
        arm.established not in (None, "", Establishment.NOT_ESTABLISHED.value)
    )


def _why_unmarked(serial: SerialStatus) -> str:
    if serial is SerialStatus.UNKNOWN:
        return MARK_UNKNOWN
    return TAMPERED if cells.tampering_of(serial) is Answer.YES else NO_MARK


def _why_stopped(arm: Traced) -> str:
    if arm.begun_on is None:
        return arm.exception or NOT_BEGUN
    return arm.outcome or OPEN


def wait_of(days: Sequence[int]) -> Wait | None:
    """Summarise waits; None where there is none."""
    if not days:
        return None
    ranked = sorted(days)
    ninth = ranked[math.ceil(0.9 * len(ranked)) - 1]
    return Wait(len(ranked), statistics.median(ranked), ninth)


def _stage(found: list[Progress], place: int, on: date) -> StageCount:
    stage = STAGES[place]
    reached = [arm for arm in found if STAGES.index(arm.stage) >= place]
    here = [arm for arm in reached if arm.stage is stage]
    return StageCount(
        stage,
        len(reached),
        len(reached) / len(found) if found else None,
        _by_count(arm.reason for arm in here) if stage is not STAGES[-1] else {},
        wait_of([days for arm in reached if (days := _took(arm, stage)) is not None]),
        wait_of([days for arm in here if (days := _waits(arm, on)) is not None]),
    )


def _by_count(reasons: Iterable[str]) -> dict[str, int]:
    counted = Counter(reasons).items()
    return dict(sorted(counted, key=lambda pair: (-pair[1], pair[0])))


def _took(arm: Progress, stage: Stage) -> int | None:
    days = {
        Stage.BEGUN: (arm.recovered_on, arm.begun_on),
        Stage.ANSWERED: (arm.begun_on, arm.answered_on),
        Stage.ESTABLISHED: (arm.recovered_on, arm.answered_on),
    }
    first, last = days.get(stage, (None, None))
    return max(0, (last - first).days) if first and last else None


def _waits(arm: Progress, on: date) -> int | None:
    """Give the days waited so far; None where nothing more is expected.

    Where no day is known to count from, none are counted.
    """
    if arm.reason not in (NOT_BEGUN, OPEN):
        return None
    since = arm.begun_on or arm.recovered_on
    return None if since is None else max(0, (on - since).days)


STAGES = tuple(Stage)
NOT_BEGUN, OPEN = "NOT_BEGUN", "OPEN"
NO_MARK, TAMPERED, MARK_UNKNOWN = "NO_MARK", "TAMPERED", "MARK_UNKNOWN"
