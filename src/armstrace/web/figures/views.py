"""Indicator 16.4.2, and the records behind its numbers."""

from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from armstrace.analysis.statistics.indicator import SIDE_BY_SIDE, method_named
from armstrace.indicators import queries
from armstrace.indicators.actions import figures as actions
from armstrace.intake import queries as intake
from armstrace.vocabulary.recoveries import Acquisition
from armstrace.web import access
from armstrace.web.figures import days, presenters, records_sent
from armstrace.web.lists import pagination
from armstrace.web.templatetags.formatting import part_words


@access.staff_view
def figures(request: access.Request, year: int | None = None) -> HttpResponse:
    """Show a year's figures by each definition, side by side."""
    page = queries.figures_page(
        viewer=request.viewer, year=year, as_of=days.end_of(request)
    )
    kept = queries.kept_figures(
        viewer=request.viewer, page=pagination.page_request(request), year=page.year
    )
    here = reverse("figures-year", args=[page.year]) if page.year else ""
    context = {
        "page": page,
        "here": here or reverse("figures"),
        "asked": presenters.as_of_query(page.as_of),
        "chart": presenters.chart(page),
        "tabs": queries.years_of_recoveries(viewer=request.viewer),
        "main": SIDE_BY_SIDE,
        "beside": beside_of(request, page.year, page.as_of) if page.years else None,
        "by_type": queries.indicator_by_type(
            viewer=request.viewer, year=page.year, as_of=page.as_of
        ),
        "kinds": list(Acquisition),
        "as_of": request.GET.get("as_of", ""),
        "known_at": min(page.as_of or request.at, request.at),
        "lies_ahead": page.as_of is not None and page.as_of.date() > request.today,
        # The traces of the latest year still run.
        "is_unfinished": page.year in page.years[-1:],
        "kept": kept.rows,
        "paging": pagination.paging(request, kept),
        "may_keep": request.viewer.may("indicator.keep"),
    }
    return render(request, "figures/figures.html", context)


def beside_of(
    request: access.Request, year: int, as_of: datetime | None
) -> dict[str, object] | None:
    """Give what is said beside the figures of a year; None for other eyes."""
    if not request.viewer.may("indicator.view"):
        return None
    return {
        "found": queries.repeats_counted(viewer=request.viewer, year=year, as_of=as_of),
        "held": 0 if as_of else intake.held_of_year(year, viewer=request.viewer),
        "asked": presenters.as_of_query(as_of),
    }


@access.staff_act
def keep(request: access.Request, year: int, method: str) -> HttpResponse:
    """Keep a figure as it stands, or as it was known on a day."""
    asked = request.POST.get("as_of", "")
    actions.keep_figure(
        year=year,
        method=method_named(method),
        as_of=days.end_unless_today(asked, request.at),
        **request.how,
    )
    messages.success(request, gettext("Figure saved."))
    back = reverse("figures-year", args=[year])
    return redirect(f"{back}?{urlencode({'as_of': asked})}" if asked else back)


@access.staff_view
def records(
    request: access.Request, year: int, method: str, part: str
) -> HttpResponseBase:
    """List the records behind one part of a figure."""
    wanted = queries.PartRequest(year, method_named(method), part, days.end_of(request))

    return records_sent.show(
        request,
        partial(queries.cell_records, wanted),
        year=year,
        name=f"records_{year}_{method}",
        method=gettext(wanted.method.label),
        words=part_words(part),
    )
