"""Held rows: the list, one row mended or dismissed."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from armstrace.intake import queries
from armstrace.intake.actions import held as actions
from armstrace.intake.fields import IntakeKind
from armstrace.intake.outcomes import Reason
from armstrace.registry import queries as registry
from armstrace.translation import translate
from armstrace.vocabulary.errors import InvalidInput, NotPermitted, RuleBroken
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.outcomes import RowOutcome, Settlement
from armstrace.vocabulary.paging import PageRequest
from armstrace.web import access, acting, fields, listing, record_numbers
from armstrace.web.intake import forms
from armstrace.web.registry import on_record

# Arms that a name may mean; more are looked for in the register.
SHOWN = 5
# What a notice may tell beside what happened to which arm, when, and with whom.
BESIDE = ("source_number", "place", "region", "country", "document", "notes")


@access.staff_view
def held_rows(request: access.Request) -> HttpResponseBase:
    """List rows that wait for a person."""
    rows = partial(
        queries.held_rows,
        batch_id=record_numbers.key_of(request.GET.get("batch", "")),
        reason=request.GET.get("reason", ""),
    )
    return listing.show(
        request,
        "intake/held.html",
        rows,
        may_mend=request.viewer.may("intake.mend"),
        may_see_person=request.viewer.may("holder.view"),
    )


@access.staff_view
def held_row(request: access.Request, held_id: int) -> HttpResponse:
    """Mend one held row."""
    if "show_person" in request.POST:
        return _show_named(request, held_id)
    card = queries.held_row(held_id, viewer=request.viewer)
    form = forms.MendForm(card, acting.sent(request))
    if request.method == "POST" and form.is_valid():
        record = queries.held_record(held_id, viewer=request.viewer)
        try:
            fate = actions.mend_row(
                held=record, values=form.values_that_differ(), **request.how
            )
        except (InvalidInput, RuleBroken, NotPermitted) as error:
            if not request.viewer.may("intake.mend"):
                raise
            access.write_down(request, error)
            told = {getattr(error, "field", ""): error, **getattr(error, "also", {})}
            for name, said in told.items():
                field = form.box_of(name)
                form.add_error(field if field in form.fields else None, translate(said))
        else:
            messages.success(request, forms.FATES[fate.fate])
            if fate.fate is RowOutcome.CONFLICT:
                return redirect("held-row", held_id)
            return redirect("held-rows")
    return _show(request, card, form)


def _show_named(request: access.Request, held_id: int) -> HttpResponse:
    card = queries.held_row_named(
        held_id,
        **request.asking,
        reason=request.POST["show_person"],
    )
    return _show(request, card, forms.MendForm(card))


def _show(
    request: access.Request,
    card: queries.HeldRowCard,
    form: forms.MendForm,
    reason: fields.ReasonForm | None = None,
) -> HttpResponse:
    reason = reason or fields.ReasonForm()
    sides = queries.conflict_sides(card.id, **request.asking)
    meant = _arms_meant(card, request) if card.kind is IntakeKind.EVENTS else ()
    context = {
        "card": card,
        "form": form,
        "cells": list(zip(card.headings, card.cells, strict=False)),
        "beside": [(each, said) for each in BESIDE if (said := card.values.get(each))],
        "dismiss": reason,
        "settle": reason,
        "may_mend": request.viewer.may("intake.mend") and card.waits_for is None,
        "may_see_person": request.viewer.may("holder.view"),
        "is_conflict": card.reason == Reason.CONFLICT,
        "sides": sides,
        "arms_meant": meant,
    }
    return render(request, "intake/held_row.html", context)


def _arms_meant(
    card: queries.HeldRowCard, request: access.Request
) -> list[tuple[registry.ArmRow, tuple[Message, ...]]]:
    """Give the arms that a row of an event may mean, with what warns of them."""
    name, viewer = card.values.get("arm_number", ""), request.viewer
    if not name or not viewer.may("registry.view"):
        return []
    page = PageRequest(size=SHOWN)
    rows = registry.arm_rows(registry.ArmFilter(name), viewer=viewer, page=page).rows
    arms = {row.arm_id: row for row in rows}
    told = on_record.read(None, list(arms), arms, viewer)
    return [(row, told.alerts_on(row)) for row in rows]


@access.staff_act
def settle(request: access.Request, held_id: int) -> HttpResponse:
    """Take what a source states over a correction, or keep the record."""
    card = queries.held_row(held_id, viewer=request.viewer)
    form = fields.ReasonForm(request.POST)
    chosen = request.POST.get("settlement", "")
    if chosen not in {Settlement.TAKE, Settlement.KEEP}:
        form.add_error(None, gettext("Choose one of the two: the record or the file."))
    if not form.is_valid():
        return _show(request, card, forms.MendForm(card), form)
    actions.settle_row(
        held=queries.held_record(held_id, viewer=request.viewer),
        settlement=Settlement(chosen),
        reason=form.cleaned_data["reason"],
        **request.how,
    )
    done = gettext("Row loaded as a correction.")
    if chosen == Settlement.KEEP:
        done = gettext("The record stays as it is; the reason is in its history.")
    messages.success(request, done)
    return redirect("held-rows")


@access.staff_act
def dismiss(request: access.Request, held_id: int) -> HttpResponse:
    """Dismiss a held row, with the reason."""
    card = queries.held_row(held_id, viewer=request.viewer)
    form = fields.ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, card, forms.MendForm(card), form)
    actions.dismiss_row(
        held=queries.held_record(held_id, viewer=request.viewer),
        reason=form.cleaned_data["reason"],
        **request.how,
    )
    messages.success(request, gettext("Row dismissed. It is kept with its reason."))
    return redirect("held-rows")
