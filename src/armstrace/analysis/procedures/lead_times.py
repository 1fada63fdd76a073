"""How long steps take, with those that are still open counted for what they tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Spell:
    """How long one step has taken."""

    # From when it could be begun to its end, or to now.
    days: float
    # Whether it was done; a step that is open or was waived was not.
    is_ended: bool
    # How many took just as long and ended alike.
    count: int = 1


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """The share of steps that are still undone after so many days."""

    # Days on which a step was done, with the share undone after them.
    curve: tuple[tuple[float, float], ...]
    done: int
    # Steps that were not, by when we looked.
    open: int

    def undone_after(self, days: float) -> float | None:
        """Give the share that is undone after so many days; None without data."""
        if not self.curve:
            return None
        reached = [share for day, share in self.curve if day <= days]
        return reached[-1] if reached else 1.0

    def quantile(self, share: float) -> float | None:
        """Give the days within which a share is done; None where not reached yet."""
        wanted = 1 - share + 1e-12
        return next((day for day, undone in self.curve if undone <= wanted), None)


def lead_times(spells: Iterable[Spell]) -> LeadTimes:
    """Estimate how long a step takes, open ones counted as not done yet.

    Source:
        Kaplan and Meier (1958), the product-limit estimator. It supposes that what is
        still open is no different from what was done; where people leave the hard
        ones for later, true times are longer.
    """
    ordered = sorted(spells, key=lambda each: each.days)
    whole = sum(each.count for each in ordered)
    at_risk, share, curve, done = whole, 1.0, [], 0
    for days, group in groupby(ordered, key=lambda each: each.days):
        alike = list(group)
        ends = sum(each.count for each in alike if each.is_ended)
        if ends:
            share *= 1 - ends / at_risk
            curve.append((days, share))
        at_risk -= sum(each.count for each in alike)
        done += ends
    return LeadTimes(tuple(curve), done, whole - done)
