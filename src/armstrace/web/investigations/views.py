"""Cases: the list, one's own, one of them part by part, and its print for court."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.investigations import queries
from armstrace.investigations.actions import ending
from armstrace.investigations.inputs import NewCase
from armstrace.investigations.queries import CaseFilter, CasePage, Holding
from armstrace.procedures.actions import cases
from armstrace.records import scope
from armstrace.risk.queries import early_warnings
from armstrace.vocabulary.intelligence import Basis
from armstrace.vocabulary.investigations import EntryKind
from armstrace.vocabulary.paging import PageRequest
from armstrace.web import access, acting, fields, listing
from armstrace.web.custody import presenters as custody
from armstrace.web.investigations import court, forms, presenters
from armstrace.web.provenance import holders

type Part = dict[str, Any]


@access.staff_view
def case_list(request: access.Request) -> HttpResponseBase:
    """List cases."""
    filters = forms.CaseFilters(request.GET or None)
    return listing.show(request, "investigations/list.html", queries.case_rows, filters)


@access.staff_view
def own_cases(request: access.Request) -> HttpResponse:
    """Show what is due to the viewer, who is to be called, and the viewer's cases."""
    viewer = request.viewer
    mine = queries.case_rows(
        CaseFilter(is_mine=True), viewer=viewer, page=PageRequest()
    )
    context = {
        "due": queries.due_entries(viewer=viewer),
        "today": request.today,
        "overlaps": queries.own_overlaps(viewer=viewer),
        "rows": mine.rows,
    }
    return render(request, "investigations/mine.html", context)


@access.staff_who("case.open")
def open_case(request: access.Request) -> HttpResponse:
    """Open a case beside the main one; first say what is in a case already."""
    wanted = request.GET.get("recovery", "")
    ids = [int(each) for each in re.findall(r"[1-9][0-9]{0,17}", wanted)]
    held = queries.cases_holding(ids, viewer=request.viewer)
    initial = {"recovery_ids": wanted, "told": _told(held)}
    form = forms.CaseForm(acting.sent(request), initial=initial)
    people = queries.colleagues(viewer=request.viewer)
    fields.offer(form, "lead", [("", gettext("me")), *fields.people(people)])
    if form.is_bound and form.is_valid():
        ids = form.cleaned_data["recovery_ids"]
        held = queries.cases_holding(ids, viewer=request.viewer)
        if form.cleaned_data["told"] != _told(held):
            acting.refill(form, told=_told(held))
            return acting.show(
                request, "investigations/open.html", form, {"held": held}
            )

    return acting.answer(
        request,
        form,
        lambda: cases.open_case(given=form.build(NewCase), **request.how),
        done=gettext("Case opened."),
        to=lambda made: reverse("case", args=[made.pk]),
        template="investigations/open.html",
        held=held,
    )


def _told(held: list[Holding]) -> str:
    """Write which items are in which case already, for a form to send back."""
    return " ".join(
        f"{one.item}/{one.case.reference if one.case else one.whom}" for one in held
    )


@access.staff_view
def case(request: access.Request, case_id: int, tab: str = "") -> HttpResponse:
    """Show one part of a case."""
    part = acting.of_address(PARTS, tab)
    page = queries.case_page(case_id, viewer=request.viewer)
    context = presenters.head(page, tab, viewer=request.viewer) | part(request, page)
    template = f"investigations/part_{tab or 'about'}.html"
    return render(request, template, context)


@access.staff_view
def case_item(request: access.Request, case_id: int, recovery_id: int) -> HttpResponse:
    """Show a recovered item of a case: its own page to who may see that."""
    viewer = request.viewer
    found = queries.case_item(case_id, recovery_id, viewer=viewer)
    if scope.is_visible("recoveries", "Recovery", recovery_id, viewer=viewer):
        return redirect("recovery", recovery_id)
    context = presenters.item(found, viewer=viewer)
    return render(request, "investigations/item.html", context)


def _about(request: access.Request, page: CasePage) -> Part:
    case_id, viewer = page.case.pk, request.viewer
    tasks = queries.entries_of(
        case_id, viewer=viewer, kinds=(EntryKind.TASK, EntryKind.DEADLINE)
    )
    return {
        "beside": queries.cases_beside(page.case, viewer=viewer),
        "overlaps": queries.overlaps_of(case_id, viewer=viewer),
        "suggested": queries.suggestions(case_id, viewer=viewer),
        "due": [one for one in tasks if one.done_on is None],
        "today": request.today,
        "warnings": early_warnings.of_case(page.case.reference, viewer=viewer),
    }


def _entries(*wanted: EntryKind) -> Callable[[access.Request, CasePage], Part]:
    def part(request: access.Request, page: CasePage) -> Part:
        found = queries.entries_of(
            page.case.pk, viewer=request.viewer, kinds=(*wanted, EntryKind.SUBJECT)
        )
        return presenters.entries(found, wanted) | {"today": request.today}

    return part


def _timeline(request: access.Request, page: CasePage) -> Part:
    rows = queries.timeline(page.case.pk, viewer=request.viewer)
    return presenters.timeline(rows) | _entries()(request, page)


def _charges(request: access.Request, page: CasePage) -> Part:
    case_id, viewer = page.case.pk, request.viewer
    return {
        "charges": queries.charges_of(case_id, viewer=viewer),
        "suggested": queries.suggestions(case_id, viewer=viewer),
    } | _entries()(request, page)


def _items(request: access.Request, page: CasePage) -> Part:
    kept = custody.of_recoveries(
        [item.recovery_id for item in page.items],
        viewer=request.viewer,
        today=request.today,
    )
    return {"items": [(item, kept.get(item.recovery_id)) for item in page.items]}


PARTS: dict[str, Callable[[access.Request, CasePage], Part]] = {
    "": _about,
    "timeline": _timeline,
    "people": _entries(EntryKind.SUBJECT),
    "items": _items,
    "work": _entries(
        EntryKind.TASK, EntryKind.DEADLINE, EntryKind.DECISION, EntryKind.COUNSEL
    ),
    "charges": _charges,
    "documents": _entries(EntryKind.DOCUMENT),
    "members": lambda request, page: {
        "people": queries.colleagues(viewer=request.viewer)
    },
}


@access.staff_view
def print_case(request: access.Request, case_id: int) -> HttpResponse:
    """Print the file for court: numbered facts, and exhibits with their provenance.

    A form that is sent asks for the names of the persons; the ledger keeps who.
    """
    viewer = request.viewer
    found = queries.court_entries(case_id, viewer=viewer)
    page = queries.case_page(case_id, viewer=viewer)
    asking = None
    if request.method == "POST":
        asking = holders.read_asking(request.POST, request.at)
    items = _items(request, page)
    kept = {item.recovery_id: row for item, row in items["items"] if row}
    facts = {None, *(one.number for one in found if one.basis == Basis.FACT)}
    context = court.page(page, found, viewer) | {
        "charges": queries.charges_of(case_id, viewer=viewer),
        "rows": [
            row
            for row in queries.timeline(case_id, viewer=viewer)
            if (row.entry and row.entry.number) in facts
        ],
        "printed_at": request.at,
        **items,
        **court.provenance(page, kept, viewer=viewer, asking=asking),
    }
    return render(request, "investigations/print.html", context)


@access.staff_act
def ask(request: access.Request, case_id: int) -> HttpResponse:
    """Ask the other units again; each side reads that it was asked."""
    ending.ask_others(case_id=case_id, **request.how)
    messages.success(
        request, gettext("Asked. What was found is listed under “Other units”.")
    )
    return redirect("case", case_id)
