"""How much of what was planted a method finds, and how often it points elsewhere."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import NamedTuple

from armstrace.analysis.synthetic.customs import Modus

HALF = 0.5


class Planted(NamedTuple):
    """What is to be found: keys of its records, and when it began."""

    keys: frozenset[str]
    begun_on: date


class Proposed(NamedTuple):
    """What a method proposes: keys of records, and when it did."""

    keys: frozenset[str]
    on: date


@dataclass(frozen=True, slots=True)
class Found:
    """How proposals fared.

    Args:
        planted: How many there are to be found.
        found: How many of them a proposal holds half of, or is half of.
        proposed: How many proposals there are.
        right: How many of them are half of what was planted.
        days: Days from the beginning to the first right proposal, the middle one;
            None where nothing was found.
    """

    planted: int
    found: int
    proposed: int
    right: int
    days: float | None

    @property
    def recall(self) -> float | None:
        """Give the share that was found; None where nothing was planted."""
        return self.found / self.planted if self.planted else None

    @property
    def precision(self) -> float | None:
        """Give the share of proposals that are right; None where there is none."""
        return self.right / self.proposed if self.proposed else None

    def false_in(self, *, units: int, weeks: float) -> float:
        """Give how many proposals a unit and week are not right."""
        return (self.proposed - self.right) / (units * weeks)


def score_found(
    proposals: Iterable[Proposed],
    planted: Sequence[Planted],
    also_right: Collection[str] = (),
) -> Found:
    """Compare proposals with what was planted.

    A proposal finds a plant where half of its records are the plant's and there are
    two of them, or where it is of one record that is the plant's alone, such as a
    buyer or an address.

    Args:
        planted: With the records by which each may be proposed.
        also_right: Records that are as bad and were not planted one by one; a
            proposal of them counts as right and finds nothing.
    """
    known = frozenset(also_right)
    first: dict[int, date] = {}
    proposed = right = 0
    for keys, on in proposals:
        proposed += 1
        hits = [at for at, plant in enumerate(planted) if _is_of(keys, plant.keys)]
        right += bool(hits) or (len(keys & known) >= HALF * len(keys) > 0)
        for at in hits:
            first[at] = min(first.get(at, on), on)
    days = [(on - planted[at].begun_on).days for at, on in first.items()]
    return Found(
        len(planted), len(first), proposed, right, median(days) if days else None
    )


def _is_of(keys: frozenset[str], plant: frozenset[str]) -> bool:
    shared = len(keys & plant)
    return shared >= min(2, len(keys)) and shared >= HALF * len(keys) > 0


@dataclass(frozen=True, slots=True)
class DropAddress:
    """An address that takes parcels for many names."""

    address: str
    names: tuple[str, ...]
    numbers: tuple[str, ...]


def drop_addresses(customs):
    """Tell which addresses took parcels for many names."""
    found = {}
    for index, line in sorted(customs.plan.lines.items()):
        if line.modus is Modus.DROP_ADDRESS:
            told = (line.consignee.name, customs.number_of(index))
            found.setdefault(line.consignee.address, []).append(told)
    return [
        DropAddress(place, *map(tuple, map(dict.fromkeys, zip(*told, strict=True))))
        for place, told in found.items()
    ]
