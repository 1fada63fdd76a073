"""Which reference set speaks for two marks, and what it says."""

from functools import lru_cache

import numpy as np

from armstrace.analysis.ballistics import comparison, likelihood, references
from armstrace.analysis.ballistics.likelihood import NoRatio, Ratio
from armstrace.analysis.ballistics.references import Pair, Population
from armstrace.ballistics import calibres
from armstrace.ballistics.models import ClassCharacteristics, MarkRegion, ReferenceSet
from armstrace.vocabulary.ballistics import MarkType
from armstrace.vocabulary.messages import message

INTERVAL_SEED = 1


def case_of(first: MarkRegion, second: MarkRegion) -> Population:
    """Say what two marks are; what is not known of both alike is not known."""
    rows = ClassCharacteristics.objects.current().filter(
        mark_id__in=(first.mark_id, second.mark_id)
    )
    told = {row.mark_id: row for row in rows}
    one, two = told.get(first.mark_id), told.get(second.mark_id)
    return Population(
        MarkType(first.mark.mark_type).label,
        _common(one.maker if one else "", two.maker if two else ""),
        _common(_calibre(one), _calibre(two)),
        _common(first.scan.instrument, second.scan.instrument),
        comparison.METHOD,
    )


ONE_SCAN = message(
    "Both marks have one and the same scan, so their agreement says nothing of their "
    "sources."
)


def is_one_scan(first: MarkRegion, second: MarkRegion) -> bool:
    """Tell whether two marks were enrolled from one file."""
    return first.scan.file_id == second.scan.file_id


def ratio_of(
    counts: tuple[int, int], case: Population, mark_type: str
) -> tuple[Ratio | NoRatio, ReferenceSet | None]:
    """Give the likelihood ratio of a count with its set, or why there is none.

    Args:
        counts: Congruent cells and cells, weaker direction.
    """
    rows = list(
        ReferenceSet.objects.current()
        .filter(mark_type=mark_type, is_in_use=True)
        .defer("pairs")
        .order_by("name")
    )
    sets = [built(row.pk, row.digest) for row in rows]
    rng = np.random.default_rng(INTERVAL_SEED)
    found = likelihood.report(counts, case, sets, rng=rng)
    if isinstance(found, NoRatio):
        return found, None
    named = {row.name: row for row in rows}
    return found, named[found.calibration.name]


@lru_cache(maxsize=32)
def built(reference_id: int, digest: str) -> references.ReferenceSet:
    """Give a kept set as the methods take it; a kept set never changes.

    Args:
        digest: Of all that it holds.
    """
    row = ReferenceSet.objects.get(pk=reference_id)
    population = Population(
        MarkType(row.mark_type).label,
        row.maker,
        calibres.read(row.calibre) if row.calibre else "",
        row.instrument,
        row.method,
    )
    pairs = [Pair(str(a), str(b), int(k), int(n)) for a, b, k, n in row.pairs]
    return references.build(row.name, population, pairs)


def _calibre(told: ClassCharacteristics | None) -> str:
    return calibres.read(told.calibre) if told and told.calibre else ""


def _common(one: str, two: str) -> str:
    return one if one and one.casefold() == two.casefold() else ""
