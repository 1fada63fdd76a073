"""Indicator 16.4.2, and the records behind its numbers."""

from datetime import UTC, datetime, time

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext

from armstrace.analysis.statistics.indicator import method_named
from armstrace.indicators import queries
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.web import door, listing
from armstrace.web.figures import shown


@door.staff
def figures(request: door.Request, year: int | None = None) -> HttpResponse:
    """Show a year's figures by each definition, side by side."""
    page = queries.figures_page(viewer=request.viewer, year=year, as_of=_as_of(request))
    context = {
        "page": page,
        "figures": shown.figures(page),
        "chart": shown.chart(page),
        "years": shown.years(page),
        "methods": [gettext(method.label) for method in shown.PAIR],
        "rows": shown.rows(page),
        "kinds": [gettext(kind.label) for kind in RecoveryKind],
        "as_of": request.GET.get("as_of", ""),
    }
    return render(request, "figures/figures.html", context)


@door.staff
def records(request: door.Request, year: int, method: str, part: str) -> HttpResponse:
    """List the records behind one part of a figure."""
    wanted = queries.PartRequest(year, method_named(method), part, _as_of(request))
    page = queries.cell_records(
        wanted, viewer=request.viewer, page=listing.wanted(request)
    )
    context = {
        "rows": page.rows,
        "wanted": wanted,
        "method": gettext(wanted.method.label),
        "paging": listing.paging(request, page),
    }
    return render(request, "figures/records.html", context)


def _as_of(request: door.Request) -> datetime | None:
    """Read the day whose knowledge counts; its end belongs to it."""
    text = request.GET.get("as_of", "")
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        msg = gettext("The day cannot be read; write it as 2026-11-24.")
        raise InvalidInput(msg, field="as_of")
    return datetime.combine(day, time.max, UTC)
