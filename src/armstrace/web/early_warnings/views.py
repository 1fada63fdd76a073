"""Early warnings: the list, one with what it rests on, what becomes of it."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.investigations import queries as cases
from armstrace.investigations.inputs import NewCase
from armstrace.procedures.actions import cases as opening
from armstrace.risk.actions import warnings as acts
from armstrace.risk.inputs import WarningDecision
from armstrace.risk.queries import early_warnings
from armstrace.risk.queries.early_warnings import WarningPage
from armstrace.translation import translate
from armstrace.vocabulary.warnings import FOLLOWS, WarningKind, WarningState
from armstrace.web import access, acting, fields, listing
from armstrace.web.early_warnings import forms, presenters
from armstrace.web.investigations import forms as case_forms
from armstrace.web.lists import pagination


@access.staff_view
def warnings(request: access.Request) -> HttpResponseBase:
    """List early warnings."""
    filters = forms.WarningFilters(request.GET or None)
    rows = early_warnings.warning_rows
    return listing.show(request, "warnings/list.html", rows, filters)


@access.staff_view
def warning(request: access.Request, warning_id: int) -> HttpResponse:
    """Show one warning with the records that it rests on."""
    asked = pagination.page_request(request).number
    wanted = replace(early_warnings.RECORDS, number=asked)
    page = early_warnings.warning_page(warning_id, viewer=request.viewer, page=wanted)
    form = forms.DecisionForm(initial={"seen": page.now.pk})
    return _show(request, page, form)


@access.staff_act_who("warning.decide")
def decide(request: access.Request, warning_id: int) -> HttpResponse:
    """Take a warning, dismiss it, or say that it was acted on."""
    form = forms.DecisionForm(request.POST)
    if acting.is_done(
        request,
        form,
        lambda: acts.decide(
            warning_id=warning_id,
            decision=form.build(WarningDecision),
            **request.how,
        ),
    ):
        messages.success(request, gettext("Saved."))
        return redirect("warning", warning_id)
    page = early_warnings.warning_page(warning_id, viewer=request.viewer)
    return _show(request, page, form)


@access.staff_who("case.open")
def open_case(request: access.Request, warning_id: int) -> HttpResponse:
    """Open a case for a warning; the warning names it from then on."""
    page = early_warnings.warning_page(
        warning_id, viewer=request.viewer, page=early_warnings.WHOLE
    )
    kind = WarningKind(page.warning.kind)
    initial = {
        "title": f"{page.warning.reference}: {gettext(kind.label)}",
        "why": translate(page.warning.sentence)[:500],
        "recovery_ids": ", ".join(page.recoveries),
    }
    form = case_forms.CaseForm(acting.sent(request), initial=initial)
    people = fields.people(cases.colleagues(viewer=request.viewer))
    fields.offer(form, "lead", [("", gettext("me")), *people])
    return acting.answer(
        request,
        form,
        lambda: opening.open_case_for_warning(
            warning_id=warning_id,
            given=form.build(NewCase),
            seen=page.now.pk,
            **request.how,
        ),
        done=gettext("Case opened."),
        to=lambda opened: reverse("case", args=[opened.pk]),
        template="warnings/case.html",
        warning=page.warning,
        back=reverse("warning", args=[warning_id]),
    )


def _show(
    request: access.Request, page: WarningPage, form: forms.DecisionForm
) -> HttpResponse:
    viewer = request.viewer
    may_follow = FOLLOWS[WarningState(page.now.state)]
    fields.offer(form, "state", fields.codes(may_follow))
    context = {
        "page": page,
        "paging": pagination.paging(request, page.told),
        "chart": presenters.chart(page),
        "map": presenters.chart_of_places(page),
        "places": presenters.places(page),
        "may_decide": viewer.may("warning.decide"),
        "may_open_case": viewer.may("case.open"),
    }
    return acting.show(request, "warnings/page.html", form, context)
