"""A year in pictures, each beside the table that holds the same numbers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from armstrace.analysis.statistics.funnel import STAGES
from armstrace.indicators import queries
from armstrace.vocabulary.paging import Page
from armstrace.web import door, listing
from armstrace.web.drawing import bars
from armstrace.web.figures import looking_shown as shown
from armstrace.web.figures import return_shown


@door.staff
def look(request: door.Request, year: int | None = None) -> HttpResponse:
    """Show how far arms came, where they stop, and how they came here."""
    years = queries.recovered_years(viewer=request.viewer)
    here = year if year is not None else max(years, default=0)
    found = queries.progress_funnel(
        viewer=request.viewer, year=here or 1, on=request.at.date()
    )
    ways = queries.routes_page(viewer=request.viewer, year=here or 1)
    stages = shown.stages(here, found)
    context = {
        "bars": _bars(request, here) if here else [],
        "year": here,
        "years": years,
        "stages": stages,
        "funnel": shown.drawn_funnel(stages),
        "ways": ways,
        "routes": shown.routes(here, ways),
        "map": shown.drawn_map(here, ways),
    }
    return render(request, "figures/look.html", context)


@door.staff
def progress(
    request: door.Request, year: int, stage: str, reason: str = ""
) -> HttpResponse:
    """List the records that reached a stage, or stopped there."""
    wanted = shown.stage_named(stage)
    page = queries.progress_records(
        viewer=request.viewer,
        year=year,
        stage=wanted,
        reason=reason,
        page=listing.wanted(request),
    )
    words = gettext(STAGES[STAGES.index(wanted)].label)
    if reason:
        words = f"{words}: {shown.stop_words(reason)}"
    return _listed(request, page, year=year, words=words)


@door.staff
def route(request: door.Request, year: int, code: str) -> HttpResponse:
    """List the records behind one route."""
    page = queries.route_records(
        viewer=request.viewer, year=year, code=code, page=listing.wanted(request)
    )
    known, *stops = code.split("-")
    standing = gettext("known") if known == "known" else gettext("suspected")
    names = [shown.country(stop) for stop in stops if stop != "none"]
    words = f"{' – '.join(names)}, {standing}"
    return _listed(request, page, year=year, words=words)


def _bars(request: door.Request, year: int) -> list[tuple[str, str, bars.Bars]]:
    if not request.viewer.may("return.view"):
        return []
    filled = queries.return_of(year=year, viewer=request.viewer)
    return return_shown.table_bars(filled, return_shown.Viewing(year))


def _listed(
    request: door.Request,
    page: Page[queries.CountedRecord],
    *,
    year: int,
    words: str,
) -> HttpResponse:
    context = {
        "rows": page.rows,
        "paging": listing.paging(request, page),
        "year": year,
        "words": words,
    }
    return render(request, "figures/look_records.html", context)
