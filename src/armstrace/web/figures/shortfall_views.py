"""What it would take: the points that each reason costs the indicator."""

from functools import partial

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.statistics.indicator import Method, method_named
from armstrace.analysis.statistics.shortfall import Cost, Obstacle
from armstrace.indicators import queries
from armstrace.vocabulary.tracing import TraceException, TraceOutcome
from armstrace.web import access
from armstrace.web.drawing import bars
from armstrace.web.figures import days, presenters, records_sent
from armstrace.web.lists import exports
from armstrace.web.templatetags.formatting import words

LISTS = (Obstacle, TraceException, TraceOutcome)
HEAD = ("year", "method", "window", "reason", "words", "arms", "points")


@access.staff_view
def shortfall(request: access.Request, year: int, method: str) -> HttpResponseBase:
    """Show what each recorded reason costs a figure, as a page or as a file."""
    wanted, as_of = method_named(method), days.end_asked(request)
    page = queries.shortfall_page(
        viewer=request.viewer, year=year, method=wanted, as_of=as_of
    )
    if exports.is_wanted(request):
        write = exports.WRITERS[request.GET["format"]]
        head = (year, wanted.value, page.figure.window)
        lines = (
            (
                *head,
                each.reason.value,
                words(each.reason),
                each.count,
                each.points_as_written,
            )
            for each in page.costs
        )
        return write(f"shortfall_{year}_{wanted.value}", HEAD, lines)
    context = {
        "page": page,
        "figure": page.figure,
        "rows": _rows(page),
        "arms": sum(each.count for each in page.costs),
        "lost": 100 - page.figure.value if page.figure.value is not None else None,
        "width": bars.WIDTH,
        "methods": list(Method),
        "asked": presenters.as_of_query(as_of),
        "up": reverse("figures-year", args=[year]) + presenters.as_of_query(as_of),
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


def _rows(page: queries.ShortfallPage) -> list[tuple[Cost, float]]:
    """Give what each reason costs, the dearest first, with the length of its bar."""
    most = max((each.points for each in page.costs), default=0)
    return [
        (each, round(bars.WIDTH * float(each.points / most), 1)) for each in page.costs
    ]


def reason_words(code: str) -> str:
    """Say a reason by its code; the code itself where it is none."""
    for known in LISTS:
        if code in known.__members__:
            return gettext(known[code].label)
    return code
