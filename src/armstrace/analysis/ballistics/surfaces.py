"""A measured surface: heights in metres on a regular grid."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Heights = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """Heights on a grid with equal steps along each axis."""

    # (rows, columns) float64, metres; NaN where the scan has no data.
    heights_m: Heights
    # Step between columns, metres.
    spacing_x_m: float
    # Step between rows, metres.
    spacing_y_m: float

    @property
    def is_measured(self) -> Mask:
        """Tell which points have data: (rows, columns) bool."""
        return np.isfinite(self.heights_m)

    @property
    def share_measured(self) -> float:
        """Give the share of points that have data, 0 to 1."""
        return float(self.is_measured.mean())
