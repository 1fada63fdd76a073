"""Cells of a mark on a grid that is the same for every mark."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.ballistics.preparation import Image, Mark, Raster
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

LEAST_FILLED = 0.35


@dataclass(frozen=True, slots=True, eq=False)
class Cells(Raster):
    """The cells of a mark that hold enough data.

    The raster is (cells, side, side), with zero mean over each cell's data.
    """

    # (cells, 2) int, place on the grid (row, column); the centre of the mark is the
    # corner between -1 and 0.
    places: NDArray[np.int64]
    side: int

    @property
    def centres(self) -> NDArray[np.float64]:
        """Give the middle of each cell from the mark's centre, pixels (y, x)."""
        return (self.places + 0.5).astype(np.float64) * self.side

    def __len__(self) -> int:
        return len(self.places)


def cut(mark: Mark) -> Cells:
    """Cut a mark into square cells.

    Source:
        Song, AFTE Journal 45 (2013); the grid is anchored at the mark's centre.
    """
    side = round(mark.cell_m / mark.pixel_m)
    half = -(-mark.heights.shape[0] // (2 * side))
    heights = frame(mark.heights, half * side)
    weight = frame(mark.weight, half * side)
    tiles, tile_weights = _tiles(heights, side), _tiles(weight, side)
    filled = tile_weights.sum(axis=(1, 2))
    kept = np.flatnonzero(filled >= LEAST_FILLED * side * side)
    tiles, tile_weights = tiles[kept], tile_weights[kept]
    means = tiles.sum(axis=(1, 2)) / np.maximum(filled[kept], 1)
    centred = ((tiles - means[:, None, None]) * tile_weights).astype(np.float32)
    places = np.stack(np.divmod(kept, 2 * half), axis=1) - half
    return Cells(centred, tile_weights, mark.pixel_m, places, side)


def require(mark: Mark) -> Cells:
    """Cut a mark that must hold something to compare.

    Raises:
        InvalidInput: It holds no cell with enough data.
    """
    cells = cut(mark)
    if not len(cells):
        raise InvalidInput(
            message(
                "A mark holds no cell with enough measured points; widen the region or "
                "scan it again."
            )
        )
    return cells


def frame(image: Image, half: int) -> Image:
    """Cut or pad an image to ``half`` pixels on each side of its centre."""
    old = image.shape[0] // 2
    if half <= old:
        return image[old - half : old + half, old - half : old + half]
    return np.pad(image, half - old)


def _tiles(image: Image, side: int) -> Image:
    count = image.shape[0] // side
    blocks = image.reshape(count, side, count, side).swapaxes(1, 2)
    return np.ascontiguousarray(blocks.reshape(count * count, side, side))
