"""Masked normalised cross-correlation of cells, exact, by FFT."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from armstrace.analysis.ballistics.cells import Cells
from armstrace.analysis.ballistics.preparation import Image, Mark
from armstrace.analysis.ballistics.rotation import turn

LEAST_OVERLAP = 0.35
LEAST_AREA = 0.15
POINTS_AT_ONCE = 36_000
LEAST_SPREAD = np.float32(1e-3)

Spectra = NDArray[np.complex64]


@dataclass(frozen=True, slots=True, eq=False)
class Peaks:
    """The best place of every cell under every angle."""

    # (angles, cells) float32, correlation -1 to 1; -1 where none is valid.
    score: Image
    # (angles, cells, 2) int, pixels (y, x) in the turned target.
    shift: NDArray[np.int64]
    # (angles,) float64, degrees.
    angles_deg: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """Spectra of the cells, their weights and their squares."""

    cells: Cells
    # Conjugate spectra of the heights; weight and square likewise.
    heights: Spectra
    weight: Spectra
    square: Spectra
    # (cells,) fewest common points.
    least_points: Image

    def parts(self) -> Iterator[tuple[slice, "Template"]]:
        """Give runs of cells so short that the processor's cache holds them."""
        step = max(1, POINTS_AT_ONCE // (3 * self.cells.side) ** 2)
        for start in range(0, len(self.cells), step):
            run = slice(start, start + step)
            part = Template(
                self.cells,
                self.heights[run],
                self.weight[run],
                self.square[run],
                self.least_points[run],
            )
            yield run, part


def template_of(cells: Cells) -> Template:
    """Transform the cells once for all angles."""
    size = 3 * cells.side
    heights = np.conj(scipy.fft.rfft2(cells.heights, (size, size)))
    weight = np.conj(scipy.fft.rfft2(cells.weight, (size, size)))
    square = np.conj(scipy.fft.rfft2(cells.heights**2, (size, size)))
    filled = cells.weight.sum(axis=(1, 2))
    least = np.maximum(LEAST_OVERLAP * filled, LEAST_AREA * cells.side**2)
    return Template(cells, heights, weight, square, least[:, None, None])


def correlate(
    template: Template,
    target: Mark,
    angles_deg: NDArray[np.float64],
    offsets: NDArray[np.int64],
) -> Peaks:
    """Find each cell in the target under each angle, within one cell's side.

    Only points that are measured in both enter the mean, the variance and the
    product, at every shift; nothing is filled in.

    Args:
        target: The mark to search, at the same pixel.
        angles_deg: (angles,) degrees.
        offsets: (angles, 2) pixels (y, x) in the turned target about which cells
            are sought.

    Source:
        Padfield, IEEE Transactions on Image Processing 21 (2012).
    """
    cells = template.cells
    half = int(np.abs(cells.places + 0.5).max() + 0.5) * cells.side + cells.side
    half += int(np.abs(offsets).max(initial=0))
    corners = cells.places * cells.side + half - cells.side
    score = np.empty((len(angles_deg), len(cells)), np.float32)
    shift = np.empty((len(angles_deg), len(cells), 2), np.int64)
    for number, angle_deg in enumerate(angles_deg):
        heights, weight = turn(target, float(angle_deg), half)
        for run, part in template.parts():
            at = corners[run] + offsets[number]
            regions = [_windows(i, at, cells.side) for i in (heights, weight)]
            score[number, run], places = _peaks(_scores(part, *regions))
            shift[number, run] = places - cells.side + offsets[number]
    return Peaks(score, shift, angles_deg)


def _windows(image: Image, corners: NDArray[np.int64], side: int) -> Image:
    views = sliding_window_view(image, (3 * side, 3 * side))
    return views[corners[:, 0], corners[:, 1]]


def _scores(template: Template, heights: Image, weight: Image) -> Image:
    """Correlate at every shift: (cells, shifts, shifts)."""
    size = heights.shape[-1]
    count = size - template.cells.side + 1
    of_heights, of_weight, of_square = (
        scipy.fft.rfft2(image) for image in (heights, weight, heights * heights)
    )
    n, sum_f, sum_g, sum_ff, sum_gg, sum_fg = (
        scipy.fft.irfft2(product, (size, size), overwrite_x=True)[:, :count, :count]
        for product in (
            of_weight * template.weight,
            of_heights * template.weight,
            of_weight * template.heights,
            of_square * template.weight,
            of_weight * template.square,
            of_heights * template.heights,
        )
    )
    is_valid = n >= template.least_points - 0.5
    # In place, as these arrays are what the processor's cache must hold.
    per_point = 1 / np.maximum(n, 1)
    sum_ff -= sum_f * sum_f * per_point
    sum_gg -= sum_g * sum_g * per_point
    sum_f *= sum_g
    sum_f *= per_point
    sum_fg -= sum_f
    sum_ff *= sum_gg
    is_valid &= sum_ff > LEAST_SPREAD
    np.maximum(sum_ff, LEAST_SPREAD, out=sum_ff)
    sum_fg /= np.sqrt(sum_ff, out=sum_ff)
    return np.where(is_valid, sum_fg, np.float32(-1))


def _peaks(scores: Image) -> tuple[Image, NDArray[np.int64]]:
    flat = scores.reshape(len(scores), -1)
    best = flat.argmax(axis=1)
    places = np.stack(np.divmod(best, scores.shape[-1]), axis=1)
    return np.minimum(flat[np.arange(len(flat)), best], 1), places
