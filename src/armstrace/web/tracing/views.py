"""Traces: the list, one trace, and the decisions taken on it."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.procedures.actions import following
from armstrace.recoveries import queries as recoveries
from armstrace.tracing import queries
from armstrace.tracing.actions import abroad as asking
from armstrace.tracing.actions import decisions, findings
from armstrace.web import access, acting, listing
from armstrace.web.provenance import holders as naming
from armstrace.web.tracing import exports as traced_files
from armstrace.web.tracing import forms, pages, presenters


@access.staff_who("trace.view")
def trace_list(request: access.Request) -> HttpResponseBase:
    """List recovered arms by how their traces stand, or hand them over as a file."""
    standing = pages.standing_of(request.GET.get("standing", ""))
    where = recoveries.RecoveryFilter()
    return listing.show(
        request,
        "tracing/list.html",
        partial(queries.trace_rows, where, standing=standing),
        file=traced_files.file("traces", standing, where),
        shown=presenters.with_standing,
        tabs=pages.tabs(standing),
        standing=standing,
    )


@access.staff_view
def trace(request: access.Request, recovery_id: int) -> HttpResponse:
    """Show one trace: first hop, holder, proposals, decisions."""
    context = pages.whole(recovery_id, viewer=request.viewer)
    return render(request, "tracing/page.html", context)


@access.staff_view
def holders(request: access.Request, recovery_id: int) -> HttpResponse:
    """Show the trace with the persons of its chain named; the ledger keeps who."""
    if request.method != "POST":
        return redirect("trace", recovery_id)
    asking = naming.read_asking(request.POST, request.at)
    context = pages.whole(recovery_id, viewer=request.viewer, asking=asking)
    return render(request, "tracing/page.html", context)


@access.staff_act
def decide(request: access.Request, recovery_id: int, key: str) -> HttpResponse:
    """Take a decision on a trace."""
    act = acting.of_address(forms.BY_KEY, key)
    request.viewer.require(act.needs)
    form = act.form(request.POST)

    def take() -> None:
        stated = form.to_input(recovery_id, request.today)
        decisions.decide_traces(stated=[stated], **request.how)
        following.follow_procedure(recoveries=[recovery_id], **request.how)

    if acting.is_done(request, form, take):
        messages.success(request, gettext("Decision saved."))
        return redirect("recovery", recovery_id)
    sent = presenters.Sent(key, form)
    context = pages.whole(recovery_id, viewer=request.viewer, sent=sent)
    status = acting.status_of(form)
    return render(request, "tracing/page.html", context, status=status)


ABROAD: dict[str, tuple[type[forms.AbroadForm], Callable[..., object]]] = {
    "ask": (forms.RequestForm, asking.ask_state),
    "answer": (forms.AnswerForm, asking.record_answer),
    "recall": (forms.RecallForm, asking.recall_request),
}


@access.staff_who("trace.close")
def abroad(request: access.Request, recovery_id: int, act: str) -> HttpResponse:
    """Record a request to another State, its answer, or that it was recalled."""
    form_of, do = ABROAD[act]
    recoveries.arm_detail(recovery_id, viewer=request.viewer)
    form = form_of(acting.sent(request))
    back = reverse("trace", args=[recovery_id])
    return acting.answer(
        request,
        form,
        lambda: do(recovery_id=recovery_id, given=form.build(form.says), **request.how),
        to=back,
        template="tracing/abroad.html",
        verb=form.verb,
        number=f"R{recovery_id}",
    )


@access.staff_act_who("trace.open")
def trace_at_home(request: access.Request, recovery_id: int) -> HttpResponse:
    """Trace a recovered arm in the country's own records."""
    recoveries.arm_detail(recovery_id, viewer=request.viewer)
    findings.trace_at_home(
        recovery_ids=[recovery_id], home_country=settings.HOME_COUNTRY, **request.how
    )
    messages.success(request, gettext("The trace in own records is done."))
    return redirect("trace", recovery_id)
