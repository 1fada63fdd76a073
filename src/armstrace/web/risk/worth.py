"""The catalogue of indicators, and what they were worth."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from armstrace.risk import queries
from armstrace.web import access
from armstrace.web.risk import presenters


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
        "judged": presenters.judged(found.whole),
        "by_year": found.by_year,
        "width": presenters.WIDTH,
    }
    return render(request, "risk/backtest.html", context)
