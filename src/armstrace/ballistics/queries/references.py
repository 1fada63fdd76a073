"""Reference sets, and how well they bear their ratios."""

from dataclasses import dataclass
from functools import lru_cache

from armstrace.analysis.ballistics import likelihood, references
from armstrace.analysis.ballistics.likelihood import Values
from armstrace.ballistics import likelihood_ratio
from armstrace.ballistics.models import ReferenceSet
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message


@dataclass(frozen=True, slots=True, eq=False)
class TestedSet:
    """A reference set with the test on sources that it did not see."""

    row: ReferenceSet
    # Its pairs, as the methods take them.
    reference: references.ReferenceSet
    # log10 ratios of its pairs of one source, not bounded.
    same: Values
    # Of its pairs of two sources.
    different: Values


def reference_rows(*, viewer: Actor) -> tuple[ReferenceSet, ...]:
    """Give the reference sets in use by name."""
    viewer.require("ballistics.view")
    rows = ReferenceSet.objects.current().filter(is_in_use=True).defer("pairs")
    return tuple(rows.order_by("name", "-pk"))


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
    return TestedSet(row, reference, same, different)


@lru_cache(maxsize=16)
def _test_values(reference_id: int, digest: str) -> tuple[Values, Values]:
    return likelihood.source_disjoint(likelihood_ratio.built(reference_id, digest))
