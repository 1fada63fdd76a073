"""The report for print, as a page and as PDF, and the neighbour reports."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from armstrace.analysis.statistics.indicator import SIDE_BY_SIDE
from armstrace.analysis.statistics.neighbours import report as neighbours
from armstrace.analysis.statistics.questionnaire.filled import ReturnFilled
from armstrace.analysis.statistics.workbook import about
from armstrace.indicators import queries
from armstrace.web import access
from armstrace.web.figures import (
    days,
    presenters,
    return_change_presenters,
    return_presenters,
)
from armstrace.web.figures.return_presenters import Viewing
from armstrace.web.lists import exports
from armstrace.web.return_exports import pdf


@access.staff_view
def report(request: access.Request, year: int) -> HttpResponse:
    """Show the report of a year as a page for print."""
    as_of = days.end_asked(request)
    filled = queries.return_of(year=year, as_of=as_of, viewer=request.viewer)
    told = _told(request, filled, as_of=as_of)
    context = {**told, "has_pdf": pdf.is_ready()}
    return render(request, "return_exports/report.html", context)


def paper(
    request: access.Request,
    filled: ReturnFilled,
    *,
    as_of: datetime | None,
    card: queries.KeptReturn | None = None,
) -> bytes:
    context = {**_told(request, filled, as_of=as_of, card=card), "is_pdf": True}
    page = render_to_string("return_exports/report.html", context, request)
    return pdf.pdf_of(page)


@access.staff_view
def neighbour(request: access.Request, year: int, code: str) -> HttpResponse:
    """Show what records say to another instrument, and what its form lacks."""
    context = {"year": year, "filled": _neighbour(request, year, code)}
    return render(request, "return_exports/neighbour.html", context)


@access.staff_view
def neighbour_csv(request: access.Request, year: int, code: str) -> HttpResponseBase:
    """Send the same as CSV."""
    filled = _neighbour(request, year, code)
    head = ("section", "section_title", "code", "words", *map(str, filled.years))
    name = f"{code}_{year}"
    return exports.as_csv(name, (*head, "standing", "reason"), _rows(filled))


def _rows(filled: neighbours.Filled) -> Iterator[tuple[object, ...]]:
    for section, answers in filled.sections:
        for each in answers:
            item = each.item
            place = (section.number, gettext(section.title), item.code)
            yield (
                *place,
                gettext(item.words),
                *each.values,
                each.standing.value,
                gettext(each.reason),
            )
    yield ("", filled.form.unverified, *("",) * (len(filled.years) + 4))


def _neighbour(request: access.Request, year: int, code: str) -> neighbours.Filled:
    form = neighbours.form_of(code)
    as_of = days.end_asked(request)
    returns = [
        queries.return_of(year=each, as_of=as_of, viewer=request.viewer)
        for each in neighbours.years_of(form, year)
    ]
    return neighbours.report_of(form, returns)


def _told(
    request: access.Request,
    filled: ReturnFilled,
    *,
    as_of: datetime | None,
    card: queries.KeptReturn | None = None,
) -> dict[str, Any]:
    year = filled.year
    page = queries.figures_page(viewer=request.viewer, year=year, as_of=as_of)
    viewing = Viewing(year, request.GET.get("as_of", ""), opens=False)
    definitions, limits = about.terms()
    since = None if as_of else queries.revisions(year=year, viewer=request.viewer)
    kept = queries.kept_returns(year=year, viewer=request.viewer)
    return {
        "year": year,
        "filled": filled,
        "country": filled.country or settings.HOME_COUNTRY,
        "as_of": as_of,
        "at": request.at,
        "page": page,
        "main": SIDE_BY_SIDE,
        "chart": presenters.chart(page),
        "viewing": viewing,
        "tables": return_presenters.tables(filled, viewing),
        "bars": return_presenters.table_bars(filled, viewing),
        "checks": return_presenters.checks(filled, viewing),
        "since": since,
        "changed": return_change_presenters.changes(filled, since, viewing)
        if since
        else (),
        "kept": [k for k in kept if card is None or k.kept_at < card.kept_at],
        "definitions": definitions,
        "limits": limits,
        "unverified": tuple(about.tables_unverified(filled)),
    }
