"""From a count of congruent cells to a likelihood ratio, with its limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.ballistics import betabinomial, reliability
from armstrace.analysis.ballistics.betabinomial import BetaBinomial
from armstrace.analysis.ballistics.references import (
    FEWEST_CELLS,
    Population,
    ReferenceSet,
    Table,
)
from armstrace.analysis.ballistics.reliability import Bounds
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, join, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
RESAMPLES = 100
INTERVAL = (0.025, 0.975)
NO_SET = message("No reference set fits, so no likelihood ratio is given.")

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Model:
    """Counts of pairs of one source and of two sources."""

    same: BetaBinomial
    different: BetaBinomial

    def log10_ratio(self, congruent: object, cells: object) -> Values:
        """Give log10 likelihood ratios, not bounded."""
        k, n = np.asarray(congruent), np.asarray(cells)
        ratios: Values = (
            self.same.log_probability(k, n) - self.different.log_probability(k, n)
        ) / np.log(10)
        return ratios


@dataclass(frozen=True, slots=True)
class Calibration:
    """A reference set made into ratios, tested on sources that it did not see."""

    name: str
    sources: int
    same_pairs: int
    # Number of its pairs of two sources.
    different_pairs: int
    # Fitted to all of it.
    model: Model
    # Beyond which no ratio is shown; from the source-disjoint test.
    bounds: Bounds
    # Cost of the bounded ratios in the source-disjoint test.
    cllr: float


@dataclass(frozen=True, slots=True)
class Ratio:
    """A likelihood ratio as it may be reported."""

    log10: float
    # 95 % interval over sources, within the bounds.
    interval: tuple[float, float]
    is_at_bound: bool
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class NoRatio:
    """Why there is none: a normal outcome."""

    reasons: tuple[Message, ...]


@lru_cache(maxsize=32)
def calibrate(reference: ReferenceSet) -> Calibration:
    """Fit a reference set and test it leaving one source out at a time.

    A pair of two sources is tested by the model that saw neither of them.

    Source:
        Vergeer et al., Science and Justice 56 (2016) for the bounds.
    """
    table = reference.table
    everyone = np.ones(len(reference.sources))
    same, different = source_disjoint(reference)
    bounds = reliability.elub(same, different)
    return Calibration(
        reference.name,
        len(reference.sources),
        int(table.is_same.sum()),
        int((~table.is_same).sum()),
        fit(table, everyone),
        bounds,
        reliability.cllr(bounds.kept(same), bounds.kept(different)),
    )


def source_disjoint(reference: ReferenceSet) -> tuple[Values, Values]:
    """Give log10 ratios of all pairs from models that saw neither source.

    Returns:
        Of the pairs of one source and of those of two, not bounded.
    """
    tested = _left_out(reference)
    is_same = reference.table.is_same
    return tested[is_same], tested[~is_same]


def fit(table: Table, source_weight: Values) -> Model:
    """Fit both kinds of pairs, each pair weighted by its sources.

    Args:
        source_weight: (sources,) how often each source counts; 0 leaves it out.
    """
    first = source_weight[table.first]
    weight = np.where(table.is_same, first, first * source_weight[table.second])
    return Model(
        *(_fit_counts(table, weight * kind) for kind in (table.is_same, ~table.is_same))
    )


def report(
    counts: tuple[int, int],
    case: Population,
    references: Sequence[ReferenceSet],
    *,
    rng: np.random.Generator,
) -> Ratio | NoRatio:
    """Give the likelihood ratio of a count, or why there is none.

    Args:
        counts: Congruent cells and cells, weaker direction.
        references: Sets to choose from; the first that fits is used.

    Source:
        NO_SET is the normal outcome. Limits of use: ``limits.LIMITS``.
    """
    congruent, cells = counts
    if cells < FEWEST_CELLS:
        return NoRatio((SAID.say("TOO_FEW_CELLS", fewest=FEWEST_CELLS),))
    reasons = []
    for reference in references:
        misfits = reference.misfits(case)
        if not misfits:
            return _ratio((congruent, cells), reference, rng)
        reasons.append(
            SAID.say("SET_UNFIT", name=reference.name, misfits=join(misfits, "; "))
        )
    return NoRatio((NO_SET, *reasons))


def _ratio(
    counts: tuple[int, int], reference: ReferenceSet, rng: np.random.Generator
) -> Ratio:
    calibration = calibrate(reference)
    raw = float(calibration.model.log10_ratio(*counts))
    spread = [_resample(reference, rng).log10_ratio(*counts) for _ in range(RESAMPLES)]
    low, high = calibration.bounds.kept(np.quantile(spread, INTERVAL))
    kept = float(calibration.bounds.kept(np.array(raw)))
    return Ratio(kept, (float(low), float(high)), kept != raw, calibration)


def _resample(reference: ReferenceSet, rng: np.random.Generator) -> Model:
    """Fit to sources drawn with replacement: arms differ, pairs do not vary freely."""
    count = len(reference.sources)
    while True:
        drawn = np.bincount(rng.integers(0, count, count), minlength=count)
        same = drawn[reference.table.first][reference.table.is_same]
        if same.any() and (drawn > 0).sum() > 1:
            return fit(reference.table, drawn.astype(np.float64))


def _left_out(reference: ReferenceSet) -> Values:
    """Give the ratio of every pair from models that saw neither source."""
    table, count = reference.table, len(reference.sources)
    models: dict[tuple[int, int], Model] = {}
    ratios = np.empty(len(table.first))
    pairs = zip(table.first.tolist(), table.second.tolist(), strict=True)
    for number, (one, two) in enumerate(pairs):
        key = (min(one, two), max(one, two))
        if key not in models:
            weight = np.ones(count)
            weight[[one, two]] = 0
            models[key] = fit(table, weight)
        ratios[number] = models[key].log10_ratio(
            table.congruent[number], table.cells[number]
        )
    return ratios


def _fit_counts(table: Table, weight: Values) -> BetaBinomial:
    """Fit after adding up pairs with equal counts."""
    if not weight.any():
        raise InvalidInput(
            message("The reference set has too few sources to be tested; add sources.")
        )
    counts = np.stack([table.congruent, table.cells])
    unique, place = np.unique(counts, axis=1, return_inverse=True)
    total = np.bincount(place.ravel(), weight, minlength=unique.shape[1])
    return betabinomial.fit(unique[0], unique[1], total)
