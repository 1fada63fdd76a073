"""How far the procedure is kept: cases, lead times and waivers, drawn by month."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from armstrace.procedures import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web import access
from armstrace.web.drawing import trend

MONTHS = 12
SMALL = trend.Size(300.0, 130.0)


@dataclass(frozen=True, slots=True)
class MonthShown:
    """One month, with its recoveries that must have a case and its waivers."""

    name: str
    cases: queries.CaseCounts
    waivers: int


@dataclass(frozen=True, slots=True)
class Figures:
    # Only this one's; empty for all.
    agency: str
    cases: queries.CaseFigures
    counts: queries.CaseCounts
    # The counts of all agencies, whose name is empty, and of each.
    rows: list[tuple[str, queries.CaseCounts]]
    # The last twelve, the latest first.
    months: tuple[MonthShown, ...]
    shares: trend.Chart
    waived: trend.Chart
    times: list[queries.StepTimes]
    # What each supervisor waived, the most first.
    waivers: list[tuple[str, int]]
    waivers_by_agency: list[tuple[str, int]]


def of_agency(viewer: Actor, at: datetime, agency: str = "") -> Figures:
    """Gather the figures of one agency, or of all."""
    cases = queries.case_figures(viewer=viewer, today=timezone.localdate(at))
    signed = queries.waivers_by_supervisor(viewer=viewer, agency=agency)
    people, agencies = Counter[str](), Counter[str]()
    for one in signed:
        people[one.person] += one.count
        agencies[one.agency] += one.count
    months = tuple(_months(viewer, at, agency, signed))
    counts = cases.by_agency.get(agency, queries.CaseCounts())
    shares = [None if m.cases.share is None else 100 * m.cases.share for m in months]
    return Figures(
        agency=agency,
        cases=cases,
        counts=counts if agency else cases.whole,
        rows=[("", cases.whole), *cases.by_agency.items()],
        months=months[::-1],
        shares=_draw(gettext("Share with a parallel case"), months, shares, "%"),
        waived=_draw(gettext("Waivers"), months, [float(m.waivers) for m in months]),
        times=queries.step_times(viewer=viewer, at=at, agency=agency),
        waivers=people.most_common(),
        waivers_by_agency=agencies.most_common(),
    )


@access.staff_view
def figures(request: access.Request) -> HttpResponse:
    """Show the share with a parallel case, lead times and waivers, by agency."""
    agency = request.GET.get("agency", "")[:40]
    context = {"shown": of_agency(request.viewer, request.at, agency)}
    return render(request, "procedures/figures.html", context)


def _months(
    viewer: Actor,
    at: datetime,
    agency: str,
    signed: list[queries.SupervisorWaivers],
) -> Iterator[MonthShown]:
    known = queries.cases_by_month(viewer=viewer, agency=agency)
    cases = {f"{month:%Y-%m}": counts for month, counts in known.items()}
    waivers = Counter[str]()
    for one in signed:
        waivers[f"{one.month:%Y-%m}"] += one.count
    last = at.year * 12 + at.month - 1
    for number in range(last - MONTHS + 1, last + 1):
        name = _name(number)
        yield MonthShown(name, cases.get(name, queries.CaseCounts()), waivers[name])


def _name(month: int) -> str:
    """Write a month that is counted from year 0."""
    return f"{month // 12:04}-{month % 12 + 1:02}"


def _draw(
    name: str,
    months: tuple[MonthShown, ...],
    values: list[float] | list[float | None],
    unit: str = "",
) -> trend.Chart:
    points = tuple(
        trend.Point(int(one.name[:4]) * 12 + int(one.name[5:]) - 1, value)
        for one, value in zip(months, values, strict=True)
    )
    series = [trend.Series(name, points)]
    return trend.draw(series, unit=unit, size=SMALL, words=_name)
