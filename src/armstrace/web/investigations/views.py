"""Cases: the list, the form in which one is opened, and one of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from armstrace.investigations import queries
from armstrace.investigations.actions import opening
from armstrace.web import access, acting
from armstrace.web.investigations import forms
from armstrace.web.lists import pagination


@access.staff_view
def case_list(request: access.Request) -> HttpResponse:
    """List cases."""
    filters = forms.CaseFilters(request.GET or None)
    page = queries.case_rows(
        filters.to_filter(),
        viewer=request.viewer,
        page=pagination.page_request(request),
    )
    context = {
        "rows": page.rows,
        "filters": filters,
        "paging": pagination.paging(request, page),
    }
    return render(request, "investigations/list.html", context)


@access.staff_view
def open_case(request: access.Request) -> HttpResponse:
    """Open a case beside the main one."""
    request.viewer.require("case.open")
    initial = {"recovery_ids": request.GET.get("recovery", "")}
    form = forms.CaseForm(acting.sent(request), initial=initial)
    form.offer(queries.colleagues(viewer=request.viewer), empty=gettext("me"))
    made: list[int] = []

    def do() -> None:
        opened = opening.open_case(given=form.given(), by=request.viewer, at=request.at)
        made.append(opened.pk)

    if acting.is_done(request, form, do):
        messages.success(request, gettext("Case opened."))
        return redirect("case", made[0])
    return render(
        request,
        "investigations/open.html",
        {"form": form},
        status=acting.status_of(form),
    )


@access.staff_view
def case(request: access.Request, case_id: int) -> HttpResponse:
    """Show one case."""
    context = {"page": queries.case_page(case_id, viewer=request.viewer)}
    return render(request, "investigations/page.html", context)
