"""Bullet lands that never were, with known truth, for tests of the phase."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from armstrace.analysis.ballistics.surfaces import Surface

STEP_M = 2.5e-6
COLUMNS = 800
ROWS = 60
LANDS = 6
STRIA_M = 12e-6
DEPTH_M = 0.6e-6


@dataclass(frozen=True, slots=True)
class Bullet:
    """How a barrel marked one bullet.

    Args:
        barrel: Which barrel; the same number has the same lands.
        number: Which bullet; the same number has the same noise.
        phase: How many lands it is turned by.
        noise: Noise of each row in standard deviations of the striae.
        new: Share of the variance that is this bullet's own, 0 to 1.
        common: Share of the variance that all barrels of a maker share, 0 to 1.
        holes: Share of points without data.
    """

    barrel: int
    number: int
    phase: int = 0
    noise: float = 1.0
    new: float = 0.3
    common: float = 0.1
    holes: float = 0.05


def lands(bullet: Bullet) -> list[Surface]:
    """Make the scans of all lands of a bullet, in order.

    Args:
        bullet: Which, and how it was marked.

    Returns:
        Heights in metres at 2.5 um, with shoulders at both sides.
    """
    return [
        _land(bullet, (place + bullet.phase) % LANDS, place) for place in range(LANDS)
    ]


def _land(bullet: Bullet, land: int, place: int) -> Surface:
    rng = np.random.default_rng([7, bullet.barrel, bullet.number, place])
    own = np.random.default_rng([8, bullet.barrel, land])
    maker = np.random.default_rng([9, land])
    wide = COLUMNS + 200
    profile = (
        np.sqrt(1 - bullet.new - bullet.common) * _striae(own, wide)
        + np.sqrt(bullet.common) * _striae(maker, wide)
        + np.sqrt(bullet.new) * _striae(rng, wide)
    )
    lean, start = rng.uniform(-0.08, 0.08), 100 + rng.uniform(-40, 40)
    rows, columns = np.mgrid[:ROWS, :COLUMNS].astype(float)
    places = columns + start + lean * (rows - ROWS / 2)
    heights = np.interp(places, np.arange(wide), profile)
    heights += bullet.noise * rng.normal(size=heights.shape)
    heights_m = DEPTH_M * heights + _form(columns, rng)
    is_hole = rng.random(heights.shape) < bullet.holes
    return Surface(np.where(is_hole, np.nan, heights_m), STEP_M, STEP_M)


def _striae(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    profile = ndimage.gaussian_filter1d(rng.normal(size=count), STRIA_M / STEP_M)
    striae: NDArray[np.float64] = profile / profile.std()
    return striae


def _form(columns: NDArray[np.float64], rng: np.random.Generator) -> np.ndarray:
    """Give the curve of the bullet and the shoulders of the grooves, metres."""
    across = columns / COLUMNS * 2 - 1
    ends = (-1 + rng.uniform(0.04, 0.12), 1 - rng.uniform(0.04, 0.12))
    shoulder = np.maximum(ends[0] - across, 0) + np.maximum(across - ends[1], 0)
    return -120e-6 * across**2 + 8e-6 * rng.normal() * across + 300e-6 * shoulder
