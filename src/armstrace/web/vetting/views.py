"""Requests for vetting: the list, one with its answers, asking."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from armstrace.licensing import queries as licensing
from armstrace.translation import translate
from armstrace.vetting import rules
from armstrace.vetting.actions import vetting as acts
from armstrace.vetting.queries import hits
from armstrace.vetting.queries import requests as queries
from armstrace.vocabulary.vetting import VettingAnswer
from armstrace.web import access, acting, listing, record_numbers
from armstrace.web.templatetags import formatting
from armstrace.web.vetting import forms, shown


@access.staff_view
def vettings(request: access.Request) -> HttpResponseBase:
    table = listing.Table(
        gettext("Vetting"),
        gettext("Who has been vetted, and the result alone. Every view is logged."),
        {
            gettext("Number"): "reference",
            gettext("Name"): "name",
            gettext("Vetted as"): "capacity",
            gettext("Status"): "state",
            gettext("Answer"): lambda row: row.answer or gettext("none yet"),
            gettext("Valid until"): lambda row: row.valid_until or gettext("none yet"),
        },
        lambda row: reverse("vetting", args=[row.request_id]),
    )
    return listing.show_table(
        request,
        table,
        queries.vetting_rows,
        forms.VettingFilters(request.GET or None),
        act=(reverse("vetting-ask"), gettext("Ask for vetting"))
        if request.viewer.may("vetting.ask")
        else None,
    )


@access.staff_who("vetting.ask")
def ask(request: access.Request) -> HttpResponse:
    first = request.GET.dict()
    about = first.get("subject", ""), first.get("capacity", "")
    waits = queries.request_waiting(*about, viewer=request.viewer)
    if waits and request.method == "GET":
        asked = rules.ASKED_ONCE.broken((waits.subject, waits.reference))
        messages.info(request, translate(asked))
        return redirect("vetting", waits.pk)
    if key := record_numbers.key_of(first.get("subject", "").removeprefix("H")):
        named = licensing.names_for_keeper([key], **request.asking)
        first["name"] = named.get(key, "")
    form = forms.AskForm(acting.sent(request), initial=first)
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
    viewer = request.viewer
    row, answers = queries.vetting_page(request_id, viewer=viewer, today=request.today)
    form = forms.AnswerForm(acting.sent(request), initial={"seen": row.seen})
    if request.method == "POST":
        viewer.require("vetting.decide")

    def act() -> None:
        acts.answer_vetting(request_id=request_id, **form.cleaned_data, **request.how)

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
        related=_beside(request, row),
        related_heading=gettext("The record, and similar names on lists"),
        facts=(
            (gettext("Status"), row.state),
            (gettext("Answer"), row.answer or gettext("none yet")),
            (gettext("Valid until"), row.valid_until or gettext("none yet")),
            (gettext("Vetted as"), row.capacity),
            (gettext("Record"), row.subject),
            (gettext("Born on"), row.born_on),
            (gettext("Asked by"), row.asked_by),
            (gettext("Asked"), row.asked_at),
        ),
        states=shown.states(
            answers, lambda one: VettingAnswer(one.answer), "answered_by"
        ),
    )


def _beside(request: access.Request, row: queries.VettingRow) -> list[tuple[str, str]]:
    """Link to the record of the subject, and to names on lists not yet put aside."""
    offered = record_numbers.find_record(row.subject, viewer=request.viewer)
    found = hits.hits_beside(row.request_id, viewer=request.viewer)
    record = [(offered.address, offered.words)] if offered else []
    if row.subject.startswith("H") and request.viewer.may("licence.view"):
        address = f"{reverse('licences')}?q={row.subject}"
        record.append((address, gettext("Applications for licences")))
    return record + [
        (
            reverse("hit", args=[each.hit_id]),
            format_html(
                "{} {} · {} · {} · {}",
                each.list_name,
                each.number,
                each.listed_name,
                formatting.percent(each.score),
                listing.say(each.examined),
            ),
        )
        for each in found
    ]
