"""What it would take: the points that each reason costs the indicator."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.statistics.indicator import Method, method_named
from armstrace.analysis.statistics.shortfall import Obstacle
from armstrace.indicators import queries
from armstrace.vocabulary.tracing import TraceException, TraceOutcome
from armstrace.web import access
from armstrace.web.drawing import bars
from armstrace.web.figures import days, presenters, records_sent
from armstrace.web.lists import exports

LISTS = (Obstacle, TraceException, TraceOutcome)
HEAD = ("year", "method", "window", "reason", "words", "arms", "points")


@dataclass(frozen=True, slots=True)
class CostRow:
    """A reason: its arms with their records, its points, and the length of its bar."""

    words: str
    count: int
    address: str
    points: Decimal
    length: float


@access.staff_view
def shortfall(request: access.Request, year: int, method: str) -> HttpResponseBase:
    """Show what each recorded reason costs a figure, as a page or as a file."""
    wanted, as_of = method_named(method), days.end_asked(request)
    page = queries.shortfall_page(
        viewer=request.viewer, year=year, method=wanted, as_of=as_of
    )
    rows = cost_rows(page, as_of)
    if exports.is_wanted(request):
        write = exports.WRITERS[request.GET["format"]]
        head = (year, wanted.value, page.figure.window)
        lines = (
            (*head, cost.reason.value, row.words, row.count, row.points)
            for cost, row in zip(page.costs, rows, strict=True)
        )
        return write(f"shortfall_{year}_{wanted.value}", HEAD, lines)
    context = {
        "page": page,
        "figure": page.figure,
        "rows": rows,
        "arms": sum(row.count for row in rows),
        "lost": 100 - page.figure.value if page.figure.value is not None else None,
        "width": bars.WIDTH,
        "methods": [
            (
                gettext(each.label),
                presenters.shortfall_address(year, each, as_of),
                each is wanted,
            )
            for each in Method
        ],
        "up": reverse("figures-year", args=[year]) + presenters.asked_on(as_of),
        "known_at": as_of or request.at,
        "as_of": as_of,
    }
    return render(request, "figures/shortfall.html", context)


@access.staff_view
def records(
    request: access.Request, year: int, method: str, reason: str
) -> HttpResponseBase:
    """List the records that a figure loses for one reason."""
    wanted, as_of = method_named(method), days.end_asked(request)
    return records_sent.show(
        request,
        partial(
            queries.shortfall_records,
            year=year,
            method=wanted,
            reason=reason,
            as_of=as_of,
        ),
        template="figures/shortfall_records.html",
        year=year,
        method=gettext(wanted.label),
        words=reason_words(reason),
        up=presenters.shortfall_address(year, wanted, as_of),
    )


def cost_rows(
    page: queries.ShortfallPage, as_of: datetime | None = None
) -> tuple[CostRow, ...]:
    """Lay out what each reason costs, the dearest first."""
    figure = page.figure
    most = max((each.points for each in page.costs), default=0)
    return tuple(
        CostRow(
            gettext(each.reason.label),
            each.count,
            reverse(
                "shortfall-records",
                args=[figure.year, figure.method.value, each.reason.value],
            )
            + presenters.asked_on(as_of),
            each.points_as_written,
            round(bars.WIDTH * float(each.points / most), 1),
        )
        for each in page.costs
    )


def reason_words(code: str) -> str:
    """Say a reason by its code; the code itself where it is none."""
    for known in LISTS:
        if code in known.__members__:
            return gettext(known[code].label)
    return code
