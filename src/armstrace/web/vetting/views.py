"""Requests for vetting: the list, one with its answers, asking."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from armstrace.vetting.actions import vetting as acts
from armstrace.vetting.queries import requests as queries
from armstrace.vocabulary.vetting import VettingAnswer
from armstrace.web import access, acting
from armstrace.web.lists import pagination
from armstrace.web.vetting import forms, shown


@access.staff_view
def vettings(request: access.Request) -> HttpResponse:
    """List requests for vetting."""
    filters = forms.VettingFilters(request.GET or None)
    page = queries.vetting_rows(
        filters.to_filter(),
        viewer=request.viewer,
        today=timezone.localdate(request.at),
        page=pagination.page_request(request),
    )
    rows = [
        shown.row(
            reverse("vetting", args=[each.request_id]),
            each.reference,
            each.name,
            each.capacity,
            each.state,
            each.answer,
            each.valid_until,
        )
        for each in page.rows
    ]
    return shown.show_list(
        request,
        page,
        rows,
        shown.Listed(
            gettext("Vetting"),
            gettext("Who was vetted, with the answer alone. Every view is logged."),
            (
                gettext("Number"),
                gettext("Name"),
                gettext("Vetted as"),
                gettext("Status"),
                gettext("Answer"),
                gettext("Valid until"),
            ),
        ),
        filters=filters,
        act=(reverse("vetting-ask"), gettext("Ask for vetting"))
        if request.viewer.may("vetting.ask")
        else None,
    )


@access.staff_who("vetting.ask")
def ask(request: access.Request) -> HttpResponse:
    """Ask to vet a person."""
    form = forms.AskForm(acting.sent(request), initial=request.GET.dict())
    return acting.answer(
        request,
        form,
        lambda: acts.ask_vetting(stated=form.to_input(), **request.how),
        done=gettext("Vetting is asked for."),
        to=lambda made: reverse("vetting", args=[made.pk]),
        template="vetting/page.html",
        heading=gettext("Ask for vetting"),
        verb=gettext("Ask for vetting"),
    )


@access.staff_view
def vetting(request: access.Request, request_id: int) -> HttpResponse:
    """Show one request with its answers, and take an answer."""
    viewer, today = request.viewer, timezone.localdate(request.at)
    row, answers = queries.vetting_page(request_id, viewer=viewer, today=today)
    form = forms.AnswerForm(acting.sent(request))
    if request.method == "POST":
        viewer.require("vetting.decide")
    told = ("answer", "valid_until", "reason")

    def act() -> None:
        said = {name: form.cleaned_data[name] for name in told}
        acts.answer_vetting(request_id=request_id, **said, **request.how)

    if acting.is_done(request, form, act):
        messages.success(request, gettext("The answer is recorded."))
        return redirect("vetting", request_id)
    may_answer = viewer.may("vetting.decide") and viewer.name != row.asked_by
    return shown.show_page(
        request,
        form if may_answer else None,
        heading=f"{row.reference} · {row.name}",
        form_heading=gettext("Answer"),
        verb=gettext("Record the answer"),
        facts=(
            (gettext("Status"), row.state),
            (gettext("Answer"), row.answer),
            (gettext("Valid until"), row.valid_until),
            (gettext("Vetted as"), row.capacity),
            (gettext("Record"), row.subject),
            (gettext("Born on"), row.born_on),
            (gettext("Asked by"), row.asked_by),
            (gettext("Asked"), row.asked_at),
        ),
        states=[
            shown.State(
                each.known_at,
                shown.say(VettingAnswer(each.answer)),
                each.answered_by,
                each.reason,
            )
            for each in answers
        ],
    )
