"""Compare two marks in both directions."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.ballistics import cells as grid
from armstrace.analysis.ballistics import consensus, correlation
from armstrace.analysis.ballistics.cells import Cells
from armstrace.analysis.ballistics.consensus import Agreement, Tolerance
from armstrace.analysis.ballistics.preparation import Mark
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

METHOD = "masked congruent cells 1"


@dataclass(frozen=True, slots=True)
class Sweep:
    """Angles at which cells are sought."""

    # Middle of the angles, degrees.
    centre_deg: float = 0.0
    # Farthest from the middle; 180 for all orientations.
    reach_deg: float = 30.0
    step_deg: float = 3.0

    def angles(self, sign: int = 1) -> NDArray[np.float64]:
        """Give the angles, mirrored where sign is -1."""
        count = int(self.reach_deg // self.step_deg)
        if self.reach_deg >= 180:
            turns = np.arange(-180.0, 180.0, self.step_deg)
        else:
            turns = np.arange(-count, count + 1) * self.step_deg
        return sign * (self.centre_deg + turns)


@dataclass(frozen=True, slots=True)
class Settings:
    """How marks are compared; the defaults are frozen (see the explanation)."""

    sweep: Sweep = field(default_factory=Sweep)
    tolerance: Tolerance = field(default_factory=Tolerance)
    # Where the middle of the first lies in the second (y, x), metres; cells are sought
    # about there.
    offset_m: tuple[float, float] = (0.0, 0.0)

    def offsets_px(self, pixel_m: float, sign: int) -> NDArray[np.int64]:
        """Give where cells are sought in the turned target: (angles, 2) pixels."""
        angles_deg = self.sweep.angles(sign)
        offset = np.broadcast_to(np.array(self.offset_m), (len(angles_deg), 2))
        turned = consensus.rotate(offset, -angles_deg) if sign > 0 else -offset
        return np.rint(turned / pixel_m).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """One mark's cells sought in the other."""

    cells: Cells
    agreement: Agreement


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two marks compared."""

    # Cells of the first sought in the second.
    forward: Direction
    # Cells of the second sought in the first.
    backward: Direction

    @property
    def weaker(self) -> Direction:
        """Give the direction with fewer congruent cells."""
        both = (self.forward, self.backward)
        return min(both, key=lambda d: (d.agreement.count, d.agreement.strength))

    @property
    def congruent_cells(self) -> int:
        """Count congruent cells in the weaker direction."""
        return self.weaker.agreement.count

    @property
    def cells(self) -> int:
        """Count the cells of the weaker direction."""
        return len(self.weaker.cells)

    @property
    def score(self) -> float:
        """Give the sum of correlations of congruent cells, weaker direction."""
        return self.weaker.agreement.strength


def compare(first: Mark, second: Mark, settings: Settings | None = None) -> Comparison:
    """Compare two marks, each one's cells sought in the other.

    Args:
        second: A mark at the same pixel.
        settings: How; the frozen defaults where none.

    Raises:
        InvalidInput: A mark holds no cell with enough data, or the pixels differ.

    Source:
        Song, AFTE Journal 45 (2013). Limits of use: ``limits.LIMITS``.
    """
    settings = settings or Settings()
    if not np.isclose(first.pixel_m, second.pixel_m):
        raise InvalidInput(
            message("The marks have different pixels; prepare both alike.")
        )
    return Comparison(
        seek(first, second, settings, sign=1), seek(second, first, settings, sign=-1)
    )


def seek(reference: Mark, target: Mark, settings: Settings, *, sign: int) -> Direction:
    """Seek the cells of one mark in another.

    Args:
        sign: 1, or -1 to mirror the angles for the way back.

    Raises:
        InvalidInput: The reference holds no cell with enough data.
    """
    cells = grid.require(reference)
    template = correlation.template_of(cells)
    peaks = correlation.correlate(
        template,
        target,
        settings.sweep.angles(sign),
        settings.offsets_px(cells.pixel_m, sign),
    )
    return Direction(cells, consensus.agree(cells, peaks, settings.tolerance))
