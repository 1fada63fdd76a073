"""Which cells agree on one rigid movement of the mark."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.ballistics.cells import Cells
from armstrace.analysis.ballistics.correlation import Peaks

REFITS = 2

Points = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """When a cell counts as congruent."""

    # Farthest from the predicted place, metres.
    distance_m: float = 50e-6
    # Farthest from the common angle, degrees.
    angle_deg: float = 6.0
    least_score: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """The cells of one direction, and the movement that most agree on."""

    # (cells,) best correlation of each cell.
    score: Points
    # (cells,) angle of that.
    angle_deg: Points
    # (cells, 2) where its middle lies in the target, pixels (y, x) from the target's
    # centre.
    found: Points
    # (cells,) bool.
    is_congruent: Flags
    turn_deg: float
    # Shift of the common movement, metres (y, x).
    shift_m: tuple[float, float]

    @property
    def count(self) -> int:
        return int(self.is_congruent.sum())

    @property
    def strength(self) -> float:
        """Give the sum of the correlations of the congruent cells."""
        return float(self.score[self.is_congruent].sum())


@dataclass(frozen=True, slots=True, eq=False)
class Sought:
    """Cells, each with the one place where it was found best."""

    # (cells, 2) middles in the reference, pixels (y, x) from its centre.
    centres: Points
    # (cells, 2) pixels in the turned target.
    shift: NDArray[np.int64]
    # (cells,) degrees.
    angle_deg: Points
    # (cells,) correlation.
    score: Points


def agree(cells: Cells, peaks: Peaks, tolerance: Tolerance) -> Agreement:
    """Find the largest set of cells that move as one rigid body.

    Every cell that correlates well proposes its own movement; the cells that lie
    near its prediction in the target as scanned, at nearly its angle, are counted;
    the largest set is fitted again.

    Source:
        Song, AFTE Journal 45 (2013), with the rotation modelled.
    """
    best = peaks.score.argmax(axis=0)
    every = np.arange(len(cells))
    sought = Sought(
        cells.centres,
        peaks.shift[best, every],
        peaks.angles_deg[best],
        peaks.score[best, every].astype(np.float64),
    )
    return settle(sought, tolerance, cells.pixel_m)


def settle(sought: Sought, tolerance: Tolerance, pixel_m: float) -> Agreement:
    """Find the largest set among cells that were each found once; see ``agree``."""
    found = rotate(sought.centres + sought.shift, sought.angle_deg)
    is_good = sought.score >= tolerance.least_score
    case = _Case(sought.centres, found, sought.angle_deg, is_good)
    turn_deg, shift, inside = _largest(case, tolerance, pixel_m)
    for _ in range(REFITS):
        movement = _refit(case, inside, turn_deg, shift)
        again = _inside(case, movement, tolerance, pixel_m)
        if again.sum() < inside.sum():
            break
        (turn_deg, shift), inside = movement, again
    y_m, x_m = (float(s) * pixel_m for s in shift)
    return Agreement(
        sought.score, sought.angle_deg, found, inside, turn_deg, (y_m, x_m)
    )


def rotate(points: Points, angle_deg: float | Points) -> Points:
    """Turn points (y, x) as ``rotation.turn`` looks them up."""
    angle = np.deg2rad(angle_deg)
    y, x = points[..., 0], points[..., 1]
    return np.stack(
        [y * np.cos(angle) + x * np.sin(angle), x * np.cos(angle) - y * np.sin(angle)],
        axis=-1,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    centres: Points
    found: Points
    angle_deg: Points
    is_good: Flags


def _largest(
    case: _Case, tolerance: Tolerance, pixel_m: float
) -> tuple[float, Points, Flags]:
    """Let every good cell propose a movement; keep the one that most follow."""
    good = np.flatnonzero(case.is_good)
    if not len(good):
        return 0.0, np.zeros(2), np.zeros(len(case.is_good), bool)
    turns = case.angle_deg[good]
    shifts = case.found[good] - rotate(case.centres[good], turns)
    predicted = rotate(case.centres[None], turns[:, None]) + shifts[:, None]
    off = case.found[None] - predicted
    far = np.hypot(off[..., 0], off[..., 1]) * pixel_m > tolerance.distance_m
    turned = np.abs((case.angle_deg[None] - turns[:, None] + 180) % 360 - 180)
    inside = case.is_good & ~far & (turned <= tolerance.angle_deg)
    best = int(inside.sum(axis=1).argmax())
    return float(turns[best]), shifts[best], inside[best]


def _inside(
    case: _Case, movement: tuple[float, Points], tolerance: Tolerance, pixel_m: float
) -> Flags:
    turn_deg, shift = movement
    off = case.found - rotate(case.centres, turn_deg) - shift
    distance_m = np.hypot(off[:, 0], off[:, 1]) * pixel_m
    turned = np.abs((case.angle_deg - turn_deg + 180) % 360 - 180)
    near: Flags = (distance_m <= tolerance.distance_m) & (turned <= tolerance.angle_deg)
    return near & case.is_good


def _refit(
    case: _Case, inside: Flags, turn_deg: float, shift: Points
) -> tuple[float, Points]:
    """Fit angle and shift to a set of cells; a set of two or less stays."""
    if inside.sum() < 3:
        return turn_deg, shift
    centres, found = case.centres[inside], case.found[inside]
    a, b = centres - centres.mean(axis=0), found - found.mean(axis=0)
    sine = float((a[:, 1] * b[:, 0] - a[:, 0] * b[:, 1]).sum())
    cosine = float((a * b).sum())
    turn_deg = float(np.rad2deg(np.arctan2(sine, cosine)))
    return turn_deg, np.median(found - rotate(centres, turn_deg), axis=0)
