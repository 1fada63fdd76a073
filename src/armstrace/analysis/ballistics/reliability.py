"""How good and how far a set of likelihood ratios can be trusted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEP = 0.01
FARTHEST = 9.0

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The span of log10 likelihood ratios that the data support.

    Args:
        lowest: Of log10 likelihood ratios.
        highest: Likewise.
    """

    lowest: float
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


def elub(same: Values, different: Values) -> Bounds:
    """Give the empirical bounds within which ratios beat saying nothing.

    At each threshold the expected cost of acting on the ratios, with one misleading
    ratio added on each side, is set against that of acting on a ratio of one. Going
    outwards from zero, the bound stands before the first threshold that loses.

    Args:
        same: log10 likelihood ratios of pairs of one source.
        different: Of pairs of two sources.

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
