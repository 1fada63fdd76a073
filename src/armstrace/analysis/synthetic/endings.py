"""Depots that lose arms slowly, deactivated arms that come back, campaigns: the plan.

What is planned here is the truth. What the records say of it follows from the acts
of people who do not know it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from armstrace.analysis.synthetic import draws

_STREAM = 57
# Chances: a month takes an arm; who took it scans its label for a while yet; an arm
# that is there is overlooked; and nobody finds that one on the same day.
_TAKEN, _COVERED, _OVERLOOKED, _NOT_FOUND = 0.45, 0.35, 0.02, 0.15
_MOST_COVERED = 3
# Chances that the marks of an arm that comes back, or is brought twice, lost a sign.
_MISREAD = 0.25
_STRANGE = ("MUSEUM 4", "XX-0000", "RACK 7")


@dataclass(frozen=True, slots=True)
class CountPlan:
    """One count of a depot, arms by their place from 0.

    Args:
        month: From 1.
        listed: Whose number the counters noted.
        explained: Who was there, was not noted and was found on the same day.
        strange: What was noted and names no arm.
    """

    month: int
    listed: tuple[int, ...]
    explained: tuple[int, ...]
    strange: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DepotPlan:
    """What was taken from a depot, by month, and how it was counted."""

    taken: dict[int, int]
    counts: tuple[CountPlan, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Marks of an arm as somebody reads them who has it before them.

    Args:
        place: Of the arm in its list, from 0.
        cut: Signs that are missing at the end of its number.
        days: How long after the first day of the plan.
    """

    place: int
    cut: int
    days: int

    def read(self, serial: str) -> str:
        """Give the number as it is read."""
        return serial[: len(serial) - self.cut]


def plan_depot(seed: int, arms: int, months: int = 12) -> DepotPlan:
    """Plan a depot from which arms are taken one by one."""
    rng = draws.generator(seed, _STREAM, 0)
    taken: dict[int, int] = {}
    covered: dict[int, int] = {}
    counts = []
    for month in range(1, months + 1):
        left = [place for place in range(arms) if place not in taken]
        if left and rng.random() < _TAKEN:
            place = rng.choice(left)
            taken[place] = month
            is_covered = rng.random() < _COVERED
            covered[place] = month + rng.randint(1, _MOST_COVERED) * is_covered
        missed = [p for p in left if p not in taken and rng.random() < _OVERLOOKED]
        explained = [place for place in missed if rng.random() >= _NOT_FOUND]
        gone = {place for place in taken if covered[place] <= month}
        listed = [p for p in range(arms) if p not in gone and p not in missed]
        strange = [text for text in _STRANGE if rng.random() < 0.1]
        counts.append(CountPlan(month, tuple(listed), tuple(explained), tuple(strange)))
    return DepotPlan(taken, tuple(counts))


def plan_returns(seed: int, arms: int, *, stream: int = 1) -> Iterator[Seen]:
    """Plan how arms are seen again, each once."""
    rng = draws.generator(seed, _STREAM, stream)
    for place in range(arms):
        yield Seen(place, int(rng.random() < _MISREAD), rng.randint(3, 14))
