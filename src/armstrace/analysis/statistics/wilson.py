"""Intervals for proportions, and exact rounding of percentages."""

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from armstrace.vocabulary.errors import InvalidInput

Z_95 = 1.959963984540054
HUNDREDTHS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a proportion, as percentages with two decimals."""

    low: Decimal
    high: Decimal


def percent(share: Fraction) -> Decimal:
    """Write a share as a percentage with two decimals, rounded half up.

    Args:
        share: At least 0, exact; 141/826 gives 17.07.
    """
    hundredths = share * 10_000
    whole = (2 * hundredths.numerator + hundredths.denominator) // (
        2 * hundredths.denominator
    )
    return Decimal(whole).scaleb(-2)


def wilson_bounds(hits: int, trials: int) -> tuple[float, float]:
    """Bound a proportion by Wilson's score interval at 95 %.

    Args:
        hits: Number of successes, 0 to ``trials``.
        trials: Number observed, at least 1.

    Returns:
        Lower and upper bound as shares between 0 and 1.

    Raises:
        InvalidInput: The counts cannot be a proportion.

    Source:
        Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212. Treats each arm as
        drawn on its own; arms seized together are not, so the true interval
        is wider.
    """
    if trials < 1 or not 0 <= hits <= trials:
        msg = f"{hits} of {trials} is not a proportion; correct the counts."
        raise InvalidInput(msg)
    square = Z_95 * Z_95
    share = hits / trials
    centre = share + square / (2 * trials)
    spread = Z_95 * math.sqrt(
        share * (1 - share) / trials + square / (4 * trials * trials)
    )
    scale = 1 + square / trials
    low = 0.0 if hits == 0 else (centre - spread) / scale
    high = 1.0 if hits == trials else (centre + spread) / scale
    return low, high


def wilson(hits: int, trials: int) -> Interval:
    """Give Wilson's 95 % interval of a proportion in percent.

    Raises:
        InvalidInput: The counts cannot be a proportion.

    Source:
        Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212.
    """
    return _interval(*wilson_bounds(hits, trials))


def mean_of_two(first: tuple[int, int], second: tuple[int, int]) -> Interval:
    """Bound the mean of two independent proportions at 95 %.

    Args:
        first: Hits and trials of one year, at least one trial.

    Raises:
        InvalidInput: The counts cannot be proportions.

    Source:
        Zou and Donner, Stat. Med. 27 (2008), 1693-1702, from Wilson bounds.
    """
    shares = [hits / max(trials, 1) for hits, trials in (first, second)]
    bounds = [wilson_bounds(*first), wilson_bounds(*second)]
    mean = sum(shares) / 2
    below = math.hypot(shares[0] - bounds[0][0], shares[1] - bounds[1][0]) / 2
    above = math.hypot(bounds[0][1] - shares[0], bounds[1][1] - shares[1]) / 2
    return _interval(max(0.0, mean - below), min(1.0, mean + above))


def _interval(low: float, high: float) -> Interval:
    return Interval(low=_round(low), high=_round(high))


def _round(share: float) -> Decimal:
    return Decimal(share * 100).quantize(HUNDREDTHS, rounding=ROUND_HALF_UP)
