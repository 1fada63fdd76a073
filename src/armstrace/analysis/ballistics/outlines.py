"""Where the cells of a comparison lie, to be drawn over both marks.

A direction is as ``documents.direction`` writes it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.ballistics.consensus import rotate

type Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """One cell with its numbers."""

    # From 1, along the rows of the grid.
    number: int
    # Corners (x, y) from the centre of the mark that is shown, um.
    corners_um: Corners
    # As found, -1 to 1.
    correlation: float
    angle_deg: float
    # How far the middle moved (x, y) in the other mark, um.
    moved_um: tuple[float, float]
    # Whether it agrees with the common movement.
    is_congruent: bool

    @property
    def middle_um(self) -> tuple[float, float]:
        """Give the middle (x, y), um."""
        x, y = np.mean(self.corners_um, axis=0)
        return float(x), float(y)


@dataclass(frozen=True, slots=True)
class AngleCount:
    """How many cells were found best under one angle."""

    angle_deg: float
    congruent: int
    other: int


def sought(direction: Mapping[str, Any]) -> tuple[Outline, ...]:
    """Give the cells where they were cut, over the mark that they belong to."""
    return _outlines(direction, _centres(direction), np.zeros(_count(direction)))


def found(direction: Mapping[str, Any]) -> tuple[Outline, ...]:
    """Give the cells where they were found, over the other mark as it is aligned.

    The other mark is shown by the common movement, so that congruent cells lie
    where they were cut and the others do not.
    """
    cells = direction["each_cell"]
    moved = np.array([[c["moved_y_um"], c["moved_x_um"]] for c in cells]).reshape(-1, 2)
    shift = np.array([direction["shift_y_um"], direction["shift_x_um"]])
    turn_deg = float(direction["turn_deg"])
    placed = rotate(_centres(direction) + moved - shift, -turn_deg)
    angles = np.array([c["angle_deg"] for c in cells]) - turn_deg
    return _outlines(direction, placed, angles)


def angle_counts(direction: Mapping[str, Any]) -> tuple[AngleCount, ...]:
    """Count cells by the angle under which each was found best."""
    cells = direction["each_cell"]
    yes = Counter(c["angle_deg"] for c in cells if c["is_congruent"])
    no = Counter(c["angle_deg"] for c in cells if not c["is_congruent"])
    return tuple(AngleCount(a, yes[a], no[a]) for a in sorted(yes | no))


def farthest_um(direction: Mapping[str, Any]) -> float:
    """Give half the side of the square that holds all cells, um."""
    places = [abs(c[k] + 0.5) for c in direction["each_cell"] for k in _PLACE]
    return (max(places, default=0.5) + 0.5) * float(direction["cell_um"])


_PLACE = ("row", "column")


def _count(direction: Mapping[str, Any]) -> int:
    return len(direction["each_cell"])


def _centres(direction: Mapping[str, Any]) -> NDArray[np.float64]:
    places = [[c[k] + 0.5 for k in _PLACE] for c in direction["each_cell"]]
    return np.array(places, dtype=np.float64).reshape(-1, 2) * float(
        direction["cell_um"]
    )


def _outlines(
    direction: Mapping[str, Any],
    centres: NDArray[np.float64],
    angles_deg: NDArray[np.float64],
) -> tuple[Outline, ...]:
    listed = zip(direction["each_cell"], centres, angles_deg, strict=True)
    return tuple(
        _outline((number, float(direction["cell_um"])), cell, centre, float(angle))
        for number, (cell, centre, angle) in enumerate(listed, start=1)
    )


def _outline(
    numbered: tuple[int, float],
    cell: Mapping[str, Any],
    centre: Sequence[float],
    angle_deg: float,
) -> Outline:
    number, side_um = numbered
    square = np.array([[-1, -1], [-1, 1], [1, 1], [1, -1]]) * side_um / 2
    corners = rotate(square, angle_deg) + centre
    return Outline(
        number,
        tuple((round(float(x), 1), round(float(y), 1)) for y, x in corners),
        float(cell["correlation"]),
        float(cell["angle_deg"]),
        (float(cell["moved_x_um"]), float(cell["moved_y_um"])),
        bool(cell["is_congruent"]),
    )
