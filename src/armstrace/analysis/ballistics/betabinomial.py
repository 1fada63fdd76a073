"""How many of n cells are congruent when cells of one pair are alike."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

Counts = NDArray[np.int64]
Weights = NDArray[np.float64]

# Weak prior on the logarithm of concentration; keeps a fit to equal counts finite.
_PRIOR_MEAN = np.log(10.0)
_PRIOR_SD = 2.0


@dataclass(frozen=True, slots=True)
class BetaBinomial:
    """A count of congruent cells.

    Args:
        mean: Expected share of congruent cells, 0 to 1.
        concentration: How alike pairs are; large is binomial.
    """

    mean: float
    concentration: float

    def log_probability(self, congruent: Counts, cells: Counts) -> NDArray[np.float64]:
        """Give the natural logarithm of the probability of counts.

        Args:
            congruent: Congruent cells.
            cells: Cells, at least as many.
        """
        a = self.mean * self.concentration
        b = (1 - self.mean) * self.concentration
        k, n = np.asarray(congruent), np.asarray(cells)
        choices = -np.log(n + 1) - special.betaln(k + 1, n - k + 1)
        log: NDArray[np.float64] = (
            choices + special.betaln(k + a, n - k + b) - special.betaln(a, b)
        )
        return log


def fit(congruent: Counts, cells: Counts, weight: Weights) -> BetaBinomial:
    """Fit to counts by maximum likelihood with a weak prior.

    Args:
        congruent: Congruent cells of each pair.
        cells: Cells of each pair.
        weight: How often each pair counts.
    """

    def cost(at: Weights) -> float:
        log = float(weight @ _model(at).log_probability(congruent, cells))
        return -log - _log_prior(at)

    share = (weight @ congruent + 0.5) / (weight @ cells + 1)
    start = np.array([special.logit(share), _PRIOR_MEAN])
    found = optimize.minimize(cost, start, method="Nelder-Mead", tol=1e-4)
    return _model(found.x)


def _log_prior(at: Weights) -> float:
    # One pair with half its cells congruent keeps the mean inside (0, 1).
    mean = special.log_expit(at[0]) + special.log_expit(-at[0])
    return float(0.5 * mean - 0.5 * ((at[1] - _PRIOR_MEAN) / _PRIOR_SD) ** 2)


def _model(at: Weights) -> BetaBinomial:
    mean = float(np.clip(special.expit(at[0]), 1e-9, 1 - 1e-9))
    return BetaBinomial(mean, float(np.exp(np.clip(at[1], -5, 12))))
