"""A year in pictures, each beside the table that holds the same numbers."""

from datetime import datetime
from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from armstrace.indicators import queries
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
    wanted, as_of = shown.stage_named(stage), days.end_asked(request)
    words = gettext(wanted.label)
    if reason:
        words = f"{words}: {shown.stop_words(reason)}"
    return records_sent.show(
        request,
        partial(
            queries.progress_records,
            year=year,
            stage=wanted,
            reason=reason,
            as_of=as_of,
        ),
        template="figures/look_records.html",
        year=year,
        words=words,
    )


@access.staff_view
def route(request: access.Request, year: int, code: str) -> HttpResponseBase:
    """List the records behind one route."""
    as_of = days.end_asked(request)
    known, *stops = code.split("-")
    standing = gettext("known") if known == "known" else gettext("suspected")
    names = [country_words.country(stop) for stop in stops if stop != "none"]
    return records_sent.show(
        request,
        partial(queries.route_records, year=year, code=code, as_of=as_of),
        template="figures/look_records.html",
        year=year,
        words=f"{' – '.join(names)}, {standing}",
    )


def _bars(
    request: access.Request, viewing: return_presenters.Viewing, as_of: datetime | None
) -> list[tuple[str, str, bars.Bars]]:
    if not request.viewer.may("return.view"):
        return []
    filled = queries.return_of(year=viewing.year, as_of=as_of, viewer=request.viewer)
    return return_presenters.table_bars(filled, viewing)
