"""Chance as a function of seed and number, the same on every machine.

Arm number one million can be made without the 999,999 before it: each number
has its own row of draws, computed by the SplitMix64 finaliser.

Source:
    Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014).
"""

import random
from bisect import bisect
from collections.abc import Iterable
from itertools import accumulate

import numpy as np

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_LANE = np.uint64(0xD1B54A32D192ED03)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_UNIT = 2.0**-53


class Choice[T]:
    """What can be drawn, the weightier more often."""

    def __init__(self, weighed: Iterable[tuple[T, float]]) -> None:
        pairs = list(weighed)
        self.items = tuple(item for item, _ in pairs)
        self._bounds = list(accumulate(weight for _, weight in pairs))

    def pick(self, draw: float) -> T:
        """Give that on which a draw in [0, 1) falls."""
        return self.items[bisect(self._bounds, draw * self._bounds[-1])]


def rows(seed: int, stream: int, span: range, *, lanes: int) -> list[list[float]]:
    """Draw a row of numbers for each number of a span.

    Args:
        stream: Which use the draws are for; streams are independent.

    Returns:
        One list a number, each of ``lanes`` floats in [0, 1).
    """
    start = np.uint64((seed * 1_000_003 + stream * 7_919) % 2**64)
    numbers = np.arange(span.start, span.stop, dtype=np.uint64)
    with np.errstate(over="ignore"):
        base = _mix((numbers + np.uint64(1)) * _GOLDEN + _mix(start + _LANE))
        lane = (np.arange(lanes, dtype=np.uint64) + np.uint64(1)) * _LANE
        mixed = _mix(base[:, None] + lane[None, :])
    drawn: list[list[float]] = ((mixed >> np.uint64(11)) * _UNIT).tolist()
    return drawn


def row(seed: int, stream: int, number: int, *, lanes: int) -> list[float]:
    """Draw the row of one number; equal to its row in any span."""
    return rows(seed, stream, range(number, number + 1), lanes=lanes)[0]


def generator(seed: int, stream: int, number: int) -> random.Random:
    """Give a generator of its own to one number, for long chains of choices."""
    mixed = (seed * 1_000_003 + stream) * 2**40 + number
    return random.Random(mixed)  # noqa: S311 - simulation, nothing is kept secret


def _mix(value: np.ndarray | np.uint64) -> np.ndarray:
    z = np.asarray(value, dtype=np.uint64)
    z = (z ^ (z >> np.uint64(30))) * _MIX_1
    z = (z ^ (z >> np.uint64(27))) * _MIX_2
    return z ^ (z >> np.uint64(31))
