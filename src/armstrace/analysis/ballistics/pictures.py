"""Marks as pictures: relief, what is compared, overlay and difference.

A picture serves the eye only. No number of a comparison is taken from one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.ballistics import png
from armstrace.analysis.ballistics.preparation import Image, Mark
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.rotation import turn
from armstrace.analysis.ballistics.surfaces import Mask, Surface

WIDEST_PX = 560
TONES = 200
DIM = 40
LEVELS = 14
HIGHEST_SD = 2.5
SLOPE = 0.55

_ORANGE = np.array([1.0, 0.58, 0.12])
_BLUE = 1 - _ORANGE


@dataclass(frozen=True, slots=True)
class Light:
    """Where the light of a relief stands."""

    # Clockwise from the upper edge.
    azimuth_deg: float = 315.0
    # Above the surface; 90 is from the eye.
    elevation_deg: float = 40.0


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Heights on square pixels, ready to be drawn."""

    # (rows, columns) float32, any unit; 0 where no data.
    heights: Image
    # (rows, columns) bool.
    is_measured: Mask
    # Pixel, metres.
    pixel_m: float


@dataclass(frozen=True, slots=True)
class Pose:
    """How one mark lies in another, as a comparison found it."""

    turn_deg: float = 0.0
    # Shift (y, x), metres.
    shift_m: tuple[float, float] = (0.0, 0.0)


def view_of_scan(surface: Surface, *, widest_px: int = WIDEST_PX) -> View:
    """See a scan as measured, less its tilt, averaged to the size of a page.

    Args:
        widest_px: Pixels of the longer side, at most.
    """
    rows, columns = surface.heights_m.shape
    sides_m = rows * surface.spacing_y_m, columns * surface.spacing_x_m
    finest_m = max(surface.spacing_y_m, surface.spacing_x_m)
    pixel_m = max(finest_m, max(sides_m) / widest_px)
    is_measured = surface.is_measured
    values = np.where(is_measured, surface.heights_m, 0.0)
    steps_m = surface.spacing_y_m, surface.spacing_x_m
    total = _sum_points(values, steps_m, pixel_m)
    count = _sum_points(is_measured.astype(np.float64), steps_m, pixel_m)
    points = _sum_points(np.ones_like(values), steps_m, pixel_m)
    is_kept = count * 2 >= points
    heights = _flatten(total / np.maximum(count, 1), is_kept)
    return View(heights, is_kept, pixel_m)


def view_of_mark(mark: Mark, *, pose: Pose | None = None, half_px: int = 0) -> View:
    """See a mark as the filter left it, or as it lies in another.

    Args:
        pose: How it lies in the mark beside which it is shown.
        half_px: Pixels on each side of the centre; its own where 0.
    """
    half, pose = half_px or mark.heights.shape[0] // 2, pose or Pose()
    down, right = (shift / mark.pixel_m for shift in pose.shift_m)
    heights, weight = turn(mark, pose.turn_deg, half, (down, right))
    return View(heights, weight >= 0.5, mark.pixel_m)


def relief(
    view: View,
    light: Light | None = None,
    *,
    ring: Ring | None = None,
    steepness: float | None = None,
) -> bytes:
    """Draw a surface under a light, as PNG; what has no data is hatched.

    Args:
        ring: Outside of it the picture is dimmed.
        steepness: Exaggeration of slopes; give two marks the same one.
    """
    light = light or Light()
    shade = _shade(view, light, steepness or steepness_of(view))
    enlarged, is_measured, pixel_m = _enlarge(shade, view)
    indices = np.rint(np.clip(enlarged, 0, 1) * (TONES - 1)).astype(np.uint8)
    if ring:
        outside = ~_inside(ring, indices.shape, pixel_m)
        dimmed = TONES + indices.astype(np.int64) * DIM // TONES
        indices = np.where(outside, dimmed, indices).astype(np.uint8)
    return _finish(indices, is_measured, pixel_m, _greys())


def overlay(first: View, second: View) -> bytes:
    """Lay two marks over each other, as PNG; grey where they are alike.

    Args:
        first: Drawn in blue where it alone is high.
        second: Drawn in orange, in the frame of the first.
    """
    one, both, pixel_m = _enlarge(_level(first), first)
    two, also, _ = _enlarge(_level(second), second)
    levels = [np.rint(each * (LEVELS - 1)).astype(np.uint8) for each in (one, two)]
    indices = levels[0] * np.uint8(LEVELS) + levels[1]
    return _finish(indices, both & also, pixel_m, _pairs_of_tones())


def difference(first: View, second: View) -> bytes:
    """Draw the difference of two marks, as PNG; white where they are alike.

    Args:
        first: Blue where it is lower than the second.
        second: In the frame of the first; orange where it is the lower one.
    """
    apart = (first.heights - second.heights) / (2 * HIGHEST_SD) + 0.5
    both = View(apart, first.is_measured & second.is_measured, first.pixel_m)
    enlarged, is_measured, pixel_m = _enlarge(np.clip(apart, 0, 1), both)
    indices = np.rint(enlarged * (TONES - 1)).astype(np.uint8)
    return _finish(indices, is_measured, pixel_m, _diverging())


def steepness_of(view: View) -> float:
    """Give the exaggeration that makes the usual slope well seen."""
    down, right = _slopes(view)
    slopes = np.hypot(down, right)[view.is_measured]
    usual = float(np.median(slopes[slopes > 0])) if (slopes > 0).any() else 1.0
    return SLOPE / usual


# From values to tones ---------------------------------------------------------


def _shade(view: View, light: Light, steepness: float) -> Image:
    down, right = (slope * steepness for slope in _slopes(view))
    azimuth, elevation = np.deg2rad(light.azimuth_deg), np.deg2rad(light.elevation_deg)
    lit = (
        np.sin(elevation)
        - right * (np.sin(azimuth) * np.cos(elevation))
        + down * (np.cos(azimuth) * np.cos(elevation))
    ) / np.sqrt(1 + down * down + right * right)
    shade: Image = np.where(view.is_measured, np.clip(lit, 0, 1), 0).astype(np.float32)
    return shade


def _slopes(view: View) -> tuple[Image, Image]:
    """Give slopes by row and column; level beside a hole."""
    known = np.where(view.is_measured, view.heights, np.nan)
    if min(known.shape) < 2:
        return np.zeros_like(known), np.zeros_like(known)
    down, right = np.gradient(known)
    return np.nan_to_num(down), np.nan_to_num(right)


def _level(view: View) -> Image:
    """Bring standard deviations about zero into 0 to 1."""
    kept = view.heights[view.is_measured]
    sd = float(kept.std()) if kept.size else 1.0
    tones = view.heights / (2 * HIGHEST_SD * max(sd, 1e-12)) + 0.5
    levelled: Image = np.clip(tones, 0, 1).astype(np.float32)
    return levelled


def _enlarge(tones: Image, view: View) -> tuple[Image, Mask, float]:
    """Bring a small picture near to the size of a page, by a whole factor."""
    factor = max(1, WIDEST_PX // max(tones.shape))
    if factor == 1:
        return tones, view.is_measured, view.pixel_m
    # Holes take the mean of what surrounds them, so that their edge keeps its tone.
    weight = view.is_measured.astype(np.float32)
    across = [_between(count, factor) for count in tones.shape]
    total = across[0] @ (tones * weight) @ across[1].T
    share = across[0] @ weight @ across[1].T
    large = total / np.maximum(share, 1e-6)
    is_measured = view.is_measured.repeat(factor, axis=0).repeat(factor, axis=1)
    return large.astype(np.float32), is_measured, view.pixel_m / factor


def _between(count: int, factor: int) -> Image:
    """Give weights that interpolate between pixels: (count * factor, count)."""
    places = (np.arange(count * factor) + 0.5) / factor - 0.5
    places = np.clip(places, 0, count - 1)
    distance = np.abs(places[:, None] - np.arange(count))
    weights: Image = np.maximum(1 - distance, 0).astype(np.float32)
    return weights


def _finish(
    indices: png.Indices, is_measured: Mask, pixel_m: float, tones: png.Palette
) -> bytes:
    marked = png.with_scale_bar(png.hatch(indices, is_measured), pixel_m)
    return png.encode(marked, tones)


def _greys() -> png.Palette:
    bright = np.linspace(12, 248, TONES)
    dim = np.linspace(150, 215, DIM)
    tones = np.concatenate([bright, dim])
    return np.stack([tones] * 3, axis=1).astype(np.uint8)


def _diverging() -> png.Palette:
    """From deep blue over white to deep orange."""
    along = np.linspace(-1, 1, TONES)[:, None]
    low, high = np.array([18, 78, 140]), np.array([178, 84, 8])
    white = np.array([247, 247, 247])
    away = np.abs(along)
    tones = white * (1 - away) + np.where(along < 0, low, high) * away
    palette: png.Palette = np.rint(tones).astype(np.uint8)
    return palette


def _pairs_of_tones() -> png.Palette:
    """Give a colour for each pair of levels; equal levels give a grey."""
    levels = np.linspace(10, 250, LEVELS)
    first, second = np.meshgrid(levels, levels, indexing="ij")
    tones = first[..., None] * _BLUE + second[..., None] * _ORANGE
    palette: png.Palette = np.rint(tones.reshape(-1, 3)).astype(np.uint8)
    return palette


# From scans and marks to views ------------------------------------------------


def _sum_points(
    values: NDArray[np.float64], steps_m: tuple[float, float], pixel_m: float
) -> NDArray[np.float64]:
    """Add up the points that fall on each pixel."""
    for axis, step_m in enumerate(steps_m):
        pixel = ((np.arange(values.shape[axis]) + 0.5) * step_m / pixel_m).astype(int)
        starts = np.flatnonzero(np.diff(pixel, prepend=-1))
        values = np.add.reduceat(values, starts, axis=axis)
    return values


def _flatten(heights_m: NDArray[np.float64], is_measured: Mask) -> Image:
    """Take the tilt away, so that the light falls on the relief alone."""
    rows, columns = np.nonzero(is_measured)
    if not len(rows):
        return np.zeros(heights_m.shape, np.float32)
    some = slice(None, None, max(1, len(rows) // 5000))
    terms = np.stack([np.ones(len(rows)), rows, columns], axis=1)
    values = heights_m[rows, columns]
    tilt = np.linalg.lstsq(terms[some], values[some], rcond=None)[0]
    flat = np.zeros(heights_m.shape, np.float32)
    flat[rows, columns] = (values - terms @ tilt) * 1e6
    return flat


def _inside(ring: Ring, shape: tuple[int, ...], pixel_m: float) -> Mask:
    return ring.covers(Surface(np.zeros(shape), pixel_m, pixel_m))
