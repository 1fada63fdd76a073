"""The annual return: fill it, check it, keep it, see what changed."""

from functools import partial
from importlib.util import find_spec

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.statistics.questionnaire import entering
from armstrace.analysis.statistics.questionnaire.filled import Origin
from armstrace.indicators import queries
from armstrace.indicators.actions import returns as actions
from armstrace.translation import translate
from armstrace.vocabulary.errors import NotFound, RuleBroken
from armstrace.vocabulary.returns import ReturnStage
from armstrace.web import access, acting, cell_names, record_numbers
from armstrace.web.figures import days, records_sent, return_forms
from armstrace.web.figures import return_change_presenters as changes_shown
from armstrace.web.figures import return_presenters as shown
from armstrace.web.figures import views as figure_views
from armstrace.web.lists import exports, pagination

KEPT_FILES = (
    ("return.xlsx", _("Workbook")),
    ("cells.csv", _("Every cell, with its source")),
    ("release.csv", _("Release layout")),
    ("release.xlsx", _("Release layout")),
    ("sdmx.csv", _("SDMX-CSV, by the official definition")),
    ("sdmx.xml", _("SDMX-ML, by the official definition")),
    ("accompanying.csv", _("The indicator by every method, with its fractions")),
    ("report.pdf", _("Report as PDF")),
)


@access.staff_view
def years(request: access.Request) -> HttpResponse:
    """List the years and the returns that were kept."""
    wanted = pagination.page_request(request)
    kept = queries.kept_return_rows(viewer=request.viewer, page=wanted)
    context = {
        "years": sorted(
            queries.arms_by_year(viewer=request.viewer).items(), reverse=True
        ),
        "kept": kept.rows,
        "paging": pagination.paging(request, kept),
    }
    return render(request, "figures/returns.html", context)


@access.staff_view
def year(request: access.Request, year: int) -> HttpResponse:
    """Show all tables of a year, each cell with its records."""
    return _year_page(request, year)


def _year_page(
    request: access.Request,
    year: int,
    *,
    file_form: return_forms.FiguresFileForm | None = None,
    refused: RuleBroken | None = None,
) -> HttpResponse:
    """Show a year; with what a rule refused, where one did."""
    asked = request.POST.get("as_of", "") or request.GET.get("as_of", "")
    filled = queries.return_of(
        year=year, as_of=days.end_of_passed(asked, request.at), viewer=request.viewer
    )
    viewing = _viewing(request, year, asked)
    context = {
        "year": year,
        "years": queries.years_of_recoveries(viewer=request.viewer),
        "filled": filled,
        "known_at": filled.as_of or request.at,
        "viewing": viewing,
        "tables": shown.tables(filled, viewing),
        "open_checks": shown.open_checks(filled),
        "beside": figure_views.beside_of(request, year, filled.as_of),
        "as_of": viewing.as_of,
        "asked": viewing.as_of_query,
        "checks_address": viewing.address("return-checks"),
        "kept": queries.kept_returns(year=year, viewer=request.viewer),
        "may_keep": request.viewer.may("return.keep"),
        "may_fill": viewing.may_fill,
        "file_form": file_form or return_forms.FiguresFileForm(),
        "refused": refused,
        "refusal": translate(refused) if refused else "",
        "silent": shown.silent(filled, viewing) if refused else (),
    }
    return render(request, "figures/return.html", context)


@access.staff_view
def records(request: access.Request, year: int, key: str) -> HttpResponseBase:
    """List the records behind a cell or a failed check."""
    as_of = days.end_asked(request)
    return records_sent.show(
        request,
        partial(queries.return_records, year=year, key=key, as_of=as_of),
        template="figures/return_records.html",
        year=year,
        heading=gettext("Records behind a cell"),
        words=cell_names.cell_words(key),
    )


@access.staff_view
def checks(request: access.Request, year: int) -> HttpResponse:
    """Show what the checks found, with the records behind each failure."""
    filled = queries.return_of(
        year=year, as_of=days.end_asked(request), viewer=request.viewer
    )
    viewing = _viewing(request, year)
    if access.wants_part(request):
        told = {"year": year, "open_checks": shown.open_checks(filled)}
        return render(request, "figures/return_checks_told.html", told)
    context = {
        "year": year,
        "asked": viewing.as_of_query,
        "known_at": filled.as_of or request.at,
        "viewing": viewing,
        "checks": shown.checks(filled, viewing),
        "holding": shown.holding(filled),
        "open_checks": shown.open_checks(filled),
    }
    return render(request, "figures/return_checks.html", context)


@access.staff_who("return.fill")
def explain(request: access.Request, year: int) -> HttpResponse:
    """Explain a difference with a reason that travels with the return."""
    key = request.GET.get("finding", "")
    filled = queries.return_of(year=year, viewer=request.viewer)
    found = next((check for check in filled.checks if check.key == key), None)
    if found is None:
        msg = gettext("No check of this return found that; open the checks again.")
        raise NotFound(msg)
    form = return_forms.ExplainForm(
        acting.sent(request),
        initial={"reason_code": found.explained, "words": found.explanation},
    )

    return acting.answer(
        request,
        form,
        lambda: actions.explain_difference(
            stated=actions.StatedExplanation(year, key, **form.cleaned_data),
            **request.how,
        ),
        done=gettext("Explanation saved."),
        to=reverse("return-checks", args=[year]),
        template="figures/return_explain.html",
        year=year,
        found=found,
        sentence=cell_names.in_words(found.sentence),
    )


@access.staff_who("return.fill")
def enter(request: access.Request, year: int, key: str) -> HttpResponse:
    """Enter what records do not hold, with its source."""
    filled = queries.return_of(year=year, viewer=request.viewer)
    cell = filled.cell(key)
    if cell is None:
        msg = gettext("The return has no cell with that name; choose one from a table.")
        raise NotFound(msg)
    form = return_forms.FigureForm(cell, acting.sent(request))
    return acting.answer(
        request,
        form,
        lambda: actions.enter_figure(
            stated=form.to_input(year),
            reason=form.cleaned_data.get("reason", ""),
            **request.how,
        ),
        done=gettext("Figure entered."),
        to=_address_of_table(year, cell.table),
        template="figures/return_enter.html",
        year=year,
        cell=cell,
        title=cell_names.table_title(cell.table),
        words=cell_names.cell_words(key),
    )


@access.staff_who("return.fill")
def enter_table(request: access.Request, year: int, table_id: str) -> HttpResponse:
    """Enter what records do not hold of a table, with its source."""
    filled = queries.return_of(year=year, viewer=request.viewer)
    table = filled.table(table_id)
    cells = shown.enterable(table) if table else ()
    if not cells:
        msg = gettext(
            "That table has no cells to enter; choose another from the return."
        )
        raise NotFound(msg)
    form = return_forms.TableForm(cells, acting.sent(request))
    made = acting.result_of(
        request,
        form,
        lambda: actions.load_figures(
            stated=form.to_input(year),
            reason=form.cleaned_data.get("reason", ""),
            origin=Origin.ENTERED,
            **request.how,
        ),
    )
    if made is not None:
        said = ngettext(
            "%(n)s figure was entered.", "%(n)s figures were entered.", len(made)
        )
        messages.success(request, said % {"n": len(made)})
        return redirect(_address_of_table(year, table_id))
    title = cell_names.table_title(table_id)
    context = {"year": year, "table_id": table_id, "title": title}
    return acting.show(request, "figures/return_enter_table.html", form, context)


def _address_of_table(year: int, table_id: str) -> str:
    return f"{reverse('return-year', args=[year])}#table-{slugify(table_id)}"


@access.staff_who("return.fill")
def blanks(request: access.Request, year: int) -> HttpResponseBase:
    """Send the blank cells as a table that is filled in and loaded back."""
    filled = queries.return_of(year=year, viewer=request.viewer)
    head = (*entering.HEADINGS, "cell")
    return exports.as_csv(f"figures_{year}", head, shown.blank_rows(filled))


@access.staff_act_who("return.fill")
def load(request: access.Request, year: int) -> HttpResponse:
    """Load the figures of another authority from a table."""
    form = return_forms.FiguresFileForm(request.POST, request.FILES)
    made = acting.result_of(
        request,
        form,
        lambda: actions.load_figures(
            **form.to_figures(year), reason=form.cleaned_data["reason"], **request.how
        ),
    )
    if made is None:
        return _year_page(request, year, file_form=form)
    said = ngettext("%(n)s figure was loaded.", "%(n)s figures were loaded.", len(made))
    messages.success(request, said % {"n": len(made)})
    return redirect("return-year", year)


@access.staff_act
def keep(request: access.Request, year: int) -> HttpResponse:
    """Keep a return as it stands, or as it is submitted."""
    word = request.POST.get("stage", "")
    known = word in ReturnStage.__members__
    try:
        kept = actions.keep_return(
            year=year,
            stage=ReturnStage[word] if known else ReturnStage.KEPT,
            as_of=days.end_unless_today(request.POST.get("as_of", ""), request.at),
            **request.how,
        )
    except RuleBroken as error:
        return _year_page(request, year, refused=error)
    messages.success(request, gettext("Return saved."))
    return redirect("return-kept", kept.pk)


@access.staff_view
def kept(request: access.Request, return_id: int) -> HttpResponse:
    """Show a return as it was kept."""
    card, filled = queries.kept_return(return_id=return_id, viewer=request.viewer)
    viewing = shown.Viewing(filled.year, opens=False)
    context = {
        "card": card,
        "filled": filled,
        "viewing": viewing,
        "tables": shown.tables(filled, viewing),
        "checks": shown.checks(filled, viewing),
        "checks_address": "#checks",
        "files": KEPT_FILES if find_spec("weasyprint") else KEPT_FILES[:-1],
    }
    return render(request, "figures/return_kept.html", context)


@access.staff_view
def changes(request: access.Request, year: int) -> HttpResponse:
    """List which records changed which cell since a return was kept."""
    found = queries.revisions(
        year=year,
        since=record_numbers.key_of(request.GET.get("since", "")),
        viewer=request.viewer,
    )
    filled = queries.return_of(year=year, viewer=request.viewer)
    context = {
        "year": year,
        "asked": _viewing(request, year).as_of_query,
        "cells": changes_shown.changes(filled, found, shown.Viewing(year)),
        "moves": changes_shown.moves(found),
        "more": found.total - len(found.records),
        "since": found.since,
        "kept": queries.kept_returns(year=year, viewer=request.viewer),
    }
    return render(request, "figures/return_changes.html", context)


def _viewing(
    request: access.Request, year: int, asked: str | None = None
) -> shown.Viewing:
    as_of = request.GET.get("as_of", "") if asked is None else asked
    fills = request.viewer.may("return.fill") and not as_of
    return shown.Viewing(year, as_of, may_fill=fills)
