"""A year in pictures, each beside the table that holds the same numbers."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from armstrace.analysis.statistics.funnel import Stage
from armstrace.indicators import queries
from armstrace.indicators.queries import FoundRoute
from armstrace.web import access, country_words
from armstrace.web.drawing import bars, boundaries, funnel, route_map
from armstrace.web.figures import days, records_sent, return_presenters
from armstrace.web.templatetags.figure_areas import stop_words

DRAWN_ROUTES = 40


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
    context = {
        "bars": _bars(request, viewing, as_of) if here else [],
        "as_of": viewing.as_of,
        "known_at": as_of or request.at,
        "asked": viewing.as_of_query,
        "year": here,
        "years": years,
        "stages": found,
        "funnel": funnel.draw([(gettext(s.stage.label), s.count) for s in found]),
        "ways": ways,
        "map": drawn_map(ways, viewing),
    }
    return render(request, "figures/look.html", context)


@access.staff_view
def progress(
    request: access.Request, year: int, stage: str, reason: str = ""
) -> HttpResponseBase:
    """List the records that reached a stage, or stopped there."""
    wanted = Stage[stage] if stage in Stage.__members__ else Stage.RECOVERED
    as_of = days.end_asked(request)
    words = gettext(wanted.label)
    if reason:
        words = f"{words}: {stop_words(reason)}"
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


def drawn_map(
    page: queries.RoutesPage, viewing: return_presenters.Viewing
) -> route_map.Drawn:
    found = page.routes[:DRAWN_ROUTES]
    names = {
        code: country_words.country(code)
        for each in found
        for code in (each.departure, each.transit, each.destination)
    }
    return route_map.draw(
        [
            route_map.Route(
                each.departure,
                each.transit,
                each.destination or settings.HOME_COUNTRY,
                each.is_known,
                each.count,
                words=_words(each, names),
                href=viewing.address("route-records", each.code),
            )
            for each in found
        ],
        boundaries.read(settings.BOUNDARIES_FILE),
        home=settings.HOME_COUNTRY,
        names=names,
    )


def _words(route: FoundRoute, names: Mapping[str, str]) -> str:
    standing = gettext("known") if route.is_known else gettext("suspected")
    codes = filter(None, (route.departure, route.transit))
    stops = " – ".join(filter(None, map(names.get, (*codes, route.destination))))
    return f"{stops}: {route.count}, {standing}"
