"""The year in pictures: funnel, waits, routes, bars, each beside its table."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.statistics.funnel import Stage, StageCount
from armstrace.indicators import queries
from armstrace.indicators.queries import FoundRoute
from armstrace.vocabulary import tracing
from armstrace.web import country_words
from armstrace.web.drawing import boundaries, funnel, route_map

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


def stages(
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


def routes(
    year: int, page: queries.RoutesPage, asked: str = ""
) -> tuple[RouteRow, ...]:
    """Give the routes in words, each with its records."""
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
