"""Where one mark may lie in another whose region was drawn off its centre."""

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from armstrace.analysis.ballistics.consensus import rotate
from armstrace.analysis.ballistics.preparation import Image, Mark, coarsen
from armstrace.analysis.ballistics.rotation import turn

COARSER = 2
LEAST_COMMON = 0.2
STEP_DEG = 3.0
APART_DEG = 9.0
APART_M = 0.2e-3


@dataclass(frozen=True, slots=True)
class Place:
    """A turn and an offset at which two marks are alike as a whole."""

    turn_deg: float
    # Where the middle of the first lies in the second (y, x), metres.
    offset_m: tuple[float, float]
    # Correlation, weighed by the points that both have.
    strength: float


def likely_places(first: Mark, second: Mark, *, most: int) -> list[Place]:
    """Find where the first mark may lie in the second, at all turns and shifts.

    Whole marks are correlated at twice the pixel, over the points that both have.
    That misses worn and partial marks, which cells still find; it serves only to say
    where cells should be sought.

    Args:
        second: A mark at the same pixel.
        most: How many places, well apart from each other.

    Returns:
        Places, the strongest first.

    Source:
        Padfield, IEEE Transactions on Image Processing 21 (2012).
    """
    one, two = coarsen(first, COARSER), coarsen(second, COARSER)
    half = int(np.ceil(two.heights.shape[0] / np.sqrt(2)))
    size = scipy.fft.next_fast_len(one.heights.shape[0] + 2 * half, real=True)
    template = _spectra(one.heights, one.weight, size)
    found = []
    for turn_deg in np.arange(-180.0, 180.0, STEP_DEG).tolist():
        target = _spectra(*turn(two, turn_deg, half), size)
        strength, shift = _best(template, target, float(one.weight.sum()))
        # Indices count from the corners of both images; shifts from their middles.
        centred = shift + one.heights.shape[0] // 2 - half
        y_m, x_m = rotate(centred * one.pixel_m, turn_deg).tolist()
        found.append(Place(turn_deg, (y_m, x_m), strength))
    return _apart(sorted(found, key=lambda p: -p.strength), most)


type _Spectra = tuple[NDArray[np.complex64], ...]


def _spectra(heights: Image, weight: Image, size: int) -> _Spectra:
    images = (heights, weight, heights * heights)
    return tuple(scipy.fft.rfft2(image, (size, size)) for image in images)


def _best(
    template: _Spectra, target: _Spectra, points: float
) -> tuple[float, NDArray[np.float64]]:
    """Give the strongest shift of one turn."""
    g, k, gg = (np.conj(each) for each in template)
    f, m, ff = target
    size = f.shape[0]
    n, sum_f, sum_g, sum_ff, sum_gg, sum_fg = (
        scipy.fft.irfft2(product, (size, size))
        for product in (m * k, f * k, m * g, ff * k, m * gg, f * g)
    )
    n = np.maximum(np.rint(n), 1)
    spread = (sum_ff - sum_f**2 / n) * (sum_gg - sum_g**2 / n)
    is_valid = (n >= LEAST_COMMON * points) & (spread > 1)
    likeness = (sum_fg - sum_f * sum_g / n) / np.sqrt(np.maximum(spread, 1))
    strength = np.where(is_valid, likeness * np.sqrt(n), -1.0)
    place = np.array(np.unravel_index(strength.argmax(), strength.shape), dtype=float)
    # The upper half of the indices are shifts below zero.
    return float(strength.max()), np.where(place > size // 2, place - size, place)


def _apart(places: list[Place], most: int) -> list[Place]:
    kept: list[Place] = []
    for one in places:
        if len(kept) < most and not any(_is_near(one, other) for other in kept):
            kept.append(one)
    return kept


def _is_near(one: Place, two: Place) -> bool:
    turn_deg = abs((one.turn_deg - two.turn_deg + 180) % 360 - 180)
    off_m = np.hypot(*np.subtract(one.offset_m, two.offset_m))
    return bool(turn_deg <= APART_DEG and off_m <= APART_M)
