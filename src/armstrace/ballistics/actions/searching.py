"""Search a mark among many: begin, run from where it stands, stop."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from armstrace.analysis.ballistics import (
    comparison,
    documents,
    kinds,
    orientation,
    packing,
)
from armstrace.analysis.ballistics.sweeping import Ranked
from armstrace.audit import ledger
from armstrace.ballistics import (
    comparing,
    prepared_marks,
    rules,
    searching,
)
from armstrace.ballistics.inputs import SearchInput
from armstrace.ballistics.models import (
    BallisticMark,
    Comparison,
    MarkRegion,
    PreparedMark,
    SearchCandidate,
    SearchProgress,
    SearchRun,
)
from armstrace.ballistics.searching import Found, SearchWatch
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import MarkType, RunState
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message

MOST_COMPARED = 100


def begin_search(*, stated: SearchInput, by: Actor, at: datetime) -> SearchRun:
    """Begin to search a mark; ``run_search`` does the work.

    Args:
        stated: What is sought, and among which marks.
        by: Who searches.
        at: When, with time zone.

    Returns:
        The run, waiting.

    Raises:
        NotPermitted: ``by`` may not search.
        NotFound: There is no such mark.

    Source:
        Background paper (2018), paras. 37 and 61.
    """
    by.require("ballistics.compare")
    region = prepared_marks.region_of(stated.probe_id)
    mark_type = MarkType(region.mark.mark_type)
    settings = kinds.search_settings_of(mark_type, reach_deg=stated.reach_deg)
    compare = documents.parameters(
        kinds.band_of(mark_type), kinds.settings_of(mark_type)
    )
    run = SearchRun(
        probe=region.mark,
        probe_region=region,
        gallery=stated.gallery.value,
        filters=searching.filters_of(stated),
        parameters=compare | {"search": asdict(settings)},
        method=comparison.METHOD,
        software_version=comparing.VERSION,
        compare_closer=min(max(stated.compare_closer, 0), MOST_COMPARED),
        started_by=by.name,
        agency=by.agency,
        known_at=at,
    )
    run.entries = searching.gallery_rows(run).count()
    alike = BallisticMark.objects.filter(mark_type=region.mark.mark_type)
    run.left_out = max(alike.count() - 1 - run.entries, 0)
    with ledger.entry("ballistics.search_begun", by=by, at=at) as entry:
        run.save(force_insert=True)
        SearchProgress.objects.create(run=run, heartbeat_at=at)
        entry.about(run, entries=run.entries)
    return run


def run_search(
    *, run_id: int, folder: Path, watch: SearchWatch, by: Actor, at: datetime
) -> SearchRun:
    """Search from where a run stands to its end, and keep what stands first.

    Each block of the gallery is kept before the next, so that a run that was cut
    off is continued by running it again. The best are compared in both directions.

    Args:
        run_id: The run, begun.
        folder: Where files are kept.
        watch: Who runs it and who is told.
        by: Who searches.
        at: When what is found becomes known here, with time zone.

    Returns:
        The run, done.

    Raises:
        NotPermitted: ``by`` may not search.
        NotFound: There is no such run.
        RuleBroken: ``BL-09``, another run has taken over.

    Source:
        Background paper (2018), paras. 37 and 61. Limits of use:
        ``analysis.ballistics.limits.LIMITS``.
    """
    by.require("ballistics.compare")
    rows = SearchRun.objects.select_related("probe", "probe_region__scan__file")
    run = rows.select_related("probe_region__mark").filter(pk=run_id).first()
    if run is None:
        raise NotFound(
            message("There is no search S%(search)s; check the number.", search=run_id)
        )
    if run.state in {RunState.DONE, RunState.STOPPED}:
        return run
    return _run(run, folder, watch, (by, at))


def stop_search(*, run_id: int, by: Actor, at: datetime) -> SearchRun:
    """Stop a search that is no longer wanted.

    Args:
        run_id: The run.
        by: Who stops it.
        at: When, with time zone.

    Raises:
        NotPermitted: ``by`` may not search.
        NotFound: There is no such run.

    Source:
        Rule of this design (every job can be stopped).
    """
    by.require("ballistics.compare")
    with ledger.entry("ballistics.search_stopped", by=by, at=at) as entry:
        SearchProgress.objects.filter(run_id=run_id).update(worker="stopped")
        SearchRun.objects.filter(
            pk=run_id, state__in=(RunState.WAITING.value, RunState.RUNNING.value)
        ).update(state=RunState.STOPPED.value, finished_at=at)
        run = SearchRun.objects.filter(pk=run_id).first()
        if run is None:
            raise NotFound(
                message(
                    "There is no search S%(search)s; check the number.", search=run_id
                )
            )
        entry.about(run)
    return run


def prepare_marks(*, folder: Path, by: Actor, at: datetime) -> int:
    """Prepare anew every mark that another method prepared.

    Args:
        folder: Where files are kept.
        by: Who asks for it.
        at: When, with time zone.

    Returns:
        How many were prepared.

    Raises:
        NotPermitted: ``by`` may not enrol marks.

    Source:
        Rule of this design: what is derived is rebuilt at will.
    """
    by.require("ballistics.enrol")
    current = PreparedMark.objects.filter(method=prepared_marks.METHOD)
    stale = (
        MarkRegion.objects.current()
        .exclude(pk__in=current.values("region_id"))
        .exclude(mark__mark_type__in=[one.value for one in kinds.STRIATED])
        .select_related("mark", "scan__file")
        .order_by("pk")
    )
    done = 0
    with ledger.entry("ballistics.marks_prepared", by=by, at=at) as entry:
        for region in stale.iterator(chunk_size=100):
            prepared_marks.keep(region, prepared_marks.mark_of(region, folder))
            done += 1
        entry.about_all([])
        entry.note(prepared=done)
    return done


def _run(
    run: SearchRun, folder: Path, watch: SearchWatch, act: tuple[Actor, datetime]
) -> SearchRun:
    by, at = act
    found = _take_over(run, watch, by, at)
    probe = prepared_marks.mark_of(run.probe_region, folder)
    packed = packing.packed_image(probe)
    for block in searching.sweep(run, found, packed, watch.processes):
        found.add(block)
        _keep_progress(run, found, watch, at)
        watch.progress(found.done, run.entries)
    compared = _compared(run, found.best[: run.compare_closer], folder, by)
    return _end(run, found, compared, act)


def _take_over(run: SearchRun, watch: SearchWatch, by: Actor, at: datetime) -> Found:
    with ledger.entry("ballistics.search_running", by=by, at=at) as entry:
        SearchRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING.value)
        run.state = RunState.RUNNING
        progress, _ = SearchProgress.objects.update_or_create(
            run=run,
            defaults={"worker": watch.worker[:64], "heartbeat_at": _now(watch, at)},
        )
        entry.about(run)
    best = [Ranked(*each) for each in progress.best]
    found = Found(best, cursor=progress.cursor, done=progress.done)
    found.counts.update(progress.counts)
    return found


def _keep_progress(
    run: SearchRun, found: Found, watch: SearchWatch, at: datetime
) -> None:
    moved = SearchProgress.objects.filter(run=run, worker=watch.worker[:64]).update(
        cursor=found.cursor,
        done=found.done,
        best=[list(_plain(each)) for each in found.best],
        counts=dict(found.counts),
        heartbeat_at=_now(watch, at),
    )
    if not moved:
        raise rules.another_run(run.reference)


def _compared(
    run: SearchRun, best: list[Ranked], folder: Path, by: Actor
) -> dict[int, dict[str, Any]]:
    """Compare the best in both directions, around the turn that was found.

    Where none of them agrees, a region may have been drawn off its centre, and all
    are compared where the marks as a whole are alike.
    """
    rows = MarkRegion.objects.current().filter(mark_id__in=[one.number for one in best])
    regions = {r.mark_id: r for r in rows.select_related("mark", "scan__file")}
    probe = prepared_marks.mark_of(run.probe_region, folder)
    pairs = {one.number: (regions[one.number], run.probe_region) for one in best}
    marks = {
        number: (prepared_marks.mark_of(pair[0], folder), probe)
        for number, pair in pairs.items()
    }
    found = {
        one.number: comparing.computed(
            marks[one.number], pairs[one.number], turn_deg=one.turn_deg
        )
        for one in best
    }
    if all(one.rank[0] < orientation.ENOUGH_CELLS for one in found.values()):
        for number, pair in pairs.items():
            elsewhere = comparing.computed_elsewhere(marks[number], pair)
            found[number] = max(found[number], elsewhere, key=lambda one: one.rank)
    return {
        number: comparing.columns(one, *pairs[number], by.name)
        for number, one in found.items()
    }


def _end(
    run: SearchRun,
    found: Found,
    compared: dict[int, dict[str, Any]],
    act: tuple[Actor, datetime],
) -> SearchRun:
    by, at = act
    with ledger.entry("ballistics.search_ended", by=by, at=at) as entry:
        kept = Comparison.objects.bulk_create(
            Comparison(known_at=at, **columns) for columns in compared.values()
        )
        entry.about_all(kept)
        of_mark = {each.first_id: each for each in kept}
        entry.about_all(
            SearchCandidate.objects.bulk_create(
                SearchCandidate(
                    run=run,
                    mark_id=one.number,
                    rank=rank,
                    congruent_cells=one.congruent_cells,
                    cells=one.cells,
                    score=one.score,
                    turn_deg=one.turn_deg,
                    comparison=of_mark.get(one.number),
                )
                for rank, one in enumerate(_ordered(found.best, of_mark), start=1)
            )
        )
        SearchRun.objects.filter(pk=run.pk).update(
            state=RunState.DONE.value, counts=dict(found.counts), finished_at=at
        )
        SearchProgress.objects.filter(run=run).delete()
        run = SearchRun.objects.get(pk=run.pk)
        entry.about(run, searched=found.done)
    return run


def _ordered(best: list[Ranked], compared: dict[int, Comparison]) -> list[Ranked]:
    """Rank by congruent cells, then score, of both directions where compared."""

    def order(one: Ranked) -> tuple[int, float, int]:
        kept = compared.get(one.number, one)
        return (-kept.congruent_cells, -kept.score, one.number)

    return sorted(best, key=order)


def _plain(one: Ranked) -> tuple[Any, ...]:
    return (one.number, one.congruent_cells, one.cells, one.score, one.turn_deg)


def _now(watch: SearchWatch, at: datetime) -> datetime:
    return watch.clock() if watch.clock else at
