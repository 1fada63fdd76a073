"""Lots: the list, one of them, each act on it; and what comes before an item goes."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.disposal import queries
from armstrace.disposal.actions import lots
from armstrace.disposal.inputs import LotInput
from armstrace.disposal.queries import LotFilter
from armstrace.evidence import actions as evidence
from armstrace.evidence import queries as files
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.disposal import ConditionKind
from armstrace.vocabulary.paging import PageRequest
from armstrace.web import access, acting, listing
from armstrace.web.disposal import acts, forms
from armstrace.web.lists import exports

EXPORTED: exports.Columns = {"lot": lambda row: f"Y{row.lot_id}"} | exports.columns_of(
    "agency method works place count_in count_out destroyed_on"
)


@access.staff_view
def lot_list(request: access.Request) -> HttpResponseBase:
    may_open = request.viewer.may(acts.DESTROY)
    return listing.show(
        request,
        "disposal/list.html",
        queries.lot_rows,
        forms.LotFilters(request.GET or None),
        file=exports.File("lots", EXPORTED, _every_lot),
        may_open=may_open,
        ready=queries.ready(viewer=request.viewer, most=50) if may_open else (),
    )


def _every_lot(where: LotFilter, *, viewer: Actor) -> Sequence[queries.LotRow]:
    return queries.lot_rows(where, viewer=viewer, page=PageRequest(size=10_000)).rows


@access.staff_who(acts.DESTROY)
def open_lot(request: access.Request) -> HttpResponse:
    form = forms.LotForm(acting.sent(request)).only("method", "works", "place")
    return acting.answer(
        request,
        form,
        lambda: lots.open_lot(given=form.build(LotInput), **request.how),
        done=gettext("The lot is open."),
        to=lambda made: reverse("lot", args=[made.pk]),
        template="disposal/act.html",
        verb=gettext("Open a lot"),
        back=reverse("lots"),
    )


@access.staff_view
def lot(request: access.Request, lot_id: int) -> HttpResponse:
    page = queries.lot_page(lot_id, viewer=request.viewer, today=request.today)
    context = {"page": page, "acts": list(acts.open_on(page, request.viewer))}
    return render(request, "disposal/lot.html", context)


@access.staff_view
def lot_act(request: access.Request, lot_id: int, slug: str) -> HttpResponse:
    """Do one act on a lot; what is refused keeps what was typed."""
    asked = acting.of_address(acts.LOT_ACTS, slug)
    request.viewer.require(acts.DESTROY)
    page = queries.lot_page(lot_id, viewer=request.viewer, today=request.today)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    first = {name: getattr(page.now, name) for name in ("method", "works", "place")}
    first["items"] = request.GET.get("items", "")
    form = forms.LotForm(*sent, initial=first).only(*asked.asks)
    form.offer(page)
    address = reverse("lot", args=[lot_id])
    return acting.answer(
        request,
        form,
        lambda: asked.do(form, _how(request, form, lot_id)),
        to=address,
        template="disposal/act.html",
        verb=asked.verb,
        intro=asked.intro,
        number=page.lot.reference,
    )


def _how(request: access.Request, form: forms.LotForm, lot_id: int) -> dict[str, Any]:
    """Give who, when and on which lot; a picture that came with it is stored."""
    how: dict[str, Any] = {"lot_id": lot_id, **request.how}
    picture = form.cleaned_data.get("photograph")
    if picture:
        kept = evidence.store_image(
            content=picture.read(),
            name=picture.name,
            folder=settings.MEDIA_ROOT,
            **request.how,
        )
        how |= {"file_id": kept.pk, "folder": settings.MEDIA_ROOT}
    return how


@access.staff_view
def photograph(
    request: access.Request, lot_id: int, photograph_id: int
) -> HttpResponseBase:
    """Send a picture of a lot without its notes; the ledger keeps who looked."""
    page = queries.lot_page(lot_id, viewer=request.viewer, today=request.today)
    kept = next((one for one in page.photographs if one.pk == photograph_id), None)
    if kept is None:
        raise Http404
    opened = files.open_file(
        kept.file.sha256,
        folder=settings.MEDIA_ROOT,
        of=page.lot,
        grant="disposal.view",
        **request.asking,
    )
    return HttpResponse(opened.shown, content_type=opened.media_type)


@access.staff_view
def item(request: access.Request, item_number: str) -> HttpResponse:
    page = queries.item_page(item_number, viewer=request.viewer, today=request.today)
    context = {"page": page, "may_decide": request.viewer.may(acts.DECIDE)}
    return render(request, "disposal/item.html", context)


@access.staff_who(acts.DECIDE)
def decide(request: access.Request, item_number: str, condition: str) -> HttpResponse:
    kind = acting.code_of(ConditionKind, condition)
    page = queries.item_page(item_number, viewer=request.viewer, today=request.today)
    form = forms.ConditionForm(acting.sent(request))
    form.ask(page.item, kind)
    address = reverse("disposal-item", args=[page.item.reference])
    return acting.answer(
        request,
        form,
        lambda: acts.decide(form, kind, {"item": page.item, **request.how}),
        to=address,
        template="disposal/act.html",
        heading=gettext(kind.label),
        verb=gettext("Check now") if kind is ConditionKind.CHECK else gettext("Save"),
        number=page.item.reference,
    )
