"""Compute comparisons of enrolled marks, changing nothing."""

from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from armstrace.analysis.ballistics import comparison, documents, kinds, orientation
from armstrace.analysis.ballistics.likelihood import NoRatio, Ratio
from armstrace.analysis.ballistics.preparation import Mark
from armstrace.ballistics import likelihood_ratio, prepared_marks
from armstrace.ballistics.models import Comparison, MarkRegion
from armstrace.vocabulary.ballistics import MarkType

VERSION = metadata.version("armstrace")


@dataclass(frozen=True, slots=True)
class Computed:
    """A comparison with the parameters that compute it again."""

    # As ``documents.numbers`` writes them.
    numbers: dict[str, Any]
    # As ``documents.parameters`` writes them.
    parameters: dict[str, Any]
    # Of the numbers, the scans, the regions and the parameters.
    digest: str

    @property
    def rank(self) -> tuple[int, float]:
        """Congruent cells first, then the score."""
        return (self.numbers["congruent_cells"], self.numbers["score"])


def compute(first: MarkRegion, second: MarkRegion, folder: Path) -> Computed:
    """Compare two marks from their scans, as placed or else at all orientations."""
    regions = (first, second)
    found, settings = orientation.compare_and_tell(
        prepared_marks.mark_of(first, folder),
        prepared_marks.mark_of(second, folder),
        _settings(regions),
    )
    return _written(found, settings, regions)


def compare(
    marks: tuple[Mark, Mark], regions: tuple[MarkRegion, MarkRegion], turn_deg: float
) -> Computed:
    """Compare two prepared marks about the orientation that a search found."""
    settings = _settings(regions, turn_deg)
    return _written(comparison.compare(*marks, settings), settings, regions)


def compare_elsewhere(
    marks: tuple[Mark, Mark], regions: tuple[MarkRegion, MarkRegion]
) -> Computed:
    """Compare two prepared marks where as a whole they are alike."""
    found, settings = orientation.compare_elsewhere(*marks, _settings(regions))
    return _written(found, settings, regions)


def _settings(
    regions: tuple[MarkRegion, MarkRegion], centre_deg: float = 0.0
) -> comparison.Settings:
    mark_type = MarkType(regions[0].mark.mark_type)
    return kinds.settings_of(mark_type, centre_deg=centre_deg)


def _written(
    found: comparison.Comparison,
    settings: comparison.Settings,
    regions: tuple[MarkRegion, MarkRegion],
) -> Computed:
    band = kinds.band_of(MarkType(regions[0].mark.mark_type))
    parameters = documents.parameters(band, settings)
    numbers = documents.numbers(found)
    return Computed(numbers, parameters, _digest(numbers, parameters, *regions))


def again(kept: Comparison, folder: Path) -> Computed:
    """Compute a kept comparison again by its own regions and parameters."""
    band, settings = documents.settings_of(kept.parameters)
    regions = (kept.first_region, kept.second_region)
    first, second = (prepared_marks.mark_of(region, folder, band) for region in regions)
    numbers = documents.numbers(comparison.compare(first, second, settings))
    return Computed(
        numbers, kept.parameters, _digest(numbers, kept.parameters, *regions)
    )


def columns(
    found: Computed, first: MarkRegion, second: MarkRegion, by_name: str
) -> dict[str, Any]:
    """Give the columns of a comparison to keep, with its likelihood ratio."""
    numbers = found.numbers
    counts = (numbers["congruent_cells"], numbers["cells"])
    case = likelihood_ratio.case_of(first, second)
    ratio, reference = (
        (NoRatio((likelihood_ratio.ONE_SCAN,)), None)
        if likelihood_ratio.is_one_scan(first, second)
        else likelihood_ratio.ratio_of(counts, case, first.mark.mark_type)
    )
    return {
        "first_id": first.mark_id,
        "second_id": second.mark_id,
        "first_region": first,
        "second_region": second,
        "parameters": found.parameters,
        "case": asdict(case),
        "method": comparison.METHOD,
        "software_version": VERSION,
        "congruent_cells": counts[0],
        "cells": counts[1],
        "score": numbers["score"],
        "result": numbers,
        "result_digest": found.digest,
        "compared_by": by_name,
        **_weight(ratio),
        "reference_set": reference,
    }


def _weight(ratio: Ratio | NoRatio) -> dict[str, Any]:
    if isinstance(ratio, NoRatio):
        return {"no_ratio_because": [reason.to_json() for reason in ratio.reasons]}
    return {
        "log10_ratio": round(ratio.log10, 2),
        "interval_low": round(ratio.interval[0], 2),
        "interval_high": round(ratio.interval[1], 2),
        "is_at_bound": ratio.is_at_bound,
    }


def _digest(
    numbers: dict[str, Any],
    parameters: dict[str, Any],
    first: MarkRegion,
    second: MarkRegion,
) -> str:
    grounds = [*map(prepared_marks.grounds_of, (first, second)), parameters]
    return documents.digest({"numbers": numbers, "grounds": grounds})
