"""Propose a region; an examiner draws the one that counts."""

import numpy as np
import scipy

from armstrace.analysis.ballistics import regions
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.surfaces import Mask, Surface

COARSEST_M = 50e-6
WIDEST_OUTER_M = 2.2e-3
DEEP_SD = 6.0
MARGIN = 1.05
BRIDGED = 4
OUTER = 0.99


def suggest(surface: Surface) -> Ring:
    """Propose the ring of a breech face.

    The firing pin is taken to be the hole in the middle of what is measured, or else
    the largest deep place. A headstamp, a scratch or another mark can be taken for it,
    so the proposal is for an examiner to correct.

    Returns:
        The ring; the circle around all that is measured where no firing pin is
        seen.
    """
    step = max(1, int(COARSEST_M / max(surface.spacing_x_m, surface.spacing_y_m)))
    heights_m = surface.heights_m[::step, ::step]
    coarse = Surface(heights_m, surface.spacing_x_m * step, surface.spacing_y_m * step)
    is_measured = coarse.is_measured
    if is_measured.sum() < 100:
        return _around(surface)
    pin = _largest(_holes(is_measured))
    if not pin.any():
        pin = _largest(_deep(coarse))
    if not pin.any():
        return _around(surface)
    return _ring(coarse, pin)


def _ring(surface: Surface, pin: Mask) -> Ring:
    x_m, y_m = regions.coordinates(surface)
    rows, columns = np.nonzero(pin)
    centre = float(x_m[columns].mean()), float(y_m[rows].mean())
    radius_m = np.hypot(x_m - centre[0], y_m[:, None] - centre[1])
    pin_m = MARGIN * float(np.quantile(radius_m[pin], OUTER))
    outside = radius_m[surface.is_measured & (radius_m > pin_m)]
    if not len(outside):
        return _around(surface)
    outer_m = min(float(np.quantile(outside, OUTER)), WIDEST_OUTER_M)
    if outer_m <= pin_m:
        return _around(surface)
    return Ring(*centre, outer_m, pin_m)


def _around(surface: Surface) -> Ring:
    """Give the circle about all that is measured."""
    x_m, y_m = regions.coordinates(surface)
    rows, columns = np.nonzero(surface.is_measured)
    if not len(rows):
        return regions.whole_scan(surface)
    right_m, left_m = x_m[columns.max()], x_m[columns.min()]
    low_m, high_m = y_m[rows.max()], y_m[rows.min()]
    outer_m = max(right_m - left_m, low_m - high_m) / 2 + surface.spacing_x_m
    return Ring(float(right_m + left_m) / 2, float(low_m + high_m) / 2, float(outer_m))


def _holes(is_measured: Mask) -> Mask:
    """Give the holes that measured points surround, bridging gaps of their ring."""
    framed = np.pad(is_measured, BRIDGED)
    closed = scipy.ndimage.binary_closing(framed, iterations=BRIDGED)
    holes: Mask = (scipy.ndimage.binary_fill_holes(closed) & ~closed)[
        BRIDGED:-BRIDGED, BRIDGED:-BRIDGED
    ]
    return holes


def _deep(surface: Surface) -> Mask:
    heights_m = surface.heights_m
    middle_m = np.nanmedian(heights_m)
    sd_m = 1.4826 * float(np.nanmedian(np.abs(heights_m - middle_m)))
    deep: Mask = heights_m < middle_m - max(DEEP_SD * sd_m, 1e-12)
    return deep


def _largest(flags: Mask) -> Mask:
    """Give the largest connected part, if it is larger than a speck."""
    labels, count = scipy.ndimage.label(flags)
    if not count:
        return flags
    sizes = np.bincount(labels.ravel())[1:]
    if sizes.max() < 9:
        return np.zeros_like(flags)
    largest: Mask = labels == 1 + int(sizes.argmax())
    return largest
