"""How many of n cells are congruent when cells of one pair are alike."""

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Weights = NDArray[np.float64]

# Weak prior on the logarithm of concentration; keeps a fit to equal counts finite.
_PRIOR_MEAN = np.log(10.0)
_PRIOR_SD = 2.0
# Of the logit of the mean, and of the logarithm of the concentration.
_BOUNDS = ((-20.0, 20.0), (-5.0, 12.0))


@dataclass(frozen=True, slots=True)
class BetaBinomial:
    """A count of congruent cells."""

    # Expected share of congruent cells, 0 to 1.
    mean: float
    # How alike pairs are; large is binomial.
    concentration: float

    def log_probability(self, congruent: Counts, cells: Counts) -> NDArray[np.float64]:
        """Give the natural logarithm of the probability of counts."""
        a = self.mean * self.concentration
        b = (1 - self.mean) * self.concentration
        k, n = np.asarray(congruent), np.asarray(cells)
        choices = -np.log(n + 1) - scipy.special.betaln(k + 1, n - k + 1)
        log: NDArray[np.float64] = (
            choices
            + scipy.special.betaln(k + a, n - k + b)
            - scipy.special.betaln(a, b)
        )
        return log


def fit(congruent: Counts, cells: Counts, weight: Weights) -> BetaBinomial:
    """Fit to counts by maximum likelihood with a weak prior.

    Args:
        congruent: Congruent cells of each pair.
        weight: How often each pair counts.
    """
    share = (weight @ congruent + 0.5) / (weight @ cells + 1)
    start = np.array([scipy.special.logit(share), _PRIOR_MEAN])
    # TNC calls no linear algebra, whose threads would cost more than the fit.
    found = scipy.optimize.minimize(
        _cost,
        start,
        (congruent, cells, weight),
        method="TNC",
        jac=True,
        bounds=_BOUNDS,
        options={"ftol": 1e-12, "gtol": 1e-6, "maxfun": 500},
    )
    logit, log_concentration = (float(each) for each in found.x)
    return BetaBinomial(
        float(scipy.special.expit(logit)), float(np.exp(log_concentration))
    )


def _cost(
    at: Weights, congruent: Counts, cells: Counts, weight: Weights
) -> tuple[float, Weights]:
    """Give the negative log posterior, less a constant, and its slope.

    Args:
        at: (2,) logit of the mean, natural logarithm of the concentration.
        congruent: Congruent cells of each pair.
        weight: How often each pair counts.
    """
    mean, concentration = scipy.special.expit(at[0]), np.exp(at[1])
    a, b = mean * concentration, (1 - mean) * concentration
    alike, other = congruent + a, cells - congruent + b
    log = weight @ scipy.special.betaln(
        alike, other
    ) - weight.sum() * scipy.special.betaln(a, b)
    whole = scipy.special.digamma(cells + concentration) - scipy.special.digamma(
        concentration
    )
    by_a = weight @ (scipy.special.digamma(alike) - scipy.special.digamma(a) - whole)
    by_b = weight @ (scipy.special.digamma(other) - scipy.special.digamma(b) - whole)
    # One pair with half its cells congruent keeps the mean inside (0, 1).
    away = (at[1] - _PRIOR_MEAN) / _PRIOR_SD
    prior = 0.5 * (
        scipy.special.log_expit(at[0]) + scipy.special.log_expit(-at[0]) - away**2
    )
    slope = np.array(
        [
            a * (1 - mean) * (by_a - by_b) + 0.5 - mean,
            a * by_a + b * by_b - away / _PRIOR_SD,
        ]
    )
    return float(-log - prior), -slope
