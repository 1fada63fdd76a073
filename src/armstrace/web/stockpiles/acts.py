"""What is done in a store: place, issue, take back, count, declare, dispose."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.stockpiles import queries
from armstrace.stockpiles.actions import counting, disposing, keeping, papers
from armstrace.stockpiles.actions.counting import CountInput
from armstrace.stockpiles.actions.disposing import DisposalInput
from armstrace.stockpiles.actions.keeping import LotInput
from armstrace.stockpiles.actions.papers import PaperInput
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.stockpiles import StockAct
from armstrace.web import access, acting, fields
from armstrace.web.stockpiles import forms

FORM = "stockpiles/form.html"
# Where an act leads, if not back to the store.
PAGES = {"issue": "stock-paper", "return": "stock-paper", "count": "stock-count"}


@dataclass(frozen=True, slots=True)
class DeskAct:
    """An act in a store: what it is called, who may, its form."""

    verb: Callable[[], str]
    grant: str
    form: type[fields.DeskForm]
    # What a custodian says of arms; None where the act is of another kind.
    says: StockAct | None = None


ACTS = {
    "place": DeskAct(
        lambda: gettext("Place arms"), "stock.keep", forms.PlaceForm, StockAct.PLACED
    ),
    "issue": DeskAct(lambda: gettext("Issue"), "stock.keep", forms.PaperForm),
    "return": DeskAct(lambda: gettext("Return"), "stock.sign", forms.PaperForm),
    "count": DeskAct(lambda: gettext("Count the store"), "stock.sign", forms.CountForm),
    "lot": DeskAct(lambda: gettext("Receive a lot"), "stock.keep", forms.LotForm),
    "neutralise": DeskAct(
        lambda: gettext("Make unusable for a time"),
        "stock.keep",
        forms.SayForm,
        StockAct.NEUTRALISED,
    ),
    "restore": DeskAct(
        lambda: gettext("Make usable again"),
        "stock.keep",
        forms.SayForm,
        StockAct.RESTORED,
    ),
    "surplus": DeskAct(
        lambda: gettext("Declare surplus"),
        "stock.keep",
        forms.SayForm,
        StockAct.SURPLUS,
    ),
    "keep": DeskAct(
        lambda: gettext("No longer surplus"), "stock.keep", forms.SayForm, StockAct.KEPT
    ),
    "dispose": DeskAct(
        lambda: gettext("Dispose of surplus"), "stock.dispose", forms.DisposeForm
    ),
}


@access.staff_view
def act(request: access.Request, depot_id: int, slug: str) -> HttpResponse:
    """Do one of the acts of a store."""
    asked = acting.of_address(ACTS, slug)
    viewer = request.viewer
    viewer.require(asked.grant)
    depot = queries.depot(depot_id, viewer=viewer)
    form = asked.form(acting.sent(request), request.FILES or None)
    if isinstance(form, forms.PaperForm):
        form.offer(depot_id, "stock.sign" if slug == "issue" else "stock.keep", viewer)
    if isinstance(form, forms.CountForm):
        able = queries.signers(depot_id, "stock.keep", viewer=viewer)
        fields.offer(form, "next_custodian", [("", "—"), *fields.people(able)])
        if not viewer.may_for("stock.list", depot.agency):
            del form.fields["is_open"]
    verb, back = asked.verb(), reverse("depot", args=[depot_id])
    return acting.answer(
        request,
        form,
        lambda: _do(request, depot_id, slug, form),
        done=gettext("Recorded."),
        to=lambda made: reverse(PAGES[slug], args=[made.pk]) if slug in PAGES else back,
        template=FORM,
        heading=f"{depot.name} · {verb}",
        verb=verb,
        back=back,
    )


def _do(request: access.Request, depot_id: int, slug: str, form: Any) -> Any:  # noqa: ANN401 - one of ACTS
    told = form.cleaned_data
    how: Any = {"depot_id": depot_id, **request.how}
    asked = ACTS[slug]
    if asked.says is not None:
        return keeping.act_on_arms(
            act=asked.says, text=told["text"], reason=told["reason"], **how
        )
    if slug in {"issue", "return"}:
        kind = StockAct.ISSUED if slug == "issue" else StockAct.RETURNED
        return papers.sign_paper(stated=form.build(PaperInput, act=kind), **how)
    if slug == "lot":
        return keeping.receive_lot(stated=form.build(LotInput), **how)
    if slug == "count":
        more = {"text": form.listed(), "is_blind": not told.get("is_open")}
        return counting.count_depot(stated=form.build(CountInput, **more), **how)
    stated = form.build(DisposalInput)
    return disposing.dispose_surplus(arm_id=told["arm"], stated=stated, **how)


@access.staff_who("stock.keep")
def recall(request: access.Request, lot_id: int) -> HttpResponse:
    """Recall a lot, or end its recall."""
    form = forms.RecallForm(acting.sent(request))
    return acting.answer(
        request,
        form,
        lambda: keeping.recall_lot(lot_id=lot_id, **form.cleaned_data, **request.how),
        done=gettext("Recorded."),
        to=lambda made: reverse("depot", args=[made.lot.depot_id]),
        template=FORM,
        heading=gettext("Recall a lot"),
        verb=gettext("Recall"),
        back=reverse("stockpiles"),
    )


@access.staff_view
def end(request: access.Request, paper_id: int) -> HttpResponse:
    """Withdraw an issue or a return that waits, or decline it."""
    one = queries.paper(paper_id, viewer=request.viewer)
    form = forms.EndForm(acting.sent(request))
    verb = end_verb(one.first_by, request.viewer)
    return acting.answer(
        request,
        form,
        lambda: papers.end_paper(paper_id=paper_id, **form.cleaned_data, **request.how),
        done=gettext("Recorded."),
        to=reverse("stock-paper", args=[paper_id]),
        template=FORM,
        heading=f"{one.reference} · {verb}",
        verb=verb,
        back=reverse("stock-paper", args=[paper_id]),
    )


def end_verb(first_by: str, viewer: Actor) -> str:
    """Name what a viewer does who ends a paper."""
    return gettext("Withdraw") if viewer.name == first_by else gettext("Decline")


@access.staff_act
def sign(request: access.Request, stock_count_id: int) -> HttpResponse:
    """Sign a count second."""
    counting.sign_count(count_id=stock_count_id, **request.how)
    messages.success(request, gettext("Signed."))
    return redirect("stock-count", stock_count_id)
