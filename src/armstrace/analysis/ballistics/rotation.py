"""Turn a mark about its centre."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.ballistics.cells import framed
from armstrace.analysis.ballistics.preparation import Image, Mark

LEAST_WEIGHT = 0.5


def turned(mark: Mark, angle_deg: float, half: int) -> tuple[Image, Image]:
    """Give heights and weight of a mark seen under an angle.

    The point p of the result shows the point R(angle) p of the mark, both in
    pixels (y, x) from the centre, with R((y, x)) = (y cos + x sin, x cos - y sin).

    Args:
        mark: The mark.
        angle_deg: Angle, degrees.
        half: Pixels of the result on each side of the centre.

    Returns:
        (2 half, 2 half) float32 heights (0 where no data) and weight (0 or 1).
    """
    if angle_deg % 360 == 0:
        return framed(mark.heights, half), framed(mark.weight, half)
    places, shares = _neighbours(angle_deg % 360, half, mark.heights.shape[0])
    weight = np.einsum("kp,kp->p", shares, mark.weight.ravel()[places])
    total = np.einsum("kp,kp->p", shares, mark.heights.ravel()[places])
    is_measured = weight >= LEAST_WEIGHT
    heights = np.where(is_measured, total / np.maximum(weight, LEAST_WEIGHT), 0)
    shape = (2 * half, 2 * half)
    return (
        heights.astype(np.float32).reshape(shape),
        is_measured.astype(np.float32).reshape(shape),
    )


@lru_cache(maxsize=256)
def _neighbours(
    angle_deg: float, half: int, side: int
) -> tuple[NDArray[np.int32], Image]:
    """Give the four pixels that surround each point, and their shares."""
    angle = np.deg2rad(angle_deg)
    offsets = np.arange(-half, half) + 0.5
    y, x = np.meshgrid(offsets, offsets, indexing="ij")
    old_y = (y * np.cos(angle) + x * np.sin(angle) + side / 2 - 0.5).ravel()
    old_x = (x * np.cos(angle) - y * np.sin(angle) + side / 2 - 0.5).ravel()
    top, left = np.floor(old_y), np.floor(old_x)
    places, shares = [], []
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):
        at_y, at_x = top + row, left + column
        share = (1 - np.abs(old_y - at_y)) * (1 - np.abs(old_x - at_x))
        is_inside = (at_y >= 0) & (at_y < side) & (at_x >= 0) & (at_x < side)
        places.append(np.where(is_inside, at_y * side + at_x, 0))
        shares.append(np.where(is_inside, share, 0))
    return np.array(places, np.int32), np.array(shares, np.float32)
