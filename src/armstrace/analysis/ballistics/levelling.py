"""Take the form of a surface away, inside the region only."""

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.ballistics.surfaces import Heights, Mask
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
OUTLIER_SD = 6.0
ROUNDS = 4
MOST_FITTED = 20_000
FEWEST_POINTS = 100

_SD_OF_MAD = 1.4826
_TERMS = 6


def level(heights_m: Heights, region: Mask) -> Heights:
    """Subtract a second-order form, fitted robustly inside the region.

    Args:
        heights_m: (rows, columns) float64, metres; NaN where no data.
        region: (rows, columns) bool; what is compared.

    Returns:
        Residual heights, metres; NaN outside the region, where no data is, and at
        outliers beyond six robust standard deviations.

    Raises:
        InvalidInput: Fewer points than the form needs.
    """
    is_measured = np.isfinite(heights_m)
    is_used = region & is_measured
    if is_measured.sum() < FEWEST_POINTS:
        raise InvalidInput(
            SAID.say(
                "TOO_FEW_POINTS", points=int(is_measured.sum()), fewest=FEWEST_POINTS
            ),
            field="file",
        )
    if is_used.sum() < FEWEST_POINTS:
        raise InvalidInput(
            SAID.say("REGION_TOO_BARE", fewest=FEWEST_POINTS),
            field="region",
        )
    rows, columns = np.nonzero(is_used)
    values_m = heights_m[rows, columns]
    terms = _terms(rows, columns, heights_m.shape)
    residual_m, is_kept = _fit(terms, values_m)
    levelled = np.full(heights_m.shape, np.nan)
    levelled[rows[is_kept], columns[is_kept]] = residual_m[is_kept]
    return levelled


def _terms(
    rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, ...]
) -> NDArray[np.float64]:
    y = rows / shape[0] - 0.5
    x = columns / shape[1] - 0.5
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)


def _fit(
    terms: NDArray[np.float64], values_m: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Fit by least squares, leave outliers out, and fit again."""
    step = max(1, len(values_m) // MOST_FITTED)
    is_kept = np.ones(len(values_m), dtype=bool)
    residual_m = values_m
    for _ in range(ROUNDS):
        some = np.flatnonzero(is_kept)[::step]
        if len(some) < _TERMS:
            break
        form = np.linalg.lstsq(terms[some], values_m[some], rcond=None)[0]
        residual_m = values_m - terms @ form
        sd_m = _SD_OF_MAD * float(np.median(np.abs(residual_m[some])))
        is_kept = np.abs(residual_m) <= max(OUTLIER_SD * sd_m, 1e-12)
    return residual_m, is_kept
