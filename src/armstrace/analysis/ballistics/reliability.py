"""How good and how far a set of likelihood ratios can be trusted."""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEP = 0.01
FARTHEST = 9.0

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The span of log10 likelihood ratios that the data support."""

    # Of log10 likelihood ratios.
    lowest: float
    # Likewise.
    highest: float

    def kept(self, log10_ratios: Values) -> Values:
        """Bring values beyond the bounds to the bounds."""
        return np.clip(log10_ratios, self.lowest, self.highest)


def cllr(same: Values, different: Values) -> float:
    """Give the log-likelihood-ratio cost, 0 perfect, 1 uninformative.

    Args:
        same: log10 likelihood ratios of pairs of one source.
        different: Of pairs of two sources.

    Source:
        Bruemmer and du Preez, Computer Speech and Language 20 (2006).
    """
    ten = np.log(10)
    miss = np.logaddexp(0, -same * ten).mean()
    false = np.logaddexp(0, different * ten).mean()
    return float((miss + false) / (2 * np.log(2)))


@dataclass(frozen=True, slots=True)
class Bin:
    """Ratios of about one size, and how often they were right."""

    # Mean probability of one source that the ratios give at even odds.
    said: float
    # Share of pairs of one source among them, both kinds weighing alike.
    seen: float
    # Lower end of its 95 % interval.
    low: float
    high: float
    pairs: int


EDGES = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)


def tippett(log10_ratios: Values, thresholds: Values) -> Values:
    """Give the share of ratios above each threshold.

    Args:
        thresholds: log10, any order.

    Source:
        Evett and Buckleton (1996); named after C. F. Tippett.
    """
    ordered = np.sort(log10_ratios)
    below = np.searchsorted(ordered, thresholds, side="right")
    shares: Values = 1 - below / len(ordered)
    return shares


def bins(same: Values, different: Values) -> tuple[Bin, ...]:
    """Set what ratios say beside what was so; a set that is right lies level.

    The interval is of the number of pairs alone; pairs share sources, so it is
    narrower than it should be.
    """
    said = [1 / (1 + 10.0**-ratios) for ratios in (same, different)]
    found = []
    for low, high in itertools.pairwise(EDGES):
        inside = [s[(s >= low) & ((s < high) | (high == EDGES[-1]))] for s in said]
        count = sum(map(len, inside))
        if count:
            found.append(_bin(inside, [len(s) for s in said]))
    return tuple(found)


def _bin(inside: list[Values], totals: list[int]) -> Bin:
    shares = [len(s) / total for s, total in zip(inside, totals, strict=True)]
    seen = shares[0] / sum(shares)
    every = np.concatenate(inside)
    low, high = _wilson(seen, len(every))
    return Bin(float(every.mean()), seen, low, high, len(every))


def _wilson(share: float, count: int) -> tuple[float, float]:
    z = 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    spread = share * (1 - share) / count + z * z / (4 * count * count)
    half = z * spread**0.5 / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def elub(same: Values, different: Values) -> Bounds:
    """Give the empirical bounds within which ratios beat saying nothing.

    At each threshold the expected cost of acting on the ratios, with one misleading
    ratio added on each side, is set against that of acting on a ratio of one. Going
    outwards from zero, the bound stands before the first threshold that loses.

    Source:
        Vergeer et al., Science and Justice 56 (2016).
    """
    same, different = (
        np.sort(np.clip(v, -FARTHEST, FARTHEST)) for v in (same, different)
    )
    lowest = max(min(same[0], different[0]), -np.log10(len(same) + 1))
    highest = min(max(same[-1], different[-1]), np.log10(len(different) + 1))
    first = min(0, int(np.floor_divide(lowest, STEP)))
    last = max(0, int(np.floor_divide(highest, STEP)) + 1)
    steps = np.arange(first, last + 1)
    thresholds: Values = np.linspace(first * STEP, last * STEP, len(steps))
    loses = _neutral_cost(thresholds) < _cost(same, different, thresholds)
    low = max(steps[loses & (steps <= 0)] + 1, default=first)
    high = min(steps[loses & (steps >= 0)] - 1, default=last)
    return Bounds(float(min(low, 0) * STEP), float(max(high, 0) * STEP))


def _cost(same: Values, different: Values, thresholds: Values) -> Values:
    """Give the expected cost of sorted ratios at each threshold."""
    missed = np.searchsorted(same, thresholds, side="right")
    accepted = len(different) - np.searchsorted(different, thresholds, side="right")
    miss = (missed + 1) / (len(same) + 1)
    false = (accepted + 1) / (len(different) + 1)
    costs: Values = miss + 10.0**thresholds * false
    return costs


def _neutral_cost(thresholds: Values) -> Values:
    return np.where(thresholds < 0, 10.0**thresholds, 1.0)
