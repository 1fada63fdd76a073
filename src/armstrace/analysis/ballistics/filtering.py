"""The Gaussian filter of ISO 16610-21, with holes left as holes."""

import numpy as np
import scipy

from armstrace.analysis.ballistics.surfaces import Heights

# ln 2 / pi to the half: half of a wave passes at the cut-off length.
ALPHA = float(np.sqrt(np.log(2) / np.pi))
SIGMA_OF_CUTOFF = ALPHA / float(np.sqrt(2 * np.pi))
SMALLEST_SIGMA = 0.3

_REACH = 4.0


def smooth(
    heights_m: Heights, *, cutoff_m: float, spacing_m: tuple[float, float]
) -> Heights:
    """Keep waves longer than the cut-off.

    Weights are normalised over the points that have data, so that an edge or a
    dropout does not pull the mean towards zero; a point without data stays one.

    Args:
        heights_m: (rows, columns) float64, metres; NaN where no data.
        cutoff_m: Length at which half of a wave passes, metres.
        spacing_m: Steps between rows and between columns, metres.

    Source:
        ISO 16610-21, 4.2; ISO 16610-61.
    """
    sigma = [SIGMA_OF_CUTOFF * cutoff_m / step for step in spacing_m]
    if max(sigma) < SMALLEST_SIGMA:
        return heights_m
    is_measured = np.isfinite(heights_m)
    filled = np.where(is_measured, heights_m, 0.0)
    weight = scipy.ndimage.gaussian_filter(
        is_measured.astype(np.float64), sigma, mode="constant", truncate=_REACH
    )
    total = scipy.ndimage.gaussian_filter(
        filled, sigma, mode="constant", truncate=_REACH
    )
    passed: Heights = np.where(is_measured, total / np.maximum(weight, 1e-12), np.nan)
    return passed


def sharpen(
    heights_m: Heights, *, cutoff_m: float, spacing_m: tuple[float, float]
) -> Heights:
    """Keep waves shorter than the cut-off; see ``smooth``.

    Source:
        ISO 16610-21, 4.3.
    """
    return heights_m - smooth(heights_m, cutoff_m=cutoff_m, spacing_m=spacing_m)
