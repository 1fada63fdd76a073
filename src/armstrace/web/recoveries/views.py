"""Recoveries: list, page, record, correct, judge candidates."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from armstrace.recoveries import queries
from armstrace.recoveries.actions import correcting, judging, recording
from armstrace.tracing import queries as tracing
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.outcomes import Recorded, RowFate
from armstrace.web import door, listing, returning
from armstrace.web import holders as naming
from armstrace.web.recoveries import filters, forms, items, shown
from armstrace.web.tracing import exported
from armstrace.web.tracing import shown as tracing_shown


@door.staff
def recovery_list(request: door.Request) -> HttpResponseBase:
    """List recovered arms, or hand the list over as a file."""
    narrowed = filters.RecoveryFilters(request.GET or None)
    narrowed.offer(queries.choices(viewer=request.viewer))
    where = narrowed.wanted()
    standing = narrowed.standing()
    if exported.is_wanted(request):
        return exported.file("recoveries", request, where, standing)
    page = tracing.traced_rows(
        where,
        standing=standing,
        viewer=request.viewer,
        page=listing.wanted(request),
        today=request.at.date(),
    )
    context = {
        "rows": [(row, tracing_shown.row_standing(row)) for row in page.rows],
        "filters": narrowed,
        "paging": listing.paging(request, page, exports=True),
        "heads": listing.sorting(request, where.order.value, ("number", "recovered")),
        "may_record": request.viewer.may("recovery.record"),
    }
    return render(request, "recoveries/list.html", context)


@door.staff
def ammunition_list(request: door.Request) -> HttpResponse:
    """List recovered ammunition."""
    narrowed = filters.RecoveryFilters(request.GET or None)
    wanted = listing.wanted(request)
    page = queries.ammunition_rows(
        narrowed.wanted(), viewer=request.viewer, page=wanted
    )
    context = {
        "rows": page.rows,
        "filters": narrowed.only("q", "year"),
        "paging": listing.paging(request, page),
    }
    return render(request, "recoveries/ammunition.html", context)


@door.staff
def part_list(request: door.Request) -> HttpResponse:
    """List recovered parts."""
    narrowed = filters.RecoveryFilters(request.GET or None)
    wanted = listing.wanted(request)
    page = queries.part_rows(narrowed.wanted(), viewer=request.viewer, page=wanted)
    context = {
        "rows": page.rows,
        "filters": narrowed.only("q", "year"),
        "paging": listing.paging(request, page),
    }
    return render(request, "recoveries/parts.html", context)


@door.staff
def recovery(request: door.Request, recovery_id: int) -> HttpResponse:
    """Show one recovery: what was seen, what is known, what is due."""
    kind = queries.item_kind_of(recovery_id, viewer=request.viewer)
    if kind is not ItemKind.ARM:
        found = queries.recovered_item(recovery_id, viewer=request.viewer)
        context = items.page(found, viewer=request.viewer)
        return render(request, "recoveries/item.html", context)
    item = queries.recovered_arm(recovery_id, viewer=request.viewer)
    context = shown.page(item, viewer=request.viewer)
    return render(request, "recoveries/page.html", context)


@door.staff
def record(request: door.Request) -> HttpResponse:
    """Record a recovery at the desk."""
    request.viewer.require("recovery.record")
    first = {"agency": request.viewer.agency}
    form = forms.RecoveryForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        stated = form.stated()
        (recorded,) = recording.record_recoveries(
            source=stated.agency, stated=[stated], by=request.viewer, at=request.at
        )
        return _recorded(request, recorded, gettext("The recovery is on record."))
    context = {
        "form": form,
        "heading": gettext("Record a recovery"),
        "intro": gettext("Marks stand as they were written; the reading comes after."),
        "verb": gettext("Record recovery"),
        "back": reverse("recoveries"),
    }
    return render(request, "recoveries/form.html", context)


@door.staff
def correct(request: door.Request, recovery_id: int) -> HttpResponse:
    """Correct a recovery; the earlier state stays in its history."""
    item = queries.recovered_arm(recovery_id, viewer=request.viewer)
    request.viewer.require("recovery.correct", agency=item.record.agency)
    form = shown.correction(item, request)
    if request.method == "POST" and form.is_valid():
        recorded = correcting.correct_recovery(
            recovery_id=recovery_id,
            changes=form.changes(),
            reason=form.cleaned_data["reason"],
            by=request.viewer,
            at=request.at,
        )
        return _recorded(request, recorded, gettext("The recovery is corrected."))
    context = {
        "form": form,
        "heading": gettext("Correct %(number)s") % {"number": item.reference},
        "intro": gettext("Say why: the reason stands in the history."),
        "verb": gettext("Correct recovery"),
        "back": reverse("recovery", args=[recovery_id]),
    }
    return render(request, "recoveries/form.html", context)


@door.staff
def person(request: door.Request, recovery_id: int) -> HttpResponse:
    """Show from whom the arm was taken; the ledger keeps who asked."""
    if request.method != "POST":
        return redirect("recovery", recovery_id)
    name = queries.taken_from(recovery_id, viewer=request.viewer, at=request.at)
    item = queries.recovered_arm(recovery_id, viewer=request.viewer)
    context = shown.page(item, viewer=request.viewer) | {"person": {"name": name}}
    return render(request, "recoveries/page.html", context)


@door.staff
def holders(request: door.Request, recovery_id: int) -> HttpResponse:
    """Show the recovery with the persons of its chain named; the ledger keeps who."""
    if request.method != "POST":
        return redirect("recovery", recovery_id)
    item = queries.recovered_arm(recovery_id, viewer=request.viewer)
    asking = naming.asked(request.POST, request.at)
    context = shown.page(item, viewer=request.viewer, asking=asking)
    return render(request, "recoveries/page.html", context)


@require_POST
@door.staff
def judge(request: door.Request, recovery_id: int, arm_id: int) -> HttpResponse:
    """Say whether a candidate is the recovered arm."""
    form = forms.JudgementForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(gettext("Say same, different or cannot tell, and why."))
    stated = form.stated(recovery_id, arm_id)
    judging.judge_candidate(stated=stated, by=request.viewer, at=request.at)
    messages.success(request, gettext("The judgement is on record."))
    page = reverse("recovery", args=[recovery_id]) + "#candidates"
    return returning.redirected(request, page)


def _recorded(request: door.Request, fate: Recorded, done: str) -> HttpResponse:
    if fate.fate is RowFate.REFUSED:
        raise InvalidInput(fate.reason, field=fate.field)
    if fate.fate is RowFate.UNCHANGED:
        done = gettext("The record already says so; nothing was changed.")
    messages.success(request, done)
    return redirect("recovery", fate.record_id)
