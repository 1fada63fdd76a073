"""A year in pictures, each beside the table that holds the same numbers."""

from datetime import datetime

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from armstrace.analysis.statistics.funnel import STAGES
from armstrace.indicators import queries
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.web import access, country_words
from armstrace.web.drawing import bars
from armstrace.web.figures import days, records_sent, return_presenters
from armstrace.web.figures import progress_presenters as shown


@access.staff_view
def look(request: access.Request, year: int | None = None) -> HttpResponse:
    """Show how far arms came, where they stop, and how they came here."""
    years = queries.years_of_recoveries(viewer=request.viewer)
    here = year if year is not None else max(years, default=0)
    as_of = days.end_asked(request)
    found = queries.progress_funnel(
        viewer=request.viewer,
        year=here,
        on=(as_of or request.at).date(),
        as_of=as_of,
    )
    ways = queries.routes_page(viewer=request.viewer, year=here, as_of=as_of)
    viewing = return_presenters.Viewing(here, request.GET.get("as_of", ""))
    stages = shown.stages(here, found, viewing.asked)
    routes = shown.routes(here, ways, viewing.asked)
    context = {
        "bars": _bars(request, viewing, as_of) if here else [],
        "as_of": viewing.as_of,
        "known_at": as_of or request.at,
        "asked": viewing.asked,
        "year": here,
        "years": years,
        "stages": stages,
        "funnel": shown.drawn_funnel(stages),
        "ways": ways,
        "routes": routes,
        "map": shown.drawn_map(ways, routes),
    }
    return render(request, "figures/look.html", context)


@access.staff_view
def progress(
    request: access.Request, year: int, stage: str, reason: str = ""
) -> HttpResponseBase:
    """List the records that reached a stage, or stopped there."""
    wanted = shown.stage_named(stage)
    as_of = days.end_asked(request)

    def fetch(page: PageRequest) -> Page[queries.CountedRecord]:
        return queries.progress_records(
            viewer=request.viewer,
            year=year,
            stage=wanted,
            reason=reason,
            page=page,
            as_of=as_of,
        )

    words = gettext(STAGES[STAGES.index(wanted)].label)
    if reason:
        words = f"{words}: {shown.stop_words(reason)}"
    return _list_records(request, fetch, year=year, words=words)


@access.staff_view
def route(request: access.Request, year: int, code: str) -> HttpResponseBase:
    """List the records behind one route."""
    as_of = days.end_asked(request)

    def fetch(page: PageRequest) -> Page[queries.CountedRecord]:
        return queries.route_records(
            viewer=request.viewer, year=year, code=code, page=page, as_of=as_of
        )

    known, *stops = code.split("-")
    standing = gettext("known") if known == "known" else gettext("suspected")
    names = [country_words.country(stop) for stop in stops if stop != "none"]
    words = f"{' – '.join(names)}, {standing}"
    return _list_records(request, fetch, year=year, words=words)


def _bars(
    request: access.Request, viewing: return_presenters.Viewing, as_of: datetime | None
) -> list[tuple[str, str, bars.Bars]]:
    if not request.viewer.may("return.view"):
        return []
    filled = queries.return_of(year=viewing.year, as_of=as_of, viewer=request.viewer)
    return return_presenters.table_bars(filled, viewing)


def _list_records(
    request: access.Request, fetch: records_sent.Fetch, *, year: int, words: str
) -> HttpResponseBase:
    return records_sent.show(
        request,
        fetch,
        template="figures/look_records.html",
        name=f"records_{year}",
        year=year,
        asked=return_presenters.Viewing(year, request.GET.get("as_of", "")).asked,
        known_at=days.end_asked(request),
        words=words,
    )
