"""Withdraw what was entered twice or does not belong, and bring it back."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.procedures.actions import withdrawing
from armstrace.recoveries import queries
from armstrace.recoveries.actions import observing
from armstrace.vocabulary.arms import ItemKind
from armstrace.web import access, acting, fields
from armstrace.web.recoveries import items, presenters


class DoubleForm(fields.ReasonForm):
    """Which record stands for a recovery that was entered twice, and why."""

    same_as = fields.RecordNumber(
        "R",
        label=_("The record that is kept"),
        help_text=_("Its number, such as R12."),
    )
    field_order = ("same_as", "reason")


def page(
    request: access.Request, recovery_id: int, kind: ItemKind, withdrawal: object
) -> HttpResponse:
    """Show a recovery that was withdrawn: as it was, why, and what stands for it."""
    viewer = request.viewer
    if kind is ItemKind.ARM:
        item = queries.arm_detail(recovery_id, viewer=viewer, even_withdrawn=True)
        context = presenters.as_it_was(item)
    else:
        other = queries.item_detail(recovery_id, viewer=viewer, even_withdrawn=True)
        context = items.page(other, viewer=viewer)
    agency = context["item"].record.agency
    context |= {
        "withdrawal": withdrawal,
        "may_correct": viewer.may_for("recovery.correct", agency),
        "may_see_photographs": viewer.may("evidence.view"),
    }
    return render(request, "recoveries/withdrawn.html", context)


@access.staff_view
def withdraw(request: access.Request, recovery_id: int) -> HttpResponse:
    """Withdraw a recovery that was entered twice."""
    _require_own(request, recovery_id)
    given = {"same_as": request.GET.get("same_as", "")}
    form = DoubleForm(acting.sent(request), initial=given)
    return _answer(
        request,
        form,
        lambda: withdrawing.withdraw_recovery(
            recovery_id=recovery_id, **form.cleaned_data, **request.how
        ),
        recovery_id,
        gettext("Withdraw a recovery entered twice"),
        gettext(
            "Nothing is deleted. The record leaves lists, searches and figures, its "
            "page names the one that stands, and it can be brought back."
        ),
    )


@access.staff_view
def reinstate(request: access.Request, recovery_id: int) -> HttpResponse:
    """Bring back a recovery that was withdrawn."""
    _require_own(request, recovery_id)
    form = fields.ReasonForm(acting.sent(request))
    return _answer(
        request,
        form,
        lambda: withdrawing.reinstate_recovery(
            recovery_id=recovery_id, **form.cleaned_data, **request.how
        ),
        recovery_id,
        gettext("Bring the record back"),
    )


@access.staff_view
def withdraw_photograph(
    request: access.Request, recovery_id: int, photograph_id: int
) -> HttpResponse:
    """Withdraw a photograph that does not show this arm."""
    queries.photograph_page(recovery_id, photograph_id, viewer=request.viewer)
    record = queries.last_record(recovery_id, viewer=request.viewer)
    request.viewer.require("evidence.add", agency=record.agency)
    form = fields.ReasonForm(acting.sent(request))
    return _answer(
        request,
        form,
        lambda: observing.withdraw_photograph(
            photograph_id=photograph_id, **form.cleaned_data, **request.how
        ),
        recovery_id,
        gettext("Withdraw a photograph"),
        gettext(
            "The photograph leaves the page of the recovery. Its own page stays, with "
            "the reason."
        ),
    )


def _require_own(request: access.Request, recovery_id: int) -> None:
    request.viewer.require("recovery.correct")
    record = queries.last_record(recovery_id, viewer=request.viewer)
    request.viewer.require("recovery.correct", agency=record.agency)


def _answer(
    request: access.Request,
    form: fields.DeskForm,
    act: Callable[[], object],
    recovery_id: int,
    verb: str,
    intro: str = "",
) -> HttpResponse:
    back = reverse("recovery", args=[recovery_id])
    return acting.answer(
        request,
        form,
        act,
        to=back,
        template="procedures/act.html",
        asked={"verb": verb, "intro": intro},
        number=f"R{recovery_id}",
    )
