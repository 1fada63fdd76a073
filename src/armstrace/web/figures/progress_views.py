"""A year in pictures, each beside the table that holds the same numbers."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.statistics.funnel import Stage, StageCount
from armstrace.indicators import queries
from armstrace.indicators.queries import FoundRoute
from armstrace.vocabulary import tracing
from armstrace.web import access, country_words
from armstrace.web.drawing import bars, boundaries, funnel, route_map
from armstrace.web.figures import days, records_sent, return_presenters

STOPS = {
    "NO_MARK": _("no unique mark"),
    "TAMPERED": _("mark erased or altered"),
    "MARK_UNKNOWN": _("not known whether marked"),
    "NOT_BEGUN": _("no trace opened"),
    "OPEN": _("trace open"),
}
DRAWN_ROUTES = 40


@dataclass(frozen=True, slots=True)
class Stopped:
    words: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage of the funnel in its table; its share in percent of all arms."""

    name: str
    found: StageCount
    share: float | None
    address: str
    stopped: tuple[Stopped, ...]


@dataclass(frozen=True, slots=True)
class RouteRow:
    found: FoundRoute
    stops: tuple[str, ...]
    address: str


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
    stages = stage_rows(here, found, viewing.asked)
    routes = route_rows(here, ways, viewing.asked)
    context = {
        "bars": _bars(request, viewing, as_of) if here else [],
        "as_of": viewing.as_of,
        "known_at": as_of or request.at,
        "asked": viewing.asked,
        "year": here,
        "years": years,
        "stages": stages,
        "funnel": drawn_funnel(stages),
        "ways": ways,
        "routes": routes,
        "map": drawn_map(ways, routes),
    }
    return render(request, "figures/look.html", context)


@access.staff_view
def progress(
    request: access.Request, year: int, stage: str, reason: str = ""
) -> HttpResponseBase:
    """List the records that reached a stage, or stopped there."""
    wanted, as_of = stage_named(stage), days.end_asked(request)
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


def stage_rows(
    year: int, found: tuple[StageCount, ...], asked: str = ""
) -> tuple[StageRow, ...]:
    """Lay out the funnel as the table beside its drawing.

    Args:
        asked: What an address ends with, where a day was asked for.
    """
    return tuple(
        StageRow(
            gettext(each.stage.label),
            each,
            100 * each.share if each.share is not None else None,
            reverse("progress-records", args=[year, each.stage.value]) + asked,
            _stops(year, each, asked),
        )
        for each in found
    )


def stop_words(reason: str) -> str:
    if reason in STOPS:
        return str(STOPS[reason])
    for vocabulary in (tracing.TraceOutcome, tracing.TraceException):
        if reason in vocabulary.__members__:
            return gettext(vocabulary[reason].label)
    return gettext("other")


def drawn_funnel(rows: tuple[StageRow, ...]) -> funnel.Funnel:
    return funnel.draw([funnel.Stage(r.name, r.found.count, r.address) for r in rows])


def route_rows(
    year: int, page: queries.RoutesPage, asked: str = ""
) -> tuple[RouteRow, ...]:
    return tuple(
        RouteRow(
            each,
            (
                country_words.country(each.departure),
                country_words.country(each.transit) if each.transit else "",
                country_words.country(each.destination),
            ),
            reverse("route-records", args=[year, each.code]) + asked,
        )
        for each in page.routes
    )


def drawn_map(page: queries.RoutesPage, rows: tuple[RouteRow, ...]) -> route_map.Drawn:
    found, rows = page.routes[:DRAWN_ROUTES], rows[:DRAWN_ROUTES]
    return route_map.draw(
        [
            route_map.Route(
                each.departure,
                each.transit,
                each.destination or settings.HOME_COUNTRY,
                each.is_known,
                each.count,
                words=_words(row),
                href=row.address,
            )
            for each, row in zip(found, rows, strict=True)
        ],
        boundaries.read(settings.BOUNDARIES_FILE),
        home=settings.HOME_COUNTRY,
        names={
            code: country_words.country(code)
            for each in found
            for code in (each.departure, each.transit, each.destination)
        },
    )


def _words(row: RouteRow) -> str:
    standing = gettext("known") if row.found.is_known else gettext("suspected")
    return f"{' – '.join(filter(None, row.stops))}: {row.found.count}, {standing}"


def _stops(year: int, each: StageCount, asked: str) -> tuple[Stopped, ...]:
    ranked = sorted(each.stopped.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        Stopped(
            stop_words(reason),
            count,
            reverse("stopped-records", args=[year, each.stage.value, reason]) + asked,
        )
        for reason, count in ranked
    )


def stage_named(word: str) -> Stage:
    """Read a stage from an address; the first where there is no such one."""
    return Stage[word] if word in Stage.__members__ else Stage.RECOVERED
