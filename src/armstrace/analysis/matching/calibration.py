"""Bring stated probabilities to the shares that people confirmed.

Source:
    M. Ayer et al., "An empirical distribution function for sampling with
    incomplete information", 1955 (pool adjacent violators).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_CASES = 50


@dataclass(frozen=True, slots=True)
class Calibration:
    """A rising table from stated to observed probability."""

    stated: tuple[float, ...]
    # The observed share at each, never falling.
    observed: tuple[float, ...]

    def apply(self, probability: float) -> float:
        """Read the table at a probability, straight between its points."""
        place = bisect_right(self.stated, probability)
        if place == 0:
            return self.observed[0]
        if place == len(self.stated):
            return self.observed[-1]
        low, high = self.stated[place - 1], self.stated[place]
        share = (probability - low) / (high - low)
        start, end = self.observed[place - 1], self.observed[place]
        return start + share * (end - start)


def fit(stated: Sequence[float], same: Sequence[bool]) -> Calibration | None:
    """Fit a table to cases that people decided.

    Args:
        stated: The probability that was stated for each case, 0 to 1.
        same: Whether a person found it to be the same arm.

    Returns:
        The table; None with fewer than ``FEWEST_CASES`` cases, which prove
        nothing. Limits of use: it holds for cases that come as those came.
    """
    if len(stated) < FEWEST_CASES:
        return None
    tied: dict[float, list[bool]] = {}
    for probability, is_same in zip(stated, same, strict=True):
        tied.setdefault(probability, []).append(is_same)
    blocks: list[tuple[float, float, int]] = []
    for probability, outcomes in sorted(tied.items()):
        size = len(outcomes)
        blocks.append((probability * size, float(sum(outcomes)), size))
        while len(blocks) > 1 and _share(blocks[-2]) >= _share(blocks[-1]):
            last, before = blocks.pop(), blocks.pop()
            blocks.append(
                (before[0] + last[0], before[1] + last[1], before[2] + last[2])
            )
    points = {0.0: 0.0} | {total / n: hits / n for total, hits, n in blocks}
    points.setdefault(1.0, max(points.values()))
    return Calibration(tuple(points), tuple(points.values()))


def _share(block: tuple[float, float, int]) -> float:
    return block[1] / block[2]
