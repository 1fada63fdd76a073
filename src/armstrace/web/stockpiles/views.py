"""Stores of State arms: the list, one with its arms, a paper, a count."""

from collections.abc import Sequence
from itertools import product

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from armstrace.custody.counting import DIFFERENCES, Compared
from armstrace.stockpiles import comparison, queries, rules, standing
from armstrace.stockpiles.actions import counting, keeping, papers
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.custody import CountAnswer
from armstrace.vocabulary.paging import PageRequest
from armstrace.web import access, acting, listing
from armstrace.web.custody import counts
from armstrace.web.lists import exports, pagination
from armstrace.web.stockpiles import acts, forms
from armstrace.web.vetting import shown

WHOLE = PageRequest(size=exports.MOST_SHEET_ROWS)
MOST_SHOWN = 500
STORES: exports.Columns = exports.columns_of(
    "name agency custodian arms issued missing"
) | {"counted_on": lambda row: row.counted_on and timezone.localdate(row.counted_on)}
STOCKED: exports.Columns = exports.columns_of(
    "arm make serial act place bearer due_back_on"
) | {"unusable": "is_neutralised", "surplus": "is_surplus", "missing": "is_missing"}
BEARERS: exports.Columns = exports.columns_of("name issued returned left")


@access.staff_view
def stockpiles(request: access.Request) -> HttpResponseBase:
    viewer = request.viewer
    form = forms.DepotForm(acting.sent(request))
    if request.method == "POST":
        viewer.require("stock.keep")
    made = acting.result_of(
        request,
        form,
        lambda: keeping.open_depot(name=form.cleaned_data["name"], **request.how),
    )
    if made is not None:
        return redirect("depot", made.pk)
    table = listing.Table(
        gettext("Stockpiles"),
        gettext(
            "Stores of State arms and ammunition: what is there, and who has what."
        ),
        {
            gettext("Store"): "name",
            gettext("Agency"): "agency",
            gettext("Custodian"): "custodian",
            gettext("Arms in the store"): lambda row: _tell(row.arms),
            gettext("Arms issued"): lambda row: _tell(row.issued),
            gettext("Lost or stolen"): lambda row: _tell(row.missing),
            gettext("Counted"): lambda row: row.counted_on or "—",
        },
        lambda row: reverse("depot", args=[row.depot_id]),
    )
    return listing.show_table(
        request,
        table,
        queries.depot_rows,
        file=exports.File("stores", STORES, _every_depot),
        nav="none",
        form=form if viewer.may("stock.keep") and not _bar(request) else None,
        verb=gettext("Open a store"),
    )


def _every_depot(*, viewer: Actor) -> Sequence[queries.DepotRow]:
    return queries.depot_rows(viewer=viewer, page=WHOLE).rows


def _bar(request: access.Request) -> str:
    """Say why nothing is done in a store by who asks; empty where they may act."""
    bar = standing.bar_to_acts(**request.asking)
    return translate(bar) if bar else ""


def _tell(count: int | None) -> str:
    return "—" if count is None else str(count)


@access.staff_view
def depot(request: access.Request, depot_id: int) -> HttpResponseBase:
    viewer = request.viewer
    one = queries.depot(depot_id, viewer=viewer)
    if exports.is_wanted(request):
        every = queries.stock_rows(depot_id, viewer=viewer, page=WHOLE).rows
        return exports.hand_over(request, f"store-{one.pk}", STOCKED, every)
    asked = pagination.page_request(request)
    page = queries.stock_rows(depot_id, viewer=viewer, page=asked)
    offered = [
        (reverse("depot-act", args=[one.pk, slug]), said.verb)
        for slug, said in acts.ACTS.items()
        if viewer.may_for(said.grant, one.agency)
    ]
    bar = _bar(request) if offered else ""
    return shown.show_page(
        request,
        None,
        template="stockpiles/depot.html",
        heading=one.name,
        depot=one,
        acts=() if bar else offered,
        note=bar,
        may_recall=not bar and viewer.may_for("stock.keep", one.agency),
        rows=page.rows,
        is_listed=viewer.may_for("stock.list", one.agency),
        paging=pagination.paging(request, page, exports=True),
        lots=queries.lot_rows(depot_id, viewer=viewer),
        papers=[
            (each, acts.words_of(each))
            for each in queries.papers_of(depot_id, viewer=viewer)
        ],
        counts=queries.counts_of(depot_id, viewer=viewer),
    )


@access.staff_view
def lot(request: access.Request, lot_id: int) -> HttpResponseBase:
    page = queries.lot_page(lot_id, viewer=request.viewer)
    if exports.is_wanted(request):
        return exports.hand_over(request, f"lot-{lot_id}", BEARERS, page.bearers)
    return shown.show_page(
        request,
        None,
        template="stockpiles/lot.html",
        heading=page.row.lot.number,
        page=page,
        may_recall=not _bar(request)
        and request.viewer.may_for("stock.keep", page.row.lot.depot.agency),
        files=exports.FILES,
    )


@access.staff_view
def paper(request: access.Request, paper_id: int) -> HttpResponse:
    page = queries.paper(paper_id, viewer=request.viewer)
    one = page.paper
    if request.method == "POST":
        papers.countersign_paper(paper_id=paper_id, **request.how)
        messages.success(request, gettext("Signed."))
        return redirect("depot", one.depot_id)
    viewer, is_open = request.viewer, one.signed_at is None and one.ended_at is None
    may_end = is_open and viewer.name in {one.first_by, one.second_by}
    bar = _bar(request) if may_end else ""
    return shown.show_page(
        request,
        None,
        template="stockpiles/paper.html",
        heading=one.reference,
        page=page,
        paper=one,
        act=acts.words_of(one),
        note=bar,
        may_sign=may_end and not bar and one.second_by == viewer.name,
        verb=acts.end_verb(one.first_by, viewer),
        may_end=may_end and not bar,
    )


@access.staff_view
def count(request: access.Request, stock_count_id: int) -> HttpResponseBase:
    viewer = request.viewer
    is_file = exports.is_wanted(request)
    most = None if is_file else MOST_SHOWN
    page = queries.count_page(stock_count_id, viewer=viewer, most=most)
    one, form = page.count, forms.AnswerForm(acting.sent(request))
    if is_file:
        found = page.compared or Compared()
        return counts.export(request, one.reference, found, page.differences)
    if request.method == "POST":
        viewer.require("stock.sign")
    form.offer(product(DIFFERENCES, CountAnswer))

    def answer() -> None:
        stated = form.stated()
        counting.answer_count(count_id=stock_count_id, stated=stated, **request.how)

    if acting.is_done(request, form, answer):
        messages.success(request, gettext("Recorded."))
        return redirect("stock-count", stock_count_id)
    is_keeper = viewer.may_for("stock.sign", one.depot.agency)
    bar = _bar(request) if is_keeper else ""
    may_act = is_keeper and not bar
    is_open = one.signed_at is not None and may_act
    answers, why = comparison.answers_open(
        one, page.unanswered if is_open else (), viewer, request.at
    )
    form.offer(answers)
    form.fields["answer"].help_text = translate(why) if why else ""
    return shown.show_page(
        request,
        form if answers else None,
        template="stockpiles/count.html",
        heading=one.reference,
        form_heading=gettext("Answer for differences"),
        verb=gettext("Save the answers"),
        back=reverse("depot", args=[one.depot_id]),
        page=page,
        files=exports.FILES,
        more=page.compared.differing - len(page.differences) if page.compared else 0,
        note=bar,
        may_sign=may_act
        and comparison.may_sign(one, viewer)
        and rules.ONE_APART.holds((one.is_by_keeper, viewer.may("stock.keep"))),
    )
