"""What is done in a store: place, issue, take back, count, declare, dispose."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.stockpiles import queries, standing
from armstrace.stockpiles.actions import counting, disposing, keeping, papers
from armstrace.stockpiles.actions.disposing import DisposalInput
from armstrace.stockpiles.actions.keeping import LotInput
from armstrace.stockpiles.actions.papers import PaperInput
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.stockpiles import CountKind, StockAct
from armstrace.web import access, acting, fields
from armstrace.web.stockpiles import forms

if TYPE_CHECKING:
    from armstrace.stockpiles.models import Paper

FORM = "stockpiles/form.html"
# Where an act leads, if not back to the store.
PAGES = dict.fromkeys(("issue", "return", "move"), "stock-paper")
PAGES |= {"count": "stock-count"}


type Do = Callable[[Any, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskAct(acting.ActPage):
    """An act in a store: what it is called, who may, its form."""

    grant: str = "stock.keep"
    form: type[fields.DeskForm] = forms.SayForm
    # Does it, given the form and who, when and in which store.
    do: Do


def _say(act: StockAct) -> Do:
    return lambda form, how: keeping.act_on_arms(act=act, **form.cleaned_data, **how)


def _draw(act: StockAct) -> Do:
    return lambda form, how: papers.sign_paper(
        stated=form.build(PaperInput, act=act), **how
    )


ACTS = {
    "place": DeskAct(_("Place arms"), form=forms.PlaceForm, do=_say(StockAct.PLACED)),
    "issue": DeskAct(_("Issue"), form=forms.IssueForm, do=_draw(StockAct.ISSUED)),
    "return": DeskAct(
        _("Return"),
        grant="stock.sign",
        form=forms.ReturnForm,
        do=_draw(StockAct.RETURNED),
    ),
    "move": DeskAct(
        _("Move to another store"), form=forms.MoveForm, do=_draw(StockAct.MOVED)
    ),
    "count": DeskAct(
        _("Count the store"),
        grant="stock.sign",
        form=forms.CountForm,
        do=lambda form, how: form.count(how),
    ),
    "lot": DeskAct(
        _("Receive a lot"),
        form=forms.LotForm,
        do=lambda form, how: keeping.receive_lot(stated=form.build(LotInput), **how),
    ),
    "neutralise": DeskAct(_("Make unusable for a time"), do=_say(StockAct.NEUTRALISED)),
    "restore": DeskAct(_("Make usable again"), do=_say(StockAct.RESTORED)),
    "surplus": DeskAct(_("Declare surplus"), do=_say(StockAct.SURPLUS)),
    "keep": DeskAct(_("No longer surplus"), do=_say(StockAct.KEPT)),
    "dispose": DeskAct(
        _("Dispose of surplus"),
        grant="stock.dispose",
        form=forms.DisposeForm,
        do=lambda form, how: disposing.dispose_surplus(
            arm_id=form.cleaned_data["arm"], stated=form.build(DisposalInput), **how
        ),
    ),
}


@access.staff_view
def act(request: access.Request, depot_id: int, slug: str) -> HttpResponse:
    asked = acting.of_address(ACTS, slug)
    viewer = request.viewer
    viewer.require(asked.grant)
    depot = queries.depot(depot_id, viewer=viewer)
    require_vetted(request)
    form = asked.form(acting.sent(request), request.FILES or None)
    if isinstance(form, forms.DrawnForm):
        form.offer(depot_id, "stock.sign" if slug == "issue" else "stock.keep", viewer)
    if isinstance(form, forms.CountForm):
        form.offer(depot_id, viewer)
        if not viewer.may_for("stock.list", depot.agency):
            del form.fields["is_open"]
        if viewer.may("stock.keep"):
            kinds = (each for each in CountKind if each is not CountKind.UNANNOUNCED)
            fields.offer(form, "kind", fields.codes(kinds))
    back = reverse("depot", args=[depot_id])
    answered = acting.answer(
        request,
        form,
        lambda: asked.do(form, {"depot_id": depot_id, **request.how}),
        done=gettext("Recorded."),
        to=lambda made: reverse(PAGES[slug], args=[made.pk]) if slug in PAGES else back,
        template=FORM,
        heading=f"{depot.name} · {asked.verb}",
        verb=asked.verb,
        back=back,
    )
    for each in getattr(form, "notes", ()):
        messages.info(request, translate(each))
    return answered


def require_vetted(request: access.Request) -> None:
    """Refuse who may do nothing in a store before anything is typed.

    Raises:
        RuleBroken: ``SK-01``.
    """
    if bar := standing.bar_to_acts(**request.asking):
        raise bar


@access.staff_who("stock.keep")
def recall(request: access.Request, lot_id: int) -> HttpResponse:
    require_vetted(request)
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
    one = queries.paper(paper_id, viewer=request.viewer).paper
    require_vetted(request)
    form = fields.ReasonForm(acting.sent(request))
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
    )


def words_of(paper: "Paper") -> object:
    """Say what a paper is for; until both have signed, nothing was done by it."""
    slugs = {"ISSUED": "issue", "RETURNED": "return", "MOVED": "move"}
    is_done = paper.signed_at is not None
    act = StockAct(paper.act)
    return translate(Message(act.label)) if is_done else ACTS[slugs[act]].verb


def end_verb(first_by: str, viewer: Actor) -> str:
    """Name what a viewer does who ends a paper."""
    return gettext("Withdraw") if viewer.name == first_by else gettext("Decline")


@access.staff_act
def sign(request: access.Request, stock_count_id: int) -> HttpResponse:
    counting.sign_count(count_id=stock_count_id, **request.how)
    messages.success(request, gettext("Signed."))
    return redirect("stock-count", stock_count_id)
