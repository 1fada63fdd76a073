"""Recoveries: list, page, record, correct, judge candidates."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.procedures.actions import following
from armstrace.recoveries import queries
from armstrace.recoveries.actions import correcting, judging, repeat_recoveries
from armstrace.tracing import queries as tracing
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.outcomes import Recorded, RowOutcome
from armstrace.vocabulary.paging import Page
from armstrace.web import access, acting, listing, redirects
from armstrace.web.lists import pagination
from armstrace.web.provenance import holders as naming
from armstrace.web.recoveries import filters, forms, items, presenters, withdrawing
from armstrace.web.tracing import exports as traced_files
from armstrace.web.tracing import presenters as tracing_shown


@access.staff_view
def recovery_list(request: access.Request) -> HttpResponseBase:
    """List recovered arms, or hand the list over as a file."""
    narrowed = filters.RecoveryFilters(request.GET or None)
    narrowed.offer(queries.choices(viewer=request.viewer))
    order, standing = narrowed.to_filter().order.value, narrowed.standing()
    return listing.show(
        request,
        "recoveries/list.html",
        partial(tracing.trace_rows, standing=standing),
        narrowed,
        file=traced_files.file("recoveries", standing),
        shown=tracing_shown.with_standing,
        heads=pagination.sorting(request, order, ("number", "recovered")),
        may_record=request.viewer.may("recovery.record"),
    )


@access.staff_view
def ammunition_list(request: access.Request) -> HttpResponseBase:
    """List recovered ammunition."""
    return _items(request, "recoveries/ammunition.html", queries.ammunition_rows)


@access.staff_view
def part_list(request: access.Request) -> HttpResponseBase:
    """List recovered parts."""
    return _items(request, "recoveries/parts.html", queries.part_rows)


def _items(
    request: access.Request, template: str, rows: Callable[..., Page[Any]]
) -> HttpResponseBase:
    narrowed = filters.RecoveryFilters(request.GET or None)
    return listing.show(request, template, rows, narrowed.only("q", "year"))


@access.staff_view
def recovery(request: access.Request, recovery_id: int) -> HttpResponse:
    """Show one recovery: what was seen, what is known, what is due."""
    try:
        item = queries.arm_detail(recovery_id, viewer=request.viewer)
    except NotFound as error:
        return _no_arm(request, recovery_id, error)
    is_new = "recorded" in request.GET
    context = presenters.page(item, viewer=request.viewer, is_new=is_new)
    return render(request, "recoveries/page.html", context)


def _no_arm(
    request: access.Request, recovery_id: int, refusal: NotFound
) -> HttpResponse:
    """Show ammunition, a part, or what was withdrawn; refuse what is not there."""
    kind = queries.item_kind_of(recovery_id, viewer=request.viewer)
    withdrawal = queries.withdrawal_of(recovery_id, viewer=request.viewer)
    if withdrawal is not None:
        return withdrawing.page(request, recovery_id, kind, withdrawal)
    if kind is ItemKind.ARM:
        raise refusal
    found = queries.item_detail(recovery_id, viewer=request.viewer)
    context = items.page(found, viewer=request.viewer)
    return render(request, "recoveries/item.html", context)


@access.staff_view
def correct(request: access.Request, recovery_id: int) -> HttpResponse:
    """Correct a recovery; the earlier state stays in its history."""
    item = queries.arm_detail(recovery_id, viewer=request.viewer)
    request.viewer.require("recovery.correct", agency=item.record.agency)
    form = presenters.correction(item, request)
    recorded = acting.result_of(
        request,
        form,
        lambda: correcting.correct_recovery(
            recovery_id=recovery_id,
            changes=form.changes(),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["version"],
            **request.how,
        ),
    )
    if recorded is not None:
        return _answer_recorded(request, recorded, gettext("Recovery corrected."))
    context = {
        "heading": gettext("Correct %(number)s") % {"number": item.reference},
        "intro": gettext(
            "It was handed in without a name: write none here, in a note or in a "
            "reason."
        )
        if form.is_nameless
        else gettext("Give a reason. It is shown in the history."),
        "verb": gettext("Correct recovery"),
        "back": reverse("recovery", args=[recovery_id]),
        "hides_person": "taken_from" not in form.fields and not form.is_nameless,
    }
    return acting.show(request, "recoveries/form.html", form, context)


@access.staff_view
def person(request: access.Request, recovery_id: int) -> HttpResponse:
    """Show from whom the arm was taken; the ledger keeps who asked."""
    if request.method != "POST":
        return redirect("recovery", recovery_id)
    asking = naming.read_asking(request.POST, request.at)
    name = queries.taken_from(recovery_id, **request.asking, reason=asking.reason)
    item = queries.arm_detail(recovery_id, viewer=request.viewer)
    context = presenters.page(item, viewer=request.viewer) | {"person": {"name": name}}
    return render(request, "recoveries/page.html", context)


@access.staff_view
def holders(request: access.Request, recovery_id: int) -> HttpResponse:
    """Show the recovery with the persons of its chain named; the ledger keeps who."""
    if request.method != "POST":
        return redirect("recovery", recovery_id)
    item = queries.arm_detail(recovery_id, viewer=request.viewer)
    asking = naming.read_asking(request.POST, request.at)
    context = presenters.page(item, viewer=request.viewer, asking=asking)
    return render(request, "recoveries/page.html", context)


@access.staff_act_who("recovery.judge")
def judge(request: access.Request, recovery_id: int, arm_id: int) -> HttpResponse:
    """Say whether a candidate is the recovered arm."""
    form = forms.JudgementForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(
            gettext("Choose same, different or cannot tell, and give a reason.")
        )
    stated = form.to_input(recovery_id, arm_id)
    judging.judge_candidate(stated=stated, **request.how)
    following.follow_procedure(recoveries=[recovery_id], **request.how)
    messages.success(request, gettext("Decision saved."))
    page = reverse("recovery", args=[recovery_id]) + "#candidates"
    return redirects.redirect_back(request, page)


def _answer_recorded(
    request: access.Request, fate: Recorded, done: str
) -> HttpResponse:
    fate.require_done()
    if fate.fate is RowOutcome.UNCHANGED:
        done = gettext("The record already says so; nothing was changed.")
    if fate.record_id is not None:
        repeat_recoveries.note_resightings(recovery_ids=[fate.record_id], **request.how)
        following.follow_procedure(recoveries=[fate.record_id], **request.how)
    messages.success(request, done)
    return redirect("recovery", fate.record_id)
