"""Turn a mark about its centre."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.ballistics.cells import frame
from armstrace.analysis.ballistics.preparation import Image, Mark

LEAST_WEIGHT = 0.5
# Places of larger marks are not kept: a megabyte for every angle.
LARGEST_KEPT = 128


def turn(
    mark: Mark,
    angle_deg: float,
    half: int,
    shift_px: tuple[float, float] = (0.0, 0.0),
) -> tuple[Image, Image]:
    """Give heights and weight of a mark seen under an angle, and shifted.

    The point p of the result shows the point R(angle) p + shift of the mark, in
    pixels (y, x) from the centre, with R((y, x)) = (y cos + x sin, x cos - y sin).

    Args:
        half: Pixels of the result on each side of the centre.

    Returns:
        (2 half, 2 half) float32 heights (0 where no data) and weight (0 or 1).
    """
    if angle_deg % 360 == 0 and shift_px == (0.0, 0.0):
        return frame(mark.heights, half), frame(mark.weight, half)
    side = mark.heights.shape[0] + 2
    places = (_places if half <= LARGEST_KEPT else _places.__wrapped__)(
        angle_deg % 360, half, side, shift_px
    )
    weight = _interpolate(mark.weight, places)
    is_measured = weight >= LEAST_WEIGHT
    heights = _interpolate(mark.heights, places)
    heights /= np.maximum(weight, LEAST_WEIGHT)
    heights *= is_measured
    return heights, is_measured.astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """Where each turned point lies among the four pixels around it."""

    corner: NDArray[np.int32]
    down: Image
    right: Image
    side: int


@lru_cache(maxsize=144)
def _places(
    angle_deg: float, half: int, side: int, shift_px: tuple[float, float]
) -> _Places:
    angle = np.deg2rad(angle_deg)
    offsets = np.arange(-half, half) + 0.5
    sine, cosine = np.sin(angle), np.cos(angle)
    down, right = (side / 2 - 0.5 + shift for shift in shift_px)
    # Around the mark stands a frame of empty pixels, so that clipping is exact.
    y = np.clip(offsets[:, None] * cosine + offsets * sine + down, 0, side - 1.001)
    x = np.clip(offsets * cosine - offsets[:, None] * sine + right, 0, side - 1.001)
    top, left = y.astype(np.int32), x.astype(np.int32)
    down, right = (y - top).astype(np.float32), (x - left).astype(np.float32)
    return _Places(top * side + left, down, right, side)


def _interpolate(image: Image, places: _Places) -> Image:
    flat = np.pad(image, 1).ravel()
    corner, side = places.corner, places.side
    above, below = flat.take(corner), flat[side:].take(corner)
    above += (flat[1:].take(corner) - above) * places.right
    below += (flat[side + 1 :].take(corner) - below) * places.right
    below -= above
    below *= places.down
    above += below
    return above
