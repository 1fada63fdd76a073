"""Kept comparisons and what examiners concluded about them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from armstrace.audit import consultations
from armstrace.ballistics import comparing
from armstrace.ballistics.models import BallisticMark, Comparison, Conclusion, Review
from armstrace.ballistics.queries import links, marks, remarks
from armstrace.ballistics.queries.rows import (
    ComparisonPage,
    ComparisonRow,
    ConclusionShown,
    MarkRow,
    Recomputed,
)
from armstrace.records.lookups import page_of
from armstrace.recoveries import queries as recoveries
from armstrace.recoveries.queries import RecoveryFilter
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import Blinded, ConclusionStanding, Verdict
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill

PAIR = ("first", "second")


def comparison_rows(*, viewer: Actor, page: PageRequest) -> Page[ComparisonRow]:
    """Give one page of kept comparisons, the latest first."""
    rows = Comparison.objects.visible_to(viewer).order_by("-pk")
    rows = rows.defer("result", "parameters")
    found = page_of(rows, page)
    shown = rows_of(found.rows)
    return found.showing(shown)


def comparisons_of(mark_id: int, *, viewer: Actor) -> tuple[ComparisonRow, ...]:
    """Give the latest comparisons of a mark, at most a hundred."""
    either = Q(first_id=mark_id) | Q(second_id=mark_id)
    rows = Comparison.objects.visible_to(viewer).filter(either)
    rows = rows.defer("result", "parameters")
    return tuple(rows_of(rows.order_by("-pk")[:100]))


def comparison_page(comparison_id: int, *, viewer: Actor) -> ComparisonPage:
    """Give one kept comparison with all that computes it again."""
    kept = _kept(comparison_id, viewer)
    row = rows_of([kept])[0]
    low, high = sorted((kept.first_id, kept.second_id))
    return ComparisonPage(
        kept=kept,
        row=row,
        case_numbers=_case_numbers((row.first, row.second), viewer),
        conclusions=_said(Q(first_id=low, second_id=high), viewer),
        remarks=remarks.of_comparison(kept, (row.first, row.second)),
    )


def recompute(comparison_id: int, *, folder: Path, viewer: Actor) -> Recomputed:
    """Compute a kept comparison again from its scans; nothing is kept.

    Raises:
        SourceUnavailable: A scan's file is gone.
    """
    kept = _kept(comparison_id, viewer)
    again = comparing.again(kept, folder)
    is_same = again.digest == kept.result_digest
    return Recomputed(is_same, again.digest, again.numbers)


def conclusions_of_pairs(
    pairs: Iterable[tuple[int, int]], *, viewer: Actor
) -> dict[tuple[int, int], ConclusionShown]:
    """Give what stands about pairs of marks, the lower number first."""
    wanted = set(pairs)
    ids = {mark for pair in wanted for mark in pair}
    rows = _whole(Conclusion.objects.current().visible_to(viewer))
    found = rows.filter(first_id__in=ids, second_id__in=ids)
    shown = {
        (row.first_id, row.second_id): conclusion_shown(row, viewer) for row in found
    }
    return {pair: shown[pair] for pair in wanted & shown.keys()}


def conclusion(conclusion_id: int, *, viewer: Actor) -> ConclusionShown:
    """Give one conclusion, replaced or not."""
    said = _said(Q(pk=conclusion_id), viewer)
    if not said:
        raise NotFound(message("There is no such conclusion; look at the list again."))
    return said[0]


def conclusions_of_mark(mark_id: int, *, viewer: Actor) -> tuple[ConclusionShown, ...]:
    """Give all conclusions about a mark, the latest first, replaced ones too."""
    return _said(Q(first_id=mark_id) | Q(second_id=mark_id), viewer)


def _said(wanted: Q, viewer: Actor) -> tuple[ConclusionShown, ...]:
    found = Conclusion.objects.visible_to(viewer).filter(wanted)
    rows = _whole(found).order_by("-pk")
    return tuple(conclusion_shown(row, viewer) for row in rows[:100])


def conclusion_rows(
    *, viewer: Actor, page: PageRequest, standing: ConclusionStanding | None = None
) -> Page[ConclusionShown]:
    """Give one page of the conclusions that stand, the latest first.

    Args:
        standing: Those that await a review, say; all where None.
    """
    rows = Conclusion.objects.current().visible_to(viewer)
    if standing is not None:
        rows = rows.filter(standing_as(standing))
    changes = ("known_at", "reviews__known_at")
    found = page_of(_whole(rows).order_by("-pk"), page, changes=changes)
    shown = [conclusion_shown(row, viewer) for row in found.rows]
    return found.showing(shown)


def standing_as(standing: ConclusionStanding) -> Q:
    """Narrow conclusions to those that stand so, as ``ConclusionShown`` says it."""
    reviews = Review.objects.current().filter(conclusion=OuterRef("pk"))
    if standing is ConclusionStanding.AWAITED:
        return Q(~Exists(reviews))
    alike = reviews.filter(verdict=OuterRef("verdict"))
    if standing is ConclusionStanding.DISPUTED:
        return Q(Exists(reviews), ~Exists(alike))
    removed = Exists(links.removals().filter(conclusion=OuterRef("pk")))
    is_unlinked = standing is ConclusionStanding.UNLINKED
    return Q(Exists(alike), removed if is_unlinked else ~removed)


def rows_of(found: Iterable[Comparison]) -> list[ComparisonRow]:
    """Give list rows of comparisons that were let through, in three more queries."""
    kept = list(found)
    ids = {key for each in kept for key in (each.first_id, each.second_id)}
    rows = BallisticMark.objects.filter(pk__in=ids)
    seen = {mark.pk: marks.row_of(mark) for mark in marks.whole(rows)}
    return [
        fill(
            ComparisonRow,
            each,
            comparison_id=each.pk,
            first=seen[each.first_id],
            second=seen[each.second_id],
            compared_at=each.known_at,
        )
        for each in kept
    ]


def conclusion_shown(row: Any, viewer: Actor) -> ConclusionShown:  # noqa: ANN401 - with what ``_whole`` fetched
    """Give a conclusion as it is shown, with its review that stands."""
    consultations.show_all(BallisticMark, (row.first_id, row.second_id))
    review = row.review_now[0] if row.review_now else None
    is_blind = (
        row.awaits_review
        and review is None
        and row.examiner != viewer.name
        and viewer.may("ballistics.conclude")
    )
    return fill(
        ConclusionShown,
        row,
        conclusion_id=row.pk,
        verdict=Blinded.FIRST_CONCLUDED if is_blind else Verdict(row.verdict),
        reason="" if is_blind else row.reason,
        at=row.known_at,
        review_verdict=Verdict(review.verdict) if review else None,
        review_reason=review.reason if review else "",
        reviewer=review.examiner if review else "",
        reviewed_at=review.known_at if review else None,
        removal=links.removal_of(row.removed_now[0]) if row.removed_now else None,
    )


def _case_numbers(
    rows: Iterable[MarkRow], viewer: Actor
) -> tuple[tuple[str, str], ...]:
    if not viewer.may("recovery.view"):
        return ()
    ids = {row.recovery_id for row in rows if row.recovery_id is not None}
    found = recoveries.records(RecoveryFilter(), viewer=viewer).filter(
        recovery_id__in=ids
    )
    told = found.exclude(case_number="").values_list("recovery_id", "case_number")
    return tuple((f"R{key}", number) for key, number in sorted(told))


def _whole(rows: QuerySet[Conclusion]) -> QuerySet[Conclusion]:
    """Fetch reviews, removed links and whether the pair awaits a review."""
    standing = Review.objects.current()
    awaited = Conclusion.objects.current().filter(
        ~Exists(standing.filter(conclusion=OuterRef("pk"))),
        first=OuterRef("first"),
        second=OuterRef("second"),
    )
    fetched: list[Any] = [
        Prefetch("reviews", standing, to_attr="review_now"),
        Prefetch("links", links.removals(), to_attr="removed_now"),
    ]
    return rows.annotate(awaits_review=Exists(awaited)).prefetch_related(*fetched)


def _kept(comparison_id: int, viewer: Actor) -> Comparison:
    sides = [
        f"{side}_region__{joined}" for side in PAIR for joined in ("mark", "scan__file")
    ]
    rows = Comparison.objects.get_queryset().select_related("reference_set", *sides)
    return rows.defer("reference_set__pairs").get_visible(comparison_id, viewer)
