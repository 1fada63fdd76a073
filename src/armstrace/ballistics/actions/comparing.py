"""Compare marks and keep what was found."""

from datetime import datetime
from pathlib import Path

from django.db.models import Q

from armstrace.audit import ledger
from armstrace.ballistics import comparing, prepared_marks, rules
from armstrace.ballistics.models import Comparison
from armstrace.vocabulary.actors import Actor


def compare_marks(
    *, first_id: int, second_id: int, folder: Path, by: Actor, at: datetime
) -> Comparison:
    """Compare two marks in both directions and keep the result.

    The numbers are computed from the scans as received, so that they can be
    computed again; where a reference set fits, they carry a likelihood ratio. The
    marks stand in the order in which they were first compared, and what comes out as
    a kept comparison did, weight and all, is not kept twice.

    Raises:
        RuleBroken: ``BL-04``, the marks cannot be compared.

    Source:
        Song, AFTE Journal 45 (2013). Limits of use:
        ``analysis.ballistics.limits.LIMITS``.
    """
    by.require("ballistics.compare")
    first, second = map(prepared_marks.region_of, _in_kept_order(first_id, second_id))
    pair = (first.mark.mark_type, first_id), (second.mark.mark_type, second_id)
    rules.COMPARABLE.require(pair)
    found = comparing.compute(first, second, folder)
    columns = comparing.columns(found, first, second, by.name)
    if (same := _kept(Comparison(**columns))) is not None:
        return same
    with ledger.entry("ballistics.compared", by=by, at=at) as entry:
        kept = Comparison.objects.create(known_at=at, **columns)
        entry.about(kept, congruent=kept.congruent_cells, cells=kept.cells)
    return kept


def _in_kept_order(first_id: int, second_id: int) -> tuple[int, int]:
    """Turn the pair about where it was first compared the other way."""
    asked = Q(first=first_id, second=second_id)
    turned = Q(first=second_id, second=first_id)
    rows = Comparison.objects.filter(asked | turned)
    pairs = rows.order_by("pk").values_list("first_id", "second_id")
    return pairs.first() or (first_id, second_id)


def _kept(made: Comparison) -> Comparison | None:
    """Give the comparison on record that says the same, if there is one."""
    rows = Comparison.objects.filter(
        first=made.first_id,
        second=made.second_id,
        result_digest=made.result_digest,
        software_version=made.software_version,
    ).order_by("pk")
    return next((row for row in rows if _weight(row) == _weight(made)), None)


def _weight(of: Comparison) -> tuple[object, ...]:
    """Give what a comparison was weighed by; reasons by what they say."""
    said = [str(reason) for reason in of.reasons]
    return of.reference_set_id, of.log10_ratio, of.case, said
