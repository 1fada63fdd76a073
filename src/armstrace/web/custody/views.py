"""Exhibits: the list, one of them, each act on it, labels, the disposal."""

from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.custody import queries, rules
from armstrace.custody.actions import handing
from armstrace.custody.queries import ExhibitFilter, ExhibitPage, Shown
from armstrace.custody.standing import Told
from armstrace.evidence import queries as files
from armstrace.recoveries import nameless
from armstrace.vocabulary.custody import CustodyAct, SealState
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.texts import shorten
from armstrace.web import access, acting, record_numbers
from armstrace.web.custody import acts, forms, presenters
from armstrace.web.lists import pagination

MOST_LABELS = 500


@access.staff_view
def exhibit_list(request: access.Request) -> HttpResponse:
    """List exhibits; a number that one exhibit alone bears opens it."""
    filters = forms.ExhibitFilters(request.GET or None)
    stores = queries.stores(viewer=request.viewer)
    filters.offer(stores)
    where = filters.to_filter()
    page = queries.exhibit_rows(
        where,
        viewer=request.viewer,
        page=pagination.page_request(request),
        today=request.today,
    )
    if page.total == 1 and where == ExhibitFilter(text=where.text) and where.text:
        return redirect("exhibit", page.rows[0].exhibit_id)
    return pagination.show(
        request,
        "custody/list.html",
        page,
        filters=filters,
        may_keep=request.viewer.may("exhibit.keep"),
        may_count=request.viewer.may("exhibit.count"),
        query=request.GET.urlencode(),
    )


@access.staff_view
def exhibit(request: access.Request, exhibit_id: int) -> HttpResponse:
    """Show one exhibit; from whom it went, what they signed of it."""
    try:
        page = queries.exhibit_page(exhibit_id, viewer=request.viewer)
    except NotFound:
        signed = queries.signed_events(exhibit_id, viewer=request.viewer)
        context = {"events": signed, "exhibit": signed[0].exhibit}
        return render(request, "custody/signed.html", context)
    context = presenters.page(page, viewer=request.viewer, today=request.today)
    return render(request, "custody/page.html", context)


@access.staff_who("exhibit.keep")
def find_to_receive(request: access.Request) -> HttpResponse:
    text = request.GET.get("q", "")
    found = queries.receivable(text, viewer=request.viewer)
    known = queries.exhibits_numbered(text, viewer=request.viewer)
    context = {
        "text": text,
        "found": found,
        "exhibits": [f"E{key}" for key in known],
        "known": known,
    }
    return render(request, "custody/find.html", context)


@access.staff_view
def receive(request: access.Request, recovery_id: int) -> HttpResponse:
    viewer = request.viewer
    keeps = viewer.may("exhibit.keep")
    kind = CustodyAct.RECEIVED if keeps else CustodyAct.BROUGHT
    viewer.require(rules.GRANT[kind])
    item = queries.item_to_receive(recovery_id, viewer=viewer)
    viewer.require(rules.GRANT[kind], agency=item.agency)
    form = _form(request, kind, seal=item.seal_number)
    received = acting.result_of(
        request,
        form,
        lambda: handing.receive_exhibit(
            recovery_id=recovery_id,
            told=_with_picture(request, form, recovery_id),
            act=kind,
            **request.how,
        ),
    )
    if received is not None:
        messages.success(request, _done(received.pk, kind))
        return redirect("exhibit", received.pk)
    context = {
        "asked": acts.PAGES[kind],
        "item": item,
        "is_read": True,
        "seal": item.seal_number,
        "back": reverse("recovery", args=[recovery_id]),
    }
    return acting.show(request, "custody/act.html", form, context)


@access.staff_view
def act(request: access.Request, exhibit_id: int, slug: str) -> HttpResponse:
    """Do one act on an exhibit; what is refused keeps what was typed."""
    kind = acting.of_address(acts.ADDRESSES, slug)
    seen = record_numbers.key_of(request.POST.get("seen", ""))
    page = queries.exhibit_page(exhibit_id, viewer=request.viewer, seen=seen)
    request.viewer.require(rules.GRANT[kind])
    form = _form(request, kind, page, seal=page.now.seal_number)
    address = reverse("exhibit", args=[exhibit_id])
    return acting.answer(
        request,
        form,
        lambda: handing.act_on_exhibit(
            exhibit_id=exhibit_id,
            act=kind,
            told=_with_picture(request, form, page.exhibit.recovery_id),
            seen=form.cleaned_data["seen"],
            **request.how,
        ),
        done=_done(exhibit_id, kind),
        to=address,
        template="custody/act.html",
        asked=acts.PAGES[kind],
        page=page,
        item=page.item,
        is_read="seal_state" in form.fields,
        seal=page.now.seal_number,
        **presenters.leaving(page, kind, viewer=request.viewer, today=request.today),
    )


@access.staff_view
def photograph(
    request: access.Request, exhibit_id: int, event_id: int
) -> HttpResponseBase:
    """Send a picture of an exhibit without its notes; the ledger keeps who looked."""
    page = queries.exhibit_page(exhibit_id, viewer=request.viewer)
    kept = next((one.photograph for one in page.events if one.pk == event_id), None)
    if kept is None:
        raise Http404
    opened = files.open_file(
        kept.sha256, folder=settings.MEDIA_ROOT, of=page.exhibit, **request.asking
    )
    return HttpResponse(opened.shown, content_type=opened.media_type)


@access.staff_view
def labels(request: access.Request) -> HttpResponse:
    today = request.today
    asked = request.GET.getlist("e")
    chosen = [_exhibit_number(one) for one in asked]
    if not asked:
        filters = forms.ExhibitFilters(request.GET or None)
        filters.offer(queries.stores(viewer=request.viewer))
        chosen = queries.exhibit_ids(
            filters.to_filter(), viewer=request.viewer, today=today, most=MOST_LABELS
        )
    rows = queries.exhibits_among(
        chosen[:MOST_LABELS], viewer=request.viewer, today=today
    )
    context = {"labels": list(map(presenters.label, rows)), "most": MOST_LABELS}
    return render(request, "custody/labels.html", context)


def _exhibit_number(text: str) -> int:
    number = record_numbers.key_of(text)
    if number is not None:
        return number
    said = gettext(
        "“%(text)s” is not the number of an exhibit; choose from the list again."
    )
    raise InvalidInput(said % {"text": shorten(text, 40)}, field="e")


@access.staff_view
def disposals(request: access.Request) -> HttpResponse:
    chosen = request.GET.get("shown", "")
    wanted = {each.value: each for each in (Shown.PROPOSED, Shown.APPROVED)}
    page = queries.exhibit_rows(
        ExhibitFilter(shown=wanted.get(chosen, Shown.HERE)),
        viewer=request.viewer,
        page=pagination.page_request(request),
        today=request.today,
    )
    return pagination.show(
        request,
        "custody/disposals.html",
        page,
        rows=presenters.with_traces(page.rows, viewer=request.viewer),
        shown=chosen if chosen in wanted else "",
        tabs=[
            ("", gettext("held")),
            *((k, gettext(w.label)) for k, w in wanted.items()),
        ],
    )


def _form(
    request: access.Request,
    kind: CustodyAct,
    page: ExhibitPage | None = None,
    *,
    seal: str,
) -> forms.ActForm:
    first = presenters.first_values(page, kind) | {"seen": page.now.pk} if page else {}
    first["seal_state"] = SealState.UNBROKEN if seal else SealState.NONE
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = forms.ActForm(*given, initial=first)
    is_offer = kind is CustodyAct.OFFERED
    receivers = queries.receivers(viewer=request.viewer) if is_offer else []
    form.offer(queries.own_stores(viewer=request.viewer), receivers)
    form.ask_of(kind)
    return form.only("seen", *acts.PAGES[kind].asks)


def _with_picture(
    request: access.Request, form: forms.ActForm, recovery_id: int
) -> Told:
    """Give what was said, with its picture stored where one came with it."""
    picture = form.cleaned_data.get("photograph")
    if not picture:
        return form.told()
    kept = nameless.store_photograph(
        recovery_id=recovery_id,
        content=picture.read(),
        name=picture.name,
        folder=settings.MEDIA_ROOT,
        **request.how,
    )
    return replace(form.told(), photograph_id=kept.pk)


def _done(exhibit_id: int, kind: CustodyAct) -> str:
    named = {"exhibit": f"E{exhibit_id}", "act": gettext(kind.label)}
    return gettext("%(exhibit)s: %(act)s.") % named
