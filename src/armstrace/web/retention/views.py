"""What is due and why not yet, legal holds, erasures by two people."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.retention import queries
from armstrace.retention.actions import erasing, holding
from armstrace.retention.inputs import KeptFilter
from armstrace.retention.periods import number_of
from armstrace.retention.queries import Ground
from armstrace.retention.rules import MOST
from armstrace.translation import translate
from armstrace.vocabulary.retention import ErasureState, KeptKind, KeptState
from armstrace.web import access, acting, listing, record_numbers
from armstrace.web.fields import ReasonForm
from armstrace.web.lists import exports, pagination
from armstrace.web.retention import forms

if TYPE_CHECKING:
    from armstrace.retention.models import Erasure


@dataclass(frozen=True, slots=True)
class Shown[Row]:
    """A row with the address of the record that it is about; empty for none."""

    row: Row
    number: str
    address: str


@access.staff_view
def retention(request: access.Request) -> HttpResponseBase:
    """List the records of a kind with what keeps each; propose to erase the due."""
    viewer, today = request.viewer, request.today
    viewer.require("retention.view")
    filters = forms.KeptFilters(request.GET or None, initial={"kind": KeptKind.HOLDER})
    where = filters.to_filter()
    if exports.is_wanted(request):
        found = queries.every_kept(where, viewer=viewer, today=today)
        return exports.hand_over(request, "retention", EXPORTED, found)
    form = ReasonForm(acting.sent(request))
    if request.method == "POST":
        viewer.require("retention.propose")
    proposed = acting.result_of(request, form, lambda: _propose(request, where, form))
    if proposed is not None:
        messages.success(request, gettext("Proposed; now another person decides."))
        return redirect("erasure", proposed.pk)
    page = queries.kept_rows(
        where, viewer=viewer, page=pagination.page_request(request), today=today
    )
    context = {
        "rows": [_link(row, row.number) for row in page.rows],
        "paging": pagination.paging(request, page, exports=True),
        "filters": filters,
        "counts": queries.counts_due(viewer=viewer, on=where.as_of or today),
        "has_unverified": any(
            not ground.rule.is_verified for row in page.rows for ground in row.grounds
        ),
        "kind": where.kind,
        "most": MOST,
        "may_propose": viewer.may("retention.propose")
        and where.state == KeptState.DUE
        and where.as_of is None,
    }
    return acting.show(request, "retention/list.html", form, context)


@access.staff_view
def holds(request: access.Request) -> HttpResponse:
    """List legal holds, and place one."""
    form = forms.HoldForm(acting.sent(request), initial=request.GET.dict())
    page = queries.holds(viewer=request.viewer, page=pagination.page_request(request))
    if request.method == "POST":
        request.viewer.require("retention.hold")
    rows = [_link(each, each.number) for each in page.rows]
    return acting.answer(
        request,
        form,
        lambda: holding.place_hold(given=form.given(), **request.how),
        done=gettext("Hold placed."),
        to=reverse("holds"),
        template="retention/holds.html",
        rows=rows,
        paging=pagination.paging(request, page),
        may_hold=request.viewer.may("retention.hold"),
    )


@access.staff_who("retention.hold")
def lift(request: access.Request, hold_id: int) -> HttpResponse:
    """Lift a legal hold."""
    form = ReasonForm(acting.sent(request))
    return acting.answer(
        request,
        form,
        lambda: holding.lift_hold(hold_id=hold_id, **form.cleaned_data, **request.how),
        done=gettext("Hold lifted."),
        to=reverse("holds"),
        template="retention/lift.html",
        hold=queries.hold(hold_id, viewer=request.viewer),
    )


@access.staff_view
def erasures(request: access.Request) -> HttpResponseBase:
    """List proposals to erase, and what became of them."""
    return listing.show(request, "retention/erasures.html", queries.erasures)


@access.staff_view
def erasure(request: access.Request, erasure_id: int) -> HttpResponse:
    """Show one erasure with its records; a second person decides on it."""
    viewer = request.viewer
    found = queries.erasure(erasure_id, viewer=viewer)
    if request.method == "POST":
        viewer.require("retention.decide")
    form = forms.DecisionForm(acting.sent(request))
    page = queries.records_of_erasure(
        erasure_id, viewer=viewer, page=pagination.page_request(request)
    )
    return acting.answer(
        request,
        form,
        lambda: erasing.decide_erasure(
            erasure_id=erasure_id, **form.cleaned_data, **request.how
        ),
        to=reverse("erasure", args=[erasure_id]),
        template="retention/erasure.html",
        erasure=found,
        rows=[
            _link(each, number_of(KeptKind(each.kind), each.record_id))
            for each in page.rows
        ],
        paging=pagination.paging(request, page),
        is_open=found.state == ErasureState.PROPOSED,
        may_decide=viewer.may("retention.decide") and viewer.name != found.proposed_by,
    )


def _propose(request: access.Request, where: KeptFilter, form: ReasonForm) -> "Erasure":
    due = KeptFilter(where.kind, KeptState.DUE.value, where.number)
    today = request.today
    found = queries.every_kept(due, viewer=request.viewer, today=today, most=MOST)
    return erasing.propose_erasure(
        kind=KeptKind(where.kind),
        keys=[row.record_id for row in found],
        **form.cleaned_data,
        **request.how,
    )


def _link[Row](row: Row, number: str) -> Shown[Row]:
    return Shown(row, number, record_numbers.address_of(number))


def _say(ground: Ground) -> str:
    rule = ground.rule
    years = gettext("for ever") if rule.years is None else rule.years
    return f"{rule.source}: {years}, {gettext(rule.duty.label)}, {ground.until or ''}"


EXPORTED: exports.Columns = {
    "kind": lambda row: row.kind.value,
    "number": "number",
    "state": lambda row: row.state.value,
    "kept_until": "until",
    "why": lambda row: translate(row.why) if row.why else "",
    "rules": lambda row: "; ".join(map(_say, row.grounds)),
}
