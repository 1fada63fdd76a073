"""What it would take: the points that each reason costs the indicator."""

from functools import partial

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from armstrace.analysis.statistics.indicator import Method, method_named
from armstrace.indicators import queries
from armstrace.web import access
from armstrace.web.drawing import bars
from armstrace.web.figures import days, presenters, records_sent
from armstrace.web.figures import shortfall_presenters as shown
from armstrace.web.lists import exports

HEAD = ("year", "method", "window", "reason", "words", "arms", "points")


@access.staff_view
def shortfall(request: access.Request, year: int, method: str) -> HttpResponseBase:
    """Show what each recorded reason costs a figure, as a page or as a file."""
    wanted, as_of = method_named(method), days.end_asked(request)
    page = queries.shortfall_page(
        viewer=request.viewer, year=year, method=wanted, as_of=as_of
    )
    rows = shown.rows(page, as_of)
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
        "up": presenters.address_on(presenters.year_address(year), as_of),
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

    asked = {"year": year, "method": wanted, "reason": reason, "as_of": as_of}
    return records_sent.show(
        request,
        partial(queries.shortfall_records, **asked),
        template="figures/shortfall_records.html",
        year=year,
        method=gettext(wanted.label),
        words=shown.reason_words(reason),
        up=presenters.shortfall_address(year, wanted, as_of),
    )
