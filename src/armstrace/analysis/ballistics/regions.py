"""The part of a scan that is compared, as the examiner draws it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.ballistics.surfaces import Mask, Surface
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
FEWEST_CORNERS = 3
SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Ring:
    """What lies between an outer ring and the circle of the firing pin."""

    # Centre from the left edge of the scan, metres.
    centre_x_m: float
    # Centre from its first row, metres.
    centre_y_m: float
    # Radius of the outer ring, metres.
    outer_radius_m: float
    # Radius of the firing-pin circle, metres; 0 leaves nothing out.
    pin_radius_m: float = 0.0
    # (x, y) corners of an outline that holds the region within the ring, metres; none
    # where the ring alone holds it.
    corners_m: Sequence[Sequence[float]] = ()

    def __post_init__(self) -> None:
        """Refuse a ring with nothing in it."""
        if not 0 <= self.pin_radius_m < self.outer_radius_m:
            raise InvalidInput(
                SAID.say("PIN_TOO_LARGE"),
                field="region",
            )
        if 0 < len(self.corners_m) < FEWEST_CORNERS:
            raise InvalidInput(
                message("An outline has three corners or more; draw the region again."),
                field="region",
            )

    def covers(self, surface: Surface) -> Mask:
        """Tell which points lie in the ring: (rows, columns) bool."""
        x_m, y_m = coordinates(surface)
        radius_m = np.hypot(x_m - self.centre_x_m, y_m[:, None] - self.centre_y_m)
        covered: Mask = (radius_m <= self.outer_radius_m) & (
            radius_m >= self.pin_radius_m
        )
        if not self.corners_m:
            return covered
        return covered & _inside(x_m, y_m, np.asarray(self.corners_m, dtype=float))


def coordinates(surface: Surface) -> tuple[np.ndarray, np.ndarray]:
    """Give the metres of columns from the left edge and of rows from the first."""
    rows, columns = surface.heights_m.shape
    x_m = (np.arange(columns) + 0.5) * surface.spacing_x_m
    y_m = (np.arange(rows) + 0.5) * surface.spacing_y_m
    return x_m, y_m


def require_on(ring: Ring, surface: Surface) -> None:
    """Refuse a ring that no mark on the scan can have.

    Args:
        ring: The region; its outer ring may reach beyond the edges.

    Raises:
        InvalidInput: Its centre or a corner is not on the scan, or its radius is
            longer than the scan's diagonal.
    """
    rows, columns = surface.heights_m.shape
    width_m, height_m = columns * surface.spacing_x_m, rows * surface.spacing_y_m
    widest_m = float(np.hypot(width_m, height_m)) * (1 + SLACK)
    spots = [(ring.centre_x_m, ring.centre_y_m), *ring.corners_m]
    is_on = all(0 <= x <= width_m and 0 <= y <= height_m for x, y in spots)
    if not is_on or not ring.outer_radius_m <= widest_m:
        raise InvalidInput(
            SAID.say(
                "REGION_OUTSIDE",
                width_mm=f"{width_m * 1e3:.2f}",
                height_mm=f"{height_m * 1e3:.2f}",
                widest_mm=f"{widest_m * 1e3:.2f}",
            ),
            field="region",
        )


def whole_scan(surface: Surface) -> Ring:
    """Take all that is measured, about the middle of the scan.

    Fits scans that were cropped to the mark before; a raw scan needs a ring that an
    examiner draws, because a headstamp correlates as well as a breech face.
    """
    rows, columns = surface.heights_m.shape
    width_m, height_m = columns * surface.spacing_x_m, rows * surface.spacing_y_m
    return Ring(width_m / 2, height_m / 2, float(np.hypot(width_m, height_m)))


def _inside(
    x_m: NDArray[np.float64], y_m: NDArray[np.float64], corners_m: NDArray[np.float64]
) -> Mask:
    """Tell which points lie in a polygon, by counting the edges to their right."""
    is_inside = np.zeros((len(y_m), len(x_m)), dtype=bool)
    for (x1, y1), (x2, y2) in zip(
        corners_m, np.roll(corners_m, -1, axis=0), strict=True
    ):
        crossed = np.flatnonzero((y_m >= min(y1, y2)) & (y_m < max(y1, y2)))
        if len(crossed):
            at_m = x1 + (y_m[crossed] - y1) * (x2 - x1) / (y2 - y1)
            is_inside[crossed] ^= x_m < at_m[:, None]
    return is_inside
