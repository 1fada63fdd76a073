"""How far the arms of a year came, and by which routes they came here."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from armstrace.analysis.statistics import funnel, routes
from armstrace.analysis.statistics.funnel import Progress, Stage, StageCount
from armstrace.analysis.statistics.routes import FoundRoute, RoutesPage
from armstrace.audit import stamps
from armstrace.indicators.queries import counted, drilling
from armstrace.indicators.queries import returns_columns as columns
from armstrace.indicators.queries.counted import CountScope, one_year
from armstrace.indicators.queries.rows import CountedRecord
from armstrace.recoveries.models import RecoveryRecord
from armstrace.tracing.models import OPENED_BY_NOBODY, TraceDecision
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.tracing import TraceStanding


def progress_funnel(
    *, viewer: Actor, year: int, on: date, as_of: datetime | None = None
) -> tuple[StageCount, ...]:
    """Count how far the arms recovered in a year have come.

    Arms that the figures leave out (antiques, administrative seizures) are left
    out here too.

    Args:
        on: The day up to which waiting counts.
    """
    scope = _scope(viewer, year, as_of)
    asked = ("progress funnel", scope, on)
    return stamps.kept(asked, lambda: funnel.funnel_of(_arms(scope), on))


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
        reason: Only those that stopped there for it; all that came so far
            where empty.
    """
    scope = _scope(viewer, year, as_of)
    place = funnel.STAGES.index(stage)
    found = [
        arm.item
        for arm in _arms(scope)
        if (arm.stage is stage and arm.reason == reason)
        or (not reason and funnel.STAGES.index(arm.stage) >= place)
    ]
    return _page(scope, found, page)


def routes_page(
    *, viewer: Actor, year: int, as_of: datetime | None = None
) -> RoutesPage:
    """Give the routes by which the counted arms of a year came."""
    scope = _scope(viewer, year, as_of)
    grouped = _arms_with_route(scope).order_by().values(*ROUTE)
    rows = grouped.annotate(number=Count("pk"))
    return routes.routes_of((routes.stops_of(row), row["number"]) for row in rows)


def route_records(
    *,
    viewer: Actor,
    year: int,
    code: str,
    page: PageRequest,
    as_of: datetime | None = None,
) -> Page[CountedRecord]:
    """Give the records behind one route."""
    scope = _scope(viewer, year, as_of)
    rows = _arms_with_route(scope).order_by(*NEWEST).values("recovery_id", *ROUTE)
    found = [
        row["recovery_id"]
        for row in rows.iterator()
        if FoundRoute(*routes.stops_of(row), 1).code == code
    ]
    return _page(scope, found, page)


NEWEST = ("-recovered_on", "-recovery_id")
ROUTE = (*columns.ROUTE, "standing", "established")
ARM_COLUMNS = (
    "recovery_id", "recovered_on", "serial_status", "is_identified", "begun_on",
    "decision__standing", "decision__outcome", "decision__exception",
    "decision__established", "decision__decided_on", "recovered_until",
)  # fmt: skip


def _scope(viewer: Actor, year: int, as_of: datetime | None) -> CountScope:
    years = one_year(max(year, date.min.year))
    return CountScope.of(viewer, "indicator.view", years, as_of)


def _arms_with_route(scope: CountScope) -> QuerySet[Any]:
    arms = counted.with_finding(scope, counted.arms_counted(scope))
    found: QuerySet[Any] = arms.annotate(
        standing=F("decision__standing"),
        established=F("decision__established"),
        diversion_country=F("decision__diversion_country"),
        hop_country=F("finding__hop_country"),
    )
    return found


def _arms(scope: CountScope) -> Iterator[Progress]:
    rows = counted.arms_counted(scope).annotate(
        is_identified=counted.to_one_arm(scope), begun_on=_begun_on(scope)
    )
    for row in rows.order_by(*NEWEST).values_list(*ARM_COLUMNS).iterator():
        yield funnel.progress_of(funnel.Traced(*row))


def _begun_on(scope: CountScope) -> Case:
    """Give the day on which a person opened the trace, the first where several did."""
    opened = (
        TraceDecision.objects.get_queryset()
        .known_by(scope.as_of)
        .filter(trace__recovery=OuterRef("recovery"), standing=TraceStanding.OPEN)
    )
    by_people = opened.exclude(reason=OPENED_BY_NOBODY).order_by("decided_on")
    decided_on = F("decision__decided_on")
    first = Subquery(by_people.values("decided_on")[:1])
    return Case(
        When(decision__standing=TraceStanding.OPEN, then=decided_on),
        When(decision__standing=TraceStanding.CLOSED, then=Coalesce(first, decided_on)),
    )


def _page(
    scope: CountScope, found: list[int], page: PageRequest
) -> Page[CountedRecord]:
    wanted = page.of(found)
    rows = scope.records(RecoveryRecord).filter(recovery__in=wanted.rows)
    by_id = {row.recovery_id: drilling.record_of(ItemKind.ARM, row) for row in rows}
    return wanted.showing([by_id[each] for each in wanted.rows])
