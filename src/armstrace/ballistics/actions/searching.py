"""Search a mark among many: begin, run from where it stands, stop."""

from contextlib import suppress
from dataclasses import asdict, dataclass
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
from armstrace.ballistics import comparing, prepared_marks, rules, searching
from armstrace.ballistics.inputs import SearchInput
from armstrace.ballistics.models import (
    BallisticMark,
    Comparison,
    MarkRegion,
    PreparedMark,
    SearchCandidate,
    SearchRun,
)
from armstrace.ballistics.searching import Found
from armstrace.jobs import running
from armstrace.jobs.running import JobContext
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import MarkType
from armstrace.vocabulary.errors import NotFound, SourceUnavailable
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.messages import message

KIND = "ballistics.search"
MOST_COMPARED = 100


def begin_search(*, stated: SearchInput, by: Actor, at: datetime) -> SearchRun:
    """Begin to search a mark; ``run_search`` does the work.

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
        run.job = running.begin(KIND, expected=run.entries, by=by, at=at)
        run.save(force_insert=True)
        entry.about(run, entries=run.entries)
    return run


def run_search(
    *,
    run_id: int,
    folder: Path,
    context: JobContext,
    by: Actor,
    at: datetime,
    processes: int = 1,
) -> SearchRun:
    """Search from where a run stands to its end, and keep what stands first.

    Each block of the gallery is kept before the next, so that a run that was cut
    off is continued by running it again. The best are compared in both directions.

    Args:
        at: When what is found becomes known here, with time zone.
        processes: How many processes search at once.

    Returns:
        The run, done, or as far as it came before somebody stopped it.

    Raises:
        RuleBroken: ``BL-09``, another run has taken over.

    Source:
        Background paper (2018), paras. 37 and 61. Limits of use:
        ``analysis.ballistics.limits.LIMITS``.
    """
    by.require("ballistics.compare")
    run = _run_of(run_id)
    if run.job.state == JobState.DONE:
        return run
    search = _Search(run, folder, processes, by, at)
    try:
        return _run(search, _claim(search, context))
    except running.Cancelled:
        return SearchRun.objects.select_related("job").get(pk=run_id)


def stop_search(*, run_id: int, by: Actor, at: datetime) -> SearchRun:
    """Stop a search that is no longer wanted.

    Source:
        Rule of this design (every job can be stopped).
    """
    by.require("ballistics.compare")
    with ledger.entry("ballistics.search_stopped", by=by, at=at) as entry:
        run = _run_of(run_id)
        running.cancel(run.job_id, at=at)
        entry.about(run)
    return run


def prepare_marks(*, folder: Path, by: Actor, at: datetime, anew: bool = False) -> int:
    """Prepare anew every mark that another method prepared; nothing where none was.

    Args:
        anew: Whether to prepare all of them, whatever stands.

    Returns:
        How many were prepared; one whose scan is gone is left as it was.

    Source:
        Rule of this design: what is derived is rebuilt at will.
    """
    by.require("ballistics.enrol")
    method = "" if anew else prepared_marks.METHOD
    current = PreparedMark.objects.filter(method=method)
    stale = (
        MarkRegion.objects.current()
        .exclude(pk__in=current.values("region_id"))
        .exclude(mark__mark_type__in=[one.value for one in kinds.STRIATED])
        .select_related("mark", "scan__file")
        .order_by("pk")
    )
    if not stale.exists():
        return 0
    done = 0
    with ledger.entry("ballistics.marks_prepared", by=by, at=at) as entry:
        for region in stale.iterator(chunk_size=100):
            with suppress(SourceUnavailable):  # a lost scan is for `check` to tell
                prepared_marks.keep(region, prepared_marks.mark_of(region, folder))
                done += 1
        entry.about_all([])
        entry.note(prepared=done)
    return done


def _run_of(run_id: int) -> SearchRun:
    rows = SearchRun.objects.select_related("probe", "probe_region__scan__file")
    run = rows.select_related("job", "probe_region__mark").filter(pk=run_id).first()
    if run is None:
        raise NotFound(
            message("There is no search S%(search)s; check the number.", search=run_id)
        )
    return run


@dataclass(frozen=True, slots=True)
class _Search:
    """A search while it runs."""

    run: SearchRun
    folder: Path
    processes: int
    by: Actor
    at: datetime


def _claim(search: _Search, context: JobContext) -> running.Run:
    run, at = search.run, search.at
    with ledger.entry("ballistics.search_running", by=search.by, at=at) as entry:
        job = running.claim(
            run.job_id,
            context,
            at=at,
            overtaken=rules.NOT_TAKEN_OVER.broken((run.reference, False)),
        )
        entry.about(run)
    return job


def _run(search: _Search, job: running.Run) -> SearchRun:
    run, folder = search.run, search.folder
    found = Found.of(job.job)
    packed = packing.pack_image(prepared_marks.mark_of(run.probe_region, folder))
    for block in searching.sweep(run, found, packed, search.processes):
        found.add(block)
        job.advance(cursor=found.cursor, done=found.done, result=found.kept())
        job.tell()
    compared = _compare_best(run, found.best[: run.compare_closer], folder, search.by)
    return _end(search, job, found, compared)


def _compare_best(
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
        one.number: comparing.compare(
            marks[one.number], pairs[one.number], one.turn_deg
        )
        for one in best
    }
    if all(one.rank[0] < orientation.ENOUGH_CELLS for one in found.values()):
        for number, pair in pairs.items():
            elsewhere = comparing.compare_elsewhere(marks[number], pair)
            found[number] = max(found[number], elsewhere, key=lambda one: one.rank)
    return {
        number: comparing.columns(one, *pairs[number], by.name)
        for number, one in found.items()
    }


def _end(
    search: _Search,
    job: running.Run,
    found: Found,
    compared: dict[int, dict[str, Any]],
) -> SearchRun:
    run, at = search.run, search.at
    with ledger.entry("ballistics.search_ended", by=search.by, at=at) as entry:
        job.end(result={})
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
                for rank, one in enumerate(_in_order(found.best, of_mark), start=1)
            )
        )
        SearchRun.objects.filter(pk=run.pk).update(counts=dict(found.counts))
        run = SearchRun.objects.select_related("job").get(pk=run.pk)
        entry.about(run, searched=found.done)
    return run


def _in_order(best: list[Ranked], compared: dict[int, Comparison]) -> list[Ranked]:
    """Rank by congruent cells, then score, of both directions where compared."""

    def order(one: Ranked) -> tuple[int, float, int]:
        kept = compared.get(one.number, one)
        return (-kept.congruent_cells, -kept.score, one.number)

    return sorted(best, key=order)
