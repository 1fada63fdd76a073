"""Breech-face marks that never were, with known truth, for tests and settings.

A tool has a face: its own grain, and lines that it shares with the tools cut before
and after it (subclass). A firing prints part of that face under a pose, with noise
of the ammunition, holes, wear since the tool was new, and the form of the primer.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import scipy
from numpy.typing import NDArray

from armstrace.analysis.ballistics.surfaces import Surface

SPACING_M = 12.5e-6
SIDE = 288
OUTER_M = 1.7e-3
PIN_M = 0.85e-3
GRAIN_M = 1.0e-6

Field = NDArray[np.float64]


class Kind(StrEnum):
    """What is hard about a firing."""

    PLAIN = "plain"
    SUBCLASS = "subclass"
    PARTIAL = "partial"
    WORN = "worn"
    AMMUNITION = "ammunition"


# Fixed before any setting was chosen.
SHARES = {
    Kind.PLAIN: 0.5,
    Kind.SUBCLASS: 0.15,
    Kind.PARTIAL: 0.1,
    Kind.WORN: 0.15,
    Kind.AMMUNITION: 0.1,
}


@dataclass(frozen=True, slots=True)
class Tool:
    """A slide, as its breech face is cut."""

    # Which tool; the same number has the same grain.
    number: int
    # Tools of one batch share their subclass lines.
    batch: int = 0
    # Share of the variance that the shared lines take, 0 to 1.
    subclass: float = 0.1


@dataclass(frozen=True, slots=True)
class Firing:
    """How a tool's face prints on one cartridge case."""

    # Which firing; the same number has the same noise.
    number: int
    # Orientation on the stage, degrees.
    turn_deg: float = 0.0
    # Place on the stage from the middle, metres (y, x).
    shift_m: tuple[float, float] = (0.0, 0.0)
    # Noise of the ammunition in standard deviations of the face.
    noise: float = 0.6
    # Share of the face's variance that is new since, 0 to 1.
    wear: float = 0.1
    # Share of the ring that printed, 0 to 1.
    kept: float = 1.0
    # Share of points without data, 0 to 1.
    holes: float = 0.05


def fire(tool: Tool, firing: Firing) -> Surface:
    """Make the scan of one fired cartridge case.

    Returns:
        Heights in metres at 12.5 um; NaN outside the ring and in holes.
    """
    rng = np.random.default_rng([3, tool.number, firing.number])
    worn = _grain(rng, 60e-6)
    face = np.sqrt(1 - firing.wear) * _face(tool) + np.sqrt(firing.wear) * worn
    placed = _place(face, firing)
    noise = _grain(rng, 50e-6)
    heights_m = GRAIN_M * (placed + firing.noise * noise) + _form(rng)
    y_m, x_m = _stage(firing)
    radius_m = np.hypot(y_m, x_m)
    is_printed = (radius_m <= OUTER_M) & (radius_m >= PIN_M)
    is_printed &= _kept(y_m, x_m, firing.kept)
    is_printed &= ~_holes(rng, firing.holes)
    return Surface(np.where(is_printed, heights_m, np.nan), SPACING_M, SPACING_M)


def of_kind(kind: Kind, number: int, *, rng: np.random.Generator) -> Firing:
    """Draw a firing of a kind."""
    y_m, x_m = rng.normal(0, 60e-6, 2)
    hard = {
        Kind.PARTIAL: {"kept": float(rng.uniform(0.4, 0.7))},
        Kind.WORN: {"wear": float(rng.uniform(0.3, 0.6))},
        Kind.AMMUNITION: {"noise": float(rng.uniform(1.0, 1.6)), "holes": 0.2},
    }.get(kind, {})
    turn_deg = float(rng.uniform(-12, 12))
    return Firing(number, turn_deg, (float(y_m), float(x_m)), **hard)


def drawn_kind(rng: np.random.Generator) -> Kind:
    """Draw a kind by the fixed shares."""
    return list(SHARES)[int(rng.choice(len(SHARES), p=list(SHARES.values())))]


def _face(tool: Tool) -> Field:
    own = np.random.default_rng([1, tool.number])
    batch = np.random.default_rng([2, tool.batch])
    grain = _grain(own, 45e-6) + _grain(own, 120e-6)
    lines = _lines(batch)
    own_share, shared = np.sqrt(1 - tool.subclass), np.sqrt(tool.subclass)
    face: Field = own_share * grain / grain.std() + shared * lines
    return face


def _grain(rng: np.random.Generator, length_m: float) -> Field:
    """Give band-limited noise of unit variance with waves about a length."""
    sigma = length_m / SPACING_M / 2
    noise = rng.normal(size=(SIDE, SIDE))
    low = scipy.ndimage.gaussian_filter(noise, sigma, mode="wrap")
    grain: Field = low - scipy.ndimage.gaussian_filter(noise, 3 * sigma, mode="wrap")
    return grain / grain.std()


def _lines(rng: np.random.Generator) -> Field:
    """Give the arcs of a cutter, of unit variance."""
    profile = scipy.ndimage.gaussian_filter1d(rng.normal(size=8 * SIDE), 2.5)
    y, x = np.mgrid[:SIDE, :SIDE].astype(float)
    radius = rng.uniform(2, 6) * SIDE
    distance = np.hypot(y - SIDE / 2 + radius, x - SIDE / 2)
    lines: Field = np.interp(distance, np.arange(8 * SIDE), profile)
    return (lines - lines.mean()) / lines.std()


def _place(face: Field, firing: Firing) -> Field:
    """Show the face under the firing's pose."""
    y_m, x_m = _stage(firing)
    places = [axis_m / SPACING_M + SIDE / 2 - 0.5 for axis_m in (y_m, x_m)]
    placed: Field = scipy.ndimage.map_coordinates(face, places, order=1, mode="wrap")
    return placed


def _stage(firing: Firing) -> tuple[Field, Field]:
    """Give, for each point of the scan, its place on the face, metres."""
    steps_m = (np.arange(SIDE) - SIDE / 2 + 0.5) * SPACING_M
    y_m, x_m = np.meshgrid(steps_m, steps_m, indexing="ij")
    y_m, x_m = y_m - firing.shift_m[0], x_m - firing.shift_m[1]
    angle = np.deg2rad(firing.turn_deg)
    return (
        y_m * np.cos(angle) + x_m * np.sin(angle),
        x_m * np.cos(angle) - y_m * np.sin(angle),
    )


def _kept(y_m: Field, x_m: Field, share: float) -> NDArray[np.bool_]:
    """Keep a sector of the ring."""
    turn = (np.arctan2(y_m, x_m) / (2 * np.pi)) % 1
    kept: NDArray[np.bool_] = turn <= share
    return kept


def _holes(rng: np.random.Generator, share: float) -> NDArray[np.bool_]:
    """Make patches without data."""
    patches = scipy.ndimage.gaussian_filter(
        rng.normal(size=(SIDE, SIDE)), 3, mode="wrap"
    )
    holes: NDArray[np.bool_] = patches < np.quantile(patches, share)
    return holes


def _form(rng: np.random.Generator) -> Field:
    """Give the tilt and bow of a primer, metres."""
    y, x = np.mgrid[-1 : 1 : SIDE * 1j, -1 : 1 : SIDE * 1j]
    tilt = rng.normal(0, 5e-6, 3)
    form: Field = tilt[0] * y + tilt[1] * x + tilt[2] * (x * x + y * y)
    return form
