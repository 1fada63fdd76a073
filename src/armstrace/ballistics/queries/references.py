"""Reference sets, and how well they bear their ratios."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from armstrace.analysis.ballistics import likelihood, references
from armstrace.analysis.ballistics.likelihood import Values
from armstrace.ballistics import likelihood_ratio
from armstrace.ballistics.models import ReferenceSet
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import MarkType
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One reference set in a list."""

    reference_id: int
    name: str
    mark_type: MarkType
    maker: str
    calibre: str
    instrument: str
    sources: int
    same_pairs: int
    different_pairs: int
    cllr: float
    bounds: tuple[float, float]
    is_in_use: bool
    loaded_by: str
    loaded_at: datetime


@dataclass(frozen=True, slots=True, eq=False)
class TestedSet:
    """A reference set with the test on sources that it did not see."""

    row: ReferenceRow
    # Its pairs, as the methods take them.
    reference: references.ReferenceSet
    # log10 ratios of its pairs of one source, not bounded.
    same: Values
    # Of its pairs of two sources.
    different: Values


def reference_rows(*, viewer: Actor, in_use: bool = True) -> tuple[ReferenceRow, ...]:
    """Give the reference sets by name.

    Args:
        in_use: Those in use alone; all versions where False.
    """
    viewer.require("ballistics.view")
    rows = ReferenceSet.objects.defer("pairs")
    if in_use:
        rows = rows.filter(superseded_at=None, is_in_use=True)
    return tuple(_row(each) for each in rows.order_by("name", "-pk"))


def reference_page(reference_id: int, *, viewer: Actor) -> TestedSet:
    """Give one reference set with its test, for Tippett and reliability plots."""
    viewer.require("ballistics.view")
    row = ReferenceSet.objects.defer("pairs").filter(pk=reference_id).first()
    if row is None:
        raise NotFound(
            message("There is no such reference set; look at the list again.")
        )
    reference = likelihood_ratio.built(reference_id, row.digest)
    same, different = _test_values(reference_id, row.digest)
    return TestedSet(_row(row), reference, same, different)


@lru_cache(maxsize=16)
def _test_values(reference_id: int, digest: str) -> tuple[Values, Values]:
    return likelihood.source_disjoint(likelihood_ratio.built(reference_id, digest))


def _row(each: ReferenceSet) -> ReferenceRow:
    return ReferenceRow(
        reference_id=each.pk,
        name=each.name,
        mark_type=MarkType(each.mark_type),
        maker=each.maker,
        calibre=each.calibre,
        instrument=each.instrument,
        sources=each.sources,
        same_pairs=each.same_pairs,
        different_pairs=each.different_pairs,
        cllr=each.cllr,
        bounds=(each.lowest_log10, each.highest_log10),
        is_in_use=each.is_in_use and each.superseded_at is None,
        loaded_by=each.loaded_by,
        loaded_at=each.known_at,
    )
