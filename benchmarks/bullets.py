"""Bullet lands compared by their striae. Experimental: see the limits of use.

A land engraved area is scanned with columns across the land and rows along the axis
of the bullet. Its signature is the profile that the rows share. Two bullets are
compared by the phase of their lands: of the ways in which one bullet can be turned
against the other, one stands out if a common barrel left its marks on both.

Tried on invented lands only (``synthetic_lands``). No ratio is given for bullets, and
no conclusion may rest on a phase alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.ballistics import filtering
from armstrace.analysis.ballistics.surfaces import Heights, Surface
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

METHOD = "land phases 1, experimental"
SHORTEST_M, LONGEST_M = 6e-6, 250e-6
LEAST_OVERLAP = 0.6
STEEPEST = 0.15
SHOULDER_SD = 4.0
FEWEST_POINTS = 64
FEWEST_ROWS = 8
SHEAR_STEPS = 61

Profile = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """The striae of one land.

    Args:
        heights: (points,) float64, standard deviations; NaN where no data.
        step_m: Between points, metres.
    """

    heights: Profile
    step_m: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two signatures at the lag at which they are most alike.

    Args:
        correlation: -1 to 1, over the points that both have; -1 where none is valid.
        lag_m: Shift of the second, metres.
    """

    correlation: float
    lag_m: float


@dataclass(frozen=True, slots=True, eq=False)
class PhaseTest:
    """Two bullets in every phase.

    Args:
        correlations: (lands, lands) of each land of one with each of the other.
        phases: (lands,) mean correlation in each phase.
    """

    correlations: NDArray[np.float64]
    phases: Profile

    @property
    def phase(self) -> int:
        """Give the phase that stands out most."""
        return int(self.phases.argmax())

    @property
    def lead(self) -> float:
        """Give how far it stands above the next best phase."""
        ordered = np.sort(self.phases)
        return float(ordered[-1] - ordered[-2])


def signature(surface: Surface) -> Signature:
    """Take the striae of a land.

    Args:
        surface: The land; columns across it, rows along the axis.

    Raises:
        InvalidInput: Too little is measured, or the surface is flat.

    Source:
        Chu and others, Journal of Research of NIST 115 (2010); ISO 16610-21.
    """
    rows_m = _trim(_flatten(surface.heights_m))
    is_measured = np.isfinite(rows_m)
    if (is_measured.sum(axis=0) >= FEWEST_ROWS).sum() < FEWEST_POINTS:
        raise InvalidInput(
            message("The land holds too few measured points; scan a wider strip of it.")
        )
    spacing_m = (np.inf, surface.spacing_x_m)
    smoothed = filtering.smooth(rows_m, cutoff_m=SHORTEST_M, spacing_m=spacing_m)
    striae = filtering.sharpen(smoothed, cutoff_m=LONGEST_M, spacing_m=spacing_m)
    profile = _mean_of_rows(_shear(striae, _steepness(striae)))
    return Signature(_standard(profile), surface.spacing_x_m)


def align(first: Signature, second: Signature) -> Alignment:
    """Find the lag at which two signatures are most alike.

    At each lag only points that both have count, and at least 60 % of the shorter
    one must overlap.

    Args:
        second: Another with the same step.

    Raises:
        InvalidInput: The steps differ.

    Source:
        Padfield, IEEE Transactions on Image Processing 21 (2012), along one axis.
    """
    if not np.isclose(first.step_m, second.step_m, rtol=1e-3):
        raise InvalidInput(message("The lands have different steps; scan both alike."))
    (f, m), (g, k) = (_mask(s.heights) for s in (first, second))
    n = _at_lags(m, k)
    sums = (_at_lags(f, k), _at_lags(m, g), _at_lags(f * f, k), _at_lags(m, g * g))
    per_point = 1 / np.maximum(n, 1)
    product = _at_lags(f, g) - sums[0] * sums[1] * per_point
    spread = (sums[2] - sums[0] ** 2 * per_point) * (sums[3] - sums[1] ** 2 * per_point)
    is_valid = (n >= LEAST_OVERLAP * min(m.sum(), k.sum())) & (spread > 1e-6)
    scores = np.where(is_valid, product / np.sqrt(np.maximum(spread, 1e-6)), -1.0)
    best = int(scores.argmax())
    lag = best - (len(g) - 1)
    return Alignment(float(min(scores[best], 1.0)), lag * first.step_m)


def compare(first: Sequence[Signature], second: Sequence[Signature]) -> PhaseTest:
    """Compare two bullets in every phase of their lands.

    Args:
        first: Lands of one bullet, in the order in which they follow each other.
        second: Of the other, in the same sense of turning.

    Raises:
        InvalidInput: The numbers of lands differ, or there are fewer than three.

    Source:
        Hare, Hofmann and Carriquiry, Annals of Applied Statistics 11 (2017).
    """
    count = len(first)
    if count != len(second) or count < 3:
        raise InvalidInput(
            message(
                "Two bullets are compared by the same number of lands, at least three; "
                "scan every land of both."
            )
        )
    correlations = np.array(
        [[align(one, two).correlation for two in second] for one in first]
    )
    lands = np.arange(count)
    phases = [
        correlations[lands, (lands + phase) % count].mean() for phase in range(count)
    ]
    return PhaseTest(correlations, np.array(phases))


def _flatten(heights_m: Heights) -> Heights:
    """Take the curve of the bullet away, robustly, from the columns' medians."""
    is_any = np.isfinite(heights_m).sum(axis=0) >= FEWEST_ROWS
    if is_any.sum() < FEWEST_POINTS:
        return np.full_like(heights_m, np.nan)
    across = np.linspace(-1, 1, heights_m.shape[1])
    middle_m = np.full(heights_m.shape[1], np.nan)
    middle_m[is_any] = np.nanmedian(heights_m[:, is_any], axis=0)
    is_kept = is_any.copy()
    curve: Profile = np.zeros(len(across))
    for _ in range(4):
        form = np.polyfit(across[is_kept], middle_m[is_kept], 2)
        curve = np.asarray(np.polyval(form, across), dtype=np.float64)
        off_m = middle_m - curve
        sd_m = 1.4826 * float(np.median(np.abs(off_m[is_kept])))
        again = is_any & (np.abs(off_m) <= max(SHOULDER_SD * sd_m, 1e-12))
        if again.sum() < FEWEST_POINTS:
            break
        is_kept = again
    flat: Heights = heights_m - curve
    return flat


def _trim(rows_m: Heights) -> Heights:
    """Leave the shoulders of the grooves out: both ends that rise off the land."""
    is_any = np.isfinite(rows_m).any(axis=0)
    if not is_any.any():
        return rows_m
    middle_m = np.full(rows_m.shape[1], np.nan)
    middle_m[is_any] = np.nanmedian(rows_m[:, is_any], axis=0)
    sd_m = 1.4826 * float(np.nanmedian(np.abs(middle_m - np.nanmedian(middle_m))))
    is_land = np.abs(np.nan_to_num(middle_m)) <= max(SHOULDER_SD * sd_m, 1e-12)
    inside = np.flatnonzero(_majority(is_land, len(middle_m) // 40 + 1))
    kept = rows_m.copy()
    if len(inside):
        kept[:, : inside[0]] = np.nan
        kept[:, inside[-1] + 1 :] = np.nan
    return kept


def _majority(flags: NDArray[np.bool_], width: int) -> NDArray[np.bool_]:
    share = np.convolve(flags, np.ones(width) / width, mode="same")
    most: NDArray[np.bool_] = share > 0.8
    return most


def _steepness(striae: Heights) -> float:
    """Find how far striae lean, points a row, by the contrast of their mean."""
    choices = np.linspace(-STEEPEST, STEEPEST, SHEAR_STEPS)
    contrast = [np.nanvar(_mean_of_rows(_shear(striae, lean))) for lean in choices]
    return float(choices[int(np.argmax(contrast))])


def _shear(striae: Heights, lean: float) -> Heights:
    rows, columns = striae.shape
    shifts = np.rint(lean * (np.arange(rows) - rows / 2)).astype(int)
    places = np.arange(columns) + shifts[:, None]
    is_inside = (places >= 0) & (places < columns)
    values = np.take_along_axis(striae, np.clip(places, 0, columns - 1), axis=1)
    return np.where(is_inside, values, np.nan)


def _mean_of_rows(striae: Heights) -> Profile:
    """Give the mean of the rows where enough of them are measured."""
    count = np.isfinite(striae).sum(axis=0)
    total = np.nansum(striae, axis=0)
    profile: Profile = np.where(
        count >= FEWEST_ROWS, total / np.maximum(count, 1), np.nan
    )
    return profile


def _standard(profile: Profile) -> Profile:
    sd = float(np.nanstd(profile))
    if sd <= 0:
        raise InvalidInput(message("The land is flat, so there is nothing to compare."))
    standard: Profile = (profile - np.nanmean(profile)) / sd
    return standard


def _mask(heights: Profile) -> tuple[Profile, Profile]:
    is_measured = np.isfinite(heights)
    return np.where(is_measured, heights, 0.0), is_measured.astype(np.float64)


def _at_lags(one: Profile, two: Profile) -> Profile:
    """Correlate at every lag: (len(one) + len(two) - 1,)."""
    size = len(one) + len(two) - 1
    spectrum = np.fft.rfft(one, size) * np.fft.rfft(two[::-1], size)
    return np.fft.irfft(spectrum, size)
