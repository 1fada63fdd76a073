"""Searches with their progress and their candidates."""

from armstrace.audit import consultations
from armstrace.ballistics.models import BallisticMark, SearchCandidate, SearchRun
from armstrace.ballistics.queries import comparisons, marks
from armstrace.ballistics.queries.rows import (
    CandidateShown,
    MarkRow,
    SearchPage,
    SearchRow,
)
from armstrace.jobs.queries import JobRow
from armstrace.records.lookups import page_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill


def search_rows(
    *, viewer: Actor, page: PageRequest, probe_id: int | None = None
) -> Page[SearchRow]:
    """Give one page of searches, the latest first."""
    rows = SearchRun.objects.visible_to(viewer).select_related("job")
    if probe_id is not None:
        rows = rows.filter(probe_id=probe_id)
    changes = ("known_at", "job__heartbeat_at")
    found = page_of(rows.order_by("-pk"), page, changes=changes)
    shown = [_row(run) for run in found.rows]
    return found.showing(shown)


def search_row(run_id: int, *, viewer: Actor) -> SearchRow:
    """Give one search with how far it has come, in one query."""
    return _row(_run(run_id, viewer))


def search_page(run_id: int, *, viewer: Actor) -> SearchPage:
    """Give one search with its candidates, best first, in nine queries.

    Candidates of another agency are left out where the viewer sees one agency's.
    """
    run = _run(run_id, viewer)
    counts = sorted((int(cells), many) for cells, many in run.counts.items())
    probe = marks.mark_row(run.probe_id, viewer=viewer)
    return fill(
        SearchPage,
        run,
        row=_row(run),
        probe=probe,
        counts=tuple(counts),
        candidates=_candidates(run, probe, viewer),
    )


def _candidates(
    run: SearchRun, probe: MarkRow, viewer: Actor
) -> tuple[CandidateShown, ...]:
    rows = list(
        SearchCandidate.objects.visible_to(viewer)
        .filter(run=run)
        .select_related("comparison")
        .defer("comparison__result", "comparison__parameters")
        .order_by("rank")
    )
    found = BallisticMark.objects.filter(pk__in=[row.mark_id for row in rows])
    seen = {mark.pk: marks.row_of(mark) for mark in marks.whole(found)}
    kept = [row.comparison for row in rows if row.comparison is not None]
    compared = {each.comparison_id: each for each in comparisons.rows_of(kept)}
    pairs = {row.mark_id: _pair(row.mark_id, run.probe_id) for row in rows}
    told = comparisons.conclusions_of_pairs(pairs.values(), viewer=viewer)
    return tuple(
        fill(
            CandidateShown,
            row,
            mark=seen[row.mark_id],
            is_of_another_calibre=not probe.is_of_calibre_of(seen[row.mark_id]),
            comparison=compared.get(row.comparison_id or 0),
            conclusion=told.get(pairs[row.mark_id]),
        )
        for row in rows
    )


def _pair(one: int, two: int) -> tuple[int, int]:
    return min(one, two), max(one, two)


def _run(run_id: int, viewer: Actor) -> SearchRun:
    rows = SearchRun.objects.get_queryset().select_related("job")
    return rows.get_visible(run_id, viewer)


def _row(run: SearchRun) -> SearchRow:
    consultations.show(BallisticMark, run.probe_id)
    return fill(
        SearchRow,
        run,
        run_id=run.pk,
        probe=f"B{run.probe_id}",
        job=JobRow.of(run.job),
        started_at=run.known_at,
    )
