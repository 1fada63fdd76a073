"""The catalogue of indicators, and what they were worth."""

from datetime import timedelta

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from armstrace.risk import queries
from armstrace.web import access, listing
from armstrace.web.risk import presenters

YEARS = 5


@access.staff_view
def indicators(request: access.Request) -> HttpResponse:
    """Show every indicator: what it asks for, its source, its settings, its hits."""
    today = timezone.localdate(request.at)
    context = {
        "rows": queries.indicator_rows(viewer=request.viewer, today=today),
        "year": today.year,
    }
    return render(request, "risk/indicators.html", context)


@access.staff_view
def backtest(request: access.Request) -> HttpResponse:
    """Show what the scores were worth, in all and by year."""
    found = queries.back_test(viewer=request.viewer)
    context = {
        "whole": found.whole,
        "bars": presenters.bars(found.whole),
        "judged": presenters.hits(found.whole),
        "by_year": found.by_year,
        "late": found.late,
        "width": presenters.WIDTH,
    }
    return render(request, "risk/backtest.html", context)


@access.staff_view
def arms_with_signs(request: access.Request) -> HttpResponseBase:
    """List recovered arms that show signs, with the sentence of each."""
    return listing.show(request, "risk/traced.html", queries.sign_rows)


@access.staff_view
def dealers(request: access.Request) -> HttpResponse:
    """Hold traced arms of dealers against what their sales let expect."""
    until = timezone.localdate(request.at)
    since = until - timedelta(days=365 * YEARS)
    found = queries.dealers(viewer=request.viewer, since=since, until=until)
    context = {"found": found, "since": since, "until": until}
    return render(request, "risk/dealers.html", context)
