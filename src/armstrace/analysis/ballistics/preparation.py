"""From a scan to a mark: region, levelling, band-pass, working pixel."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from armstrace.analysis.ballistics import filtering, levelling, regions
from armstrace.analysis.ballistics.surfaces import Heights, Surface
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
LARGEST_MARK_M = 12e-3

Image = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Band:
    """Which waves of a mark are kept, and at which pixel."""

    # Working pixel, metres.
    pixel_m: float = 25e-6
    # Lower cut-off, metres.
    shortest_m: float = 16e-6
    # Upper cut-off, metres.
    longest_m: float = 500e-6
    # Side of the cells that the mark is cut into, metres.
    cell_m: float = 450e-6


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Heights on square pixels, with holes."""

    # float32, standard deviations; 0 where no data is.
    heights: Image
    # As ``heights``; 1 where data is, else 0.
    weight: Image
    # Pixel, metres.
    pixel_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Mark(Raster):
    """A filtered mark, (side, side), about the centre of its region."""

    # One standard deviation of height, metres.
    sd_m: float
    # Side of the cells that it is cut into, metres.
    cell_m: float = 450e-6


def prepare(
    surface: Surface, *, ring: regions.Ring | None = None, band: Band | None = None
) -> Mark:
    """Level, filter and standardise the region of a scan.

    Args:
        ring: Region that an examiner drew; all that is measured where none.

    Returns:
        The mark; holes stay holes and are never filled in.

    Raises:
        InvalidInput: The region holds too little, or is coarser than the pixel.

    Source:
        ISO 16610-21; Song, AFTE Journal 45 (2013).
    """
    ring = ring or regions.whole_scan(surface)
    band = band or Band()
    _require_fitting(surface, band)
    spacing_m = (surface.spacing_y_m, surface.spacing_x_m)
    levelled = levelling.level(surface.heights_m, ring.covers(surface))
    smoothed = filtering.smooth(levelled, cutoff_m=band.shortest_m, spacing_m=spacing_m)
    averaged = _average(smoothed, surface, ring, band.pixel_m)
    sharpened = filtering.sharpen(
        averaged, cutoff_m=band.longest_m, spacing_m=(band.pixel_m, band.pixel_m)
    )
    return _standardise(sharpened, band.pixel_m, band.cell_m)


def coarsen(mark: Mark, factor: int) -> Mark:
    """Average a mark over blocks of pixels.

    Args:
        factor: Pixels along the side of a block, which divides half the side.
    """
    side = mark.heights.shape[0] // factor
    shape = (side, factor, side, factor)
    count = mark.weight.reshape(shape).sum(axis=(1, 3))
    total = mark.heights.reshape(shape).sum(axis=(1, 3))
    means = np.where(count * 2 >= factor * factor, total / np.maximum(count, 1), np.nan)
    return _standardise(means.astype(np.float64), mark.pixel_m * factor, mark.cell_m)


def _require_fitting(surface: Surface, band: Band) -> None:
    rows, columns = surface.heights_m.shape
    if max(surface.spacing_x_m, surface.spacing_y_m) > band.pixel_m * 1.01:
        raise InvalidInput(
            SAID.say("STEP_TOO_COARSE", coarsest_um=f"{band.pixel_m * 1e6:g}")
        )
    if max(rows * surface.spacing_y_m, columns * surface.spacing_x_m) > LARGEST_MARK_M:
        raise InvalidInput(
            SAID.say("SCAN_TOO_WIDE", widest_mm=f"{LARGEST_MARK_M * 1e3:g}")
        )


def _average(
    heights_m: Heights, surface: Surface, ring: regions.Ring, pixel_m: float
) -> Heights:
    """Average by area onto square pixels about the centre of the ring."""
    rows, columns = heights_m.shape
    down = _shares(rows, surface.spacing_y_m, ring.centre_y_m, pixel_m)
    across = _shares(columns, surface.spacing_x_m, ring.centre_x_m, pixel_m)
    side = max(len(down), len(across))
    down, across = _pad(down, side), _pad(across, side)
    is_measured = np.isfinite(heights_m)
    area = across @ (down @ is_measured.astype(np.float64)).T
    total = across @ (down @ np.where(is_measured, heights_m, 0.0)).T
    averaged: Heights = np.where(area >= 0.5, total / np.maximum(area, 1e-9), np.nan)
    return averaged.T


def _shares(count: int, step_m: float, centre_m: float, pixel_m: float) -> Heights:
    """Give the share of each pixel that each point covers: (pixels, points).

    The number of pixels is a multiple of four, half on each side of the centre.
    """
    edges = (np.arange(count + 1) * step_m - centre_m) / pixel_m
    half = 2 * int(np.ceil(max(-edges[0], edges[-1], 1.0) / 2 - 1e-3))
    left = np.arange(-half, half)[:, None]
    low = np.maximum(edges[None, :-1], left)
    high = np.minimum(edges[None, 1:], left + 1)
    shares: Heights = np.maximum(high - low, 0.0)
    return shares


def _pad(shares: Heights, side: int) -> csr_array:
    """Centre shares among so many pixels; a pixel covers few points."""
    short = (side - len(shares)) // 2
    return csr_array(np.pad(shares, ((short, short), (0, 0))))


def _standardise(heights_m: Heights, pixel_m: float, cell_m: float) -> Mark:
    is_measured = np.isfinite(heights_m)
    if not is_measured.any():
        raise InvalidInput(
            message("No part of the scan is left to compare."), field="region"
        )
    kept = heights_m[is_measured]
    sd_m = float(kept.std())
    if sd_m <= 0:
        raise InvalidInput(message("The scan is flat, so there is nothing to compare."))
    standard = np.where(is_measured, (heights_m - kept.mean()) / sd_m, 0.0)
    return Mark(
        standard.astype(np.float32),
        is_measured.astype(np.float32),
        pixel_m,
        sd_m,
        cell_m,
    )
