"""How far the arms of a year came, and by which routes they came here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from armstrace.analysis.statistics import cells, funnel
from armstrace.analysis.statistics.cells import Marking, Tampered
from armstrace.analysis.statistics.funnel import Progress, Stage, StageCount
from armstrace.indicators.queries import drilling, stamps
from armstrace.indicators.queries import returns_columns as columns
from armstrace.indicators.queries.returns_columns import Reach
from armstrace.indicators.queries.rows import CountedRecord
from armstrace.recoveries.models import CandidateJudgement, RecoveryRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.tracing import (
    Establishment,
    Judgement,
    TraceOutcome,
    TraceStanding,
)

NO_MARK, TAMPERED, MARK_UNKNOWN = "NO_MARK", "TAMPERED", "MARK_UNKNOWN"


@dataclass(frozen=True, slots=True)
class FoundRoute:
    """Arms that came the same way, as far as the records tell it.

    Args:
        departure: Country where the arm left the legal world, else where the
            trace points first, else where it was made.
        transit: Country of its import mark, where that is another one.
        destination: Country of the recovery.
        is_known: Whether a closed trace established the departure.
        count: How many arms.
    """

    departure: str
    transit: str
    destination: str
    is_known: bool
    count: int

    @property
    def code(self) -> str:
        """The route in one word."""
        known = "known" if self.is_known else "suspected"
        stops = (self.departure, self.transit or "none", self.destination or "none")
        return "-".join((known, *stops))


@dataclass(frozen=True, slots=True)
class RoutesPage:
    """The routes of a year.

    Args:
        routes: Across a border, the largest first.
        at_home: Arms that left the legal world in the country of recovery.
        not_known: Arms of which no country of departure is known.
    """

    routes: tuple[FoundRoute, ...]
    at_home: int
    not_known: int


def progress_funnel(
    *, viewer: Actor, year: int, on: date, as_of: datetime | None = None
) -> tuple[StageCount, ...]:
    """Count how far the arms recovered in a year have come.

    Arms that the figures leave out (antiques, administrative seizures) are left
    out here too.

    Args:
        viewer: Who asks.
        year: Year of recovery.
        on: The day up to which waiting counts.
        as_of: As known at that moment; now where None.

    Raises:
        NotPermitted: The viewer may not see figures.
    """
    reach = _reach(viewer, year, as_of)
    state = stamps.stamp()
    return _kept(reach, on, state) if state else funnel.funnel_of(_arms(reach), on)


def progress_records(
    *,
    viewer: Actor,
    year: int,
    stage: Stage,
    reason: str,
    page: PageRequest,
    as_of: datetime | None = None,
) -> Page[CountedRecord]:
    """Give the records that reached a stage, or stopped there for a reason.

    Args:
        viewer: Who asks.
        year: Year of recovery.
        stage: The stage.
        reason: Only those that stopped there for it; all that came so far
            where empty.
        page: Which page, newest recovery first.
        as_of: As known at that moment; now where None.

    Raises:
        NotPermitted: The viewer may not see figures.
    """
    reach = _reach(viewer, year, as_of)
    place = funnel.STAGES.index(stage)
    found = [
        arm.item
        for arm in _arms(reach)
        if (arm.stage is stage and arm.reason == reason)
        or (not reason and funnel.STAGES.index(arm.stage) >= place)
    ]
    return _page(reach, found, page)


def routes_page(
    *, viewer: Actor, year: int, as_of: datetime | None = None
) -> RoutesPage:
    """Give the routes by which the counted arms of a year came.

    Args:
        viewer: Who asks.
        year: Year of recovery.
        as_of: As known at that moment; now where None.

    Raises:
        NotPermitted: The viewer may not see figures.
    """
    reach = _reach(viewer, year, as_of)
    counted: dict[tuple[str, str, str, bool], int] = {}
    grouped = _routed(reach).order_by().values(*ROUTE_COLUMNS)
    for row in grouped.annotate(number=Count("pk")):
        route = route_of(row)
        counted[route] = counted.get(route, 0) + row["number"]
    routes = [FoundRoute(*route, count) for route, count in counted.items()]
    across = [r for r in routes if r.departure and not _is_at_home(r)]
    return RoutesPage(
        tuple(sorted(across, key=lambda r: (-r.count, r.code))),
        sum(r.count for r in routes if r.departure and _is_at_home(r)),
        sum(r.count for r in routes if not r.departure),
    )


def route_records(
    *,
    viewer: Actor,
    year: int,
    code: str,
    page: PageRequest,
    as_of: datetime | None = None,
) -> Page[CountedRecord]:
    """Give the records behind one route.

    Args:
        viewer: Who asks.
        year: Year of recovery.
        code: As ``FoundRoute.code``.
        page: Which page, newest recovery first.
        as_of: As known at that moment; now where None.

    Raises:
        NotPermitted: The viewer may not see figures.
    """
    reach = _reach(viewer, year, as_of)
    rows = _routed(reach).order_by(*NEWEST).values("recovery_id", *ROUTE_COLUMNS)
    found = [
        row["recovery_id"]
        for row in rows.iterator()
        if FoundRoute(*route_of(row), 1).code == code
    ]
    return _page(reach, found, page)


NEWEST = ("-recovered_on", "-recovery_id")
ROUTE_COLUMNS = (
    "country",
    "country_of_manufacture",
    "import_country",
    "decision__standing",
    "decision__established",
    "decision__diversion_country",
    "finding__hop_country",
)
ARM_COLUMNS = (
    "recovery_id",
    "recovered_on",
    "serial_status",
    "identified",
    "begun_at",
    "decision__standing",
    "decision__outcome",
    "decision__exception",
    "decision__established",
    "decision__decided_on",
)


@lru_cache(maxsize=16)
def _kept(reach: Reach, on: date, state: stamps.Stamp) -> tuple[StageCount, ...]:
    del state
    return funnel.funnel_of(_arms(reach), on)


def _reach(viewer: Actor, year: int, as_of: datetime | None) -> Reach:
    seen = viewer.agencies("indicator.view")
    return Reach(seen, max(year, date.min.year), as_of)


def _counted(reach: Reach) -> QuerySet[Any]:
    arms = columns.arms(reach)
    found: QuerySet[Any] = arms.filter(columns.is_counted(RecoveryRecord))
    return found


def _routed(reach: Reach) -> QuerySet[Any]:
    counted = _counted(reach)
    found: QuerySet[Any] = counted.alias(finding=columns.finding(reach.as_of))
    return found


def _arms(reach: Reach) -> Iterator[Progress]:
    same = CandidateJudgement.objects.as_of(reach.as_of).filter(
        judgement=Judgement.SAME, recovery=OuterRef("recovery")
    )
    rows = _counted(reach).annotate(
        identified=Q(decision__arm__isnull=False) | Exists(same),
        begun_at=Case(
            When(
                columns.conditions(reach.as_of)["begun"],
                then=F("recovery__trace__known_at"),
            )
        ),
    )
    for row in rows.order_by(*NEWEST).values_list(*ARM_COLUMNS).iterator():
        yield _progress(*row)


def _progress(
    item: int,
    recovered_on: date,
    status: str,
    identified: object,
    begun_at: datetime | None,
    *decision: Any,  # noqa: ANN401 - the columns of the current decision
) -> Progress:
    standing, outcome, exception, established, decided_on = decision
    serial = SerialStatus[status]
    is_marked = cells.marking_of(serial, identifies=bool(identified)) is Marking.UNIQUE
    is_excepted = standing == TraceStanding.EXCEPTED.value
    is_closed = standing == TraceStanding.CLOSED.value
    is_known = outcome == TraceOutcome.NO_DIVERSION.value or (
        established not in (None, "", Establishment.NOT_ESTABLISHED.value)
    )
    began = begun_at.date() if begun_at and not is_excepted else None
    reason = _stop(serial) if not is_marked else ""
    return Progress(
        item,
        is_marked,
        recovered_on,
        began,
        decided_on if is_closed else None,
        is_known,
        reason or _reason(began, outcome, exception),
    )


def _stop(serial: SerialStatus) -> str:
    if serial is SerialStatus.UNKNOWN:
        return MARK_UNKNOWN
    return TAMPERED if cells.tampering_of(serial) is Tampered.YES else NO_MARK


def _reason(began: date | None, outcome: str | None, exception: str | None) -> str:
    if began is None:
        return exception or funnel.NOT_BEGUN
    return outcome or funnel.OPEN


def route_of(row: dict[str, Any]) -> tuple[str, str, str, bool]:
    """Read a route: what a closed trace says, else where the records point."""
    established = row["decision__established"] or ""
    is_known = (
        row["decision__standing"] == TraceStanding.CLOSED.value
        and established != Establishment.NOT_ESTABLISHED.value
        and bool(row["decision__diversion_country"])
    )
    suspected = row["finding__hop_country"] or row["country_of_manufacture"]
    departure = row["decision__diversion_country"] if is_known else suspected
    destination = row["country"]
    transit = row["import_country"] or ""
    if transit in (departure, destination):
        transit = ""
    return departure or "", transit, destination, is_known


def _is_at_home(route: FoundRoute) -> bool:
    return route.departure == route.destination


def _page(reach: Reach, found: list[int], page: PageRequest) -> Page[CountedRecord]:
    total = len(found)
    number = min(max(page.number, 1), max(1, -(-total // page.size)))
    start = (number - 1) * page.size
    wanted = found[start : start + page.size]
    rows = reach.records(RecoveryRecord).filter(recovery__in=wanted)
    by_id = {row.recovery_id: drilling.counted(ItemKind.ARM, row) for row in rows}
    return Page([by_id[each] for each in wanted], number, page.size, total)
