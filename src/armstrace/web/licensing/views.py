"""Holders: list, page, record, correct."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.licensing import actions, queries
from armstrace.registry import queries as registry
from armstrace.registry.queries import trading
from armstrace.web import access, acting, listing
from armstrace.web.licensing import forms, justifying
from armstrace.web.lists import pagination
from armstrace.web.marks import readings

EVENTS = "events"
"""What the page of events is called beside that of arms."""


@access.staff_view
@justifying.ask_first
def holder_list(request: access.Request) -> HttpResponseBase:
    return listing.show(
        request,
        "licensing/list.html",
        partial(queries.holder_rows, reason=justifying.reason_of(request)),
        forms.HolderFilters(request.GET or None),
        may_record=request.viewer.may("holder.record"),
    )


@access.staff_view
@justifying.ask_first
def holder(request: access.Request, holder_id: int) -> HttpResponse:
    found = queries.holder_page(
        holder_id,
        **request.asking,
        reason=justifying.reason_of(request),
    )
    arms = registry.arm_rows(
        registry.ArmFilter(holder=found.number),
        viewer=request.viewer,
        page=pagination.page_request(request),
    )
    events = registry.events_of_holder(
        holder_id,
        viewer=request.viewer,
        page=pagination.page_request(request, EVENTS),
    )
    context = {
        "holder": found,
        "licences": [
            (each, stage, each in found.in_force)
            for each, stage in zip(found.licences, found.stages, strict=True)
        ],
        "arms": arms.rows,
        "paging": pagination.paging(request, arms),
        "events": events.rows,
        "events_paging": pagination.paging(request, events, name=EVENTS),
        "history": _history(found),
        "may_record": request.viewer.may("holder.record"),
        "may_apply": request.viewer.may("licence.apply"),
        "trade": trading.trade_of(holder_id, viewer=request.viewer),
    }
    return render(request, "licensing/holder.html", context)


@access.staff_who("holder.record")
def record(request: access.Request) -> HttpResponse:
    form = forms.HolderForm(acting.sent(request))
    return acting.answer(
        request,
        form,
        lambda: actions.enter_holder(
            stated=form.to_input(),
            taken_over=form.cleaned_data["taken_over"],
            **request.how,
        ),
        done=gettext("The holder is recorded."),
        to=lambda made: reverse("holder", args=[made.record_id]),
        template="licensing/form.html",
        heading=gettext("Record a holder"),
        verb=gettext("Record the holder"),
        back=reverse("holders"),
    )


@access.staff_who("holder.record")
def correct(request: access.Request, holder_id: int) -> HttpResponse:
    found = queries.holder_page(holder_id, **request.asking)
    first = _as_typed(found)
    form = forms.CorrectHolderForm(acting.sent(request), initial=first)
    back = reverse("holder", args=[holder_id])
    return acting.answer(
        request,
        form,
        lambda: actions.correct_holder(
            stated=form.to_input(found.number),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["version"],
            **request.how,
        ),
        done=gettext("The holder is corrected."),
        to=back,
        template="licensing/form.html",
        heading=gettext("Correct holder %(number)s") % {"number": found.number},
        verb=gettext("Correct the holder"),
        number=found.number,
    )


def _history(page: queries.HolderPage) -> tuple[readings.VersionShown, ...]:
    names = ("name", "kind", "place", "region", "country")
    return readings.history_of(page.versions, names)


def _as_typed(page: queries.HolderPage) -> dict[str, object]:
    """Give what is known of a holder as the form of a correction shows it.

    Where there is one licence it can be corrected; of several, a number is typed.
    """
    record = page.record
    names = ("kind", "name", "place", "region", "country")
    typed: dict[str, object] = {name: getattr(record, name) for name in names}
    typed |= {"number": page.number, "version": record.pk}
    if len(page.licences) == 1:
        (licence,) = page.licences
        typed |= {
            "licence_number": licence.number,
            "licence_type": licence.licence_type,
            "valid_from": licence.valid_from,
            "valid_until": licence.valid_until,
        }
    return typed
