"""Authorisations: the list, recording one, its page, each act on it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.licensing.inputs import FileInput
from armstrace.transfers import actions, queries
from armstrace.transfers.inputs import (
    AuthorisationInput,
    GoodsInput,
    PaperInput,
    Verdict,
)
from armstrace.transfers.stages import MOVES
from armstrace.translation import country, translate
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.transfers import Direction, PaperKind, TransferAct
from armstrace.web import access, acting, fields, listing
from armstrace.web.lists import exports
from armstrace.web.transfers import forms, presenters

EXPORTED: exports.Columns = {"record": "reference"} | exports.columns_of(
    "number direction regime stage export_country import_country recipient quantity "
    "due_on valid_until ground decided_on visible_until"
)


@access.staff_view
def authorisation_list(request: access.Request) -> HttpResponseBase:
    return listing.show(
        request,
        "transfers/list.html",
        queries.authorisation_rows,
        forms.AuthorisationFilters(request.GET or None),
        file=exports.File("transfers", EXPORTED, queries.every_authorisation),
        verbs=_verbs() if request.viewer.may("transfer.record") else (),
    )


def _verbs() -> dict[str, str]:
    return {
        Direction.EXPORT.lower(): gettext("Record an export"),
        Direction.IMPORT.lower(): gettext("Record an import"),
        Direction.TRANSIT.lower(): gettext("Record a transit"),
    }


@access.staff_who("transfer.record")
def record(request: access.Request, slug: str) -> HttpResponse:
    """Record an authorisation; the same form sent twice makes one."""
    direction = acting.code_of(Direction, slug)
    home = {
        Direction.EXPORT: {"export_country": settings.HOME_COUNTRY},
        Direction.IMPORT: {"import_country": settings.HOME_COUNTRY},
    }
    form = forms.ActForm(acting.sent(request), initial=home.get(direction, {}))
    form.only("key", "holder", *forms.ASKED)
    return acting.answer(
        request,
        form,
        lambda: actions.record_authorisation(
            given=form.build(
                AuthorisationInput, direction=direction, transit=form.transit()
            ),
            key=form.cleaned_data["key"],
            **request.how,
        ),
        done=gettext(
            "Saved as a draft. Add the goods and the documents; below stands what is "
            "missing before it can be issued."
        ),
        to=lambda made: reverse("authorisation", args=[made.pk]),
        template="transfers/act.html",
        verb=gettext("Save"),
        heading=_verbs()[direction.lower()],
        back=reverse("transfers"),
    )


@access.staff_view
def authorisation(request: access.Request, authorisation_id: int) -> HttpResponse:
    page = queries.authorisation_page(authorisation_id, **request.asking)
    may = page.acts(request.viewer)
    acts = [(act.lower(), each.verb) for act, each in forms.PAGES.items() if act in may]
    papers = [
        (each, presenters.drawn(page, each.place, each.quantity))
        for each in page.papers
    ]
    context = {"page": page, "acts": acts, "may": may, "papers": papers}
    return render(request, "transfers/authorisation.html", context)


@access.staff_view
def act(request: access.Request, authorisation_id: int, slug: str) -> HttpResponse:
    """Do one act on an authorisation; what is refused keeps what was typed."""
    kind = acting.code_of(TransferAct, slug)
    request.viewer.require(MOVES[kind].grant)
    page = queries.authorisation_page(authorisation_id, **request.asking)
    files = request.FILES if request.method == "POST" else None
    form = forms.ActForm(
        acting.sent(request), files, initial=_first(page, kind, request)
    ).only(*forms.PAGES[kind].asks)
    fields.offer(form, "place", list(_papers(page)))
    address = reverse("authorisation", args=[authorisation_id])
    return acting.answer(
        request,
        form,
        lambda: _do(kind, form, page, request),
        to=address,
        template="transfers/act.html",
        verb=forms.PAGES[kind].verb,
        number=page.row.reference,
        missing=page.missing if kind is TransferAct.ISSUE else (),
    )


def _papers(page: queries.AuthorisationPage) -> Iterator[tuple[int, str]]:
    for one in page.papers:
        words = translate(Message(PaperKind(one.kind).label))
        named = (words, one.country and country(one.country), one.number)
        yield one.place, " ".join(filter(None, named))


def _do(
    kind: TransferAct,
    form: forms.ActForm,
    page: queries.AuthorisationPage,
    request: access.Request,
) -> object:
    how: Any = {"authorisation_id": page.row.authorisation_id, **request.how}
    told = form.cleaned_data
    if kind is TransferAct.CHANGE:
        same: Any = {"direction": page.row.direction, "transit": form.transit()}
        given = form.build(AuthorisationInput, **same)
        return actions.change_authorisation(given=given, seen=told["seen"], **how)
    if kind is TransferAct.GOODS:
        line = form.build(GoodsInput, line=told["line"] or 0)
        return actions.set_goods(given=line, **how)
    if kind is TransferAct.REMOVE:
        return actions.remove_paper(place=told["place"], reason=told["reason"], **how)
    if kind is TransferAct.ATTACH:
        file = told["file"]
        handed = file and FileInput(file.read(), file.name, settings.MEDIA_ROOT)
        given_paper = form.build(PaperInput)
        return actions.attach_paper(given=given_paper, file=handed, **how)
    return actions.decide_authorisation(act=kind, said=form.build(Verdict), **how)


def _first(
    page: queries.AuthorisationPage, kind: TransferAct, request: access.Request
) -> dict[str, object]:
    if kind is TransferAct.GOODS:
        asked = request.GET.get("line", "")
        lines = [one for one in page.goods if str(one.line) == asked]
        return {name: getattr(one, name) for one in lines for name in forms.GOODS}
    record = page.record
    first = {n: getattr(record, n) for n in forms.ASKED if n != "route"}
    told = {None: "", True: "yes", False: "no"}
    first |= {"route": forms.route_of(record.transit), "seen": record.pk}
    first |= {"is_brokered": told[record.is_brokered]}
    if kind is TransferAct.ISSUE:
        first |= {"issued_on": record.issued_on or request.today}
    return first


@access.staff_view
def paper(
    request: access.Request, authorisation_id: int, place: int
) -> HttpResponseBase:
    opened = queries.open_paper(
        authorisation_id, place, folder=settings.MEDIA_ROOT, **request.asking
    )
    name = f"G{authorisation_id}-{place}"
    return exports.attach(opened.content, name, opened.media_type)
