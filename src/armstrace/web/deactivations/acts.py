"""Record a deactivation, verify or refuse it, and record that an arm fires again."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.deactivations import actions, queries
from armstrace.deactivations.inputs import (
    DeactivationInput,
    ReactivationInput,
    VerificationInput,
)
from armstrace.web import access, acting, fields
from armstrace.web.deactivations import forms

FORM = "deactivations/form.html"


@access.staff_who("deactivation.record")
def record(request: access.Request) -> HttpResponse:
    first = {"performed_on": request.today, "arm": request.GET.get("arm", "")}
    form = forms.RecordForm(acting.sent(request), initial=first)
    return acting.answer(
        request,
        form,
        lambda: actions.record_deactivation(
            stated=form.build(DeactivationInput), **request.how
        ),
        done=gettext("The deactivation is recorded; it counts once it is verified."),
        to=lambda made: reverse("deactivation", args=[made.pk]),
        template=FORM,
        heading=gettext("Record a deactivation"),
        verb=gettext("Record the deactivation"),
        back=reverse("deactivations"),
    )


@access.staff_who("deactivation.verify")
def verify(request: access.Request, deactivation_id: int) -> HttpResponse:
    viewer = request.viewer
    page = queries.deactivation_page(deactivation_id, viewer=viewer, at=request.at)
    page.require_open(viewer)
    form = forms.VerifyForm(page.asked, acting.sent(request))
    is_abroad = bool(page.asked.facts.country)
    return _answer(
        request,
        form,
        lambda: actions.verify_deactivation(
            deactivation_id=deactivation_id,
            signed=form.build(VerificationInput),
            **request.how,
        ),
        page,
        gettext("Recognise it") if is_abroad else gettext("Sign the verification"),
    )


@access.staff_who("deactivation.verify")
def refuse(request: access.Request, deactivation_id: int) -> HttpResponse:
    viewer = request.viewer
    page = queries.deactivation_page(deactivation_id, viewer=viewer, at=request.at)
    page.require_open(viewer)
    form = fields.ReasonForm(acting.sent(request))
    return _answer(
        request,
        form,
        lambda: actions.refuse_deactivation(
            deactivation_id=deactivation_id,
            reason=form.cleaned_data["reason"],
            **request.how,
        ),
        page,
        gettext("Refuse it"),
    )


@access.staff_who("deactivation.find")
def find(request: access.Request, deactivation_id: int) -> HttpResponse:
    viewer = request.viewer
    page = queries.deactivation_page(deactivation_id, viewer=viewer, at=request.at)
    form = forms.FoundForm(acting.sent(request), initial={"found_on": request.today})
    return _answer(
        request,
        form,
        lambda: actions.record_reactivation(
            deactivation_id=deactivation_id,
            stated=form.build(ReactivationInput),
            **request.how,
        ),
        page,
        gettext("Record a further finding")
        if page.reactivations
        else gettext("Record that it fires again"),
    )


def _answer(
    request: access.Request,
    form: fields.DeskForm,
    act: Callable[[], object],
    page: queries.DeactivationPage,
    verb: str,
) -> HttpResponse:
    back = reverse("deactivation", args=[page.row.deactivation_id])
    return acting.answer(
        request,
        form,
        act,
        done=gettext("Recorded."),
        to=back,
        template=FORM,
        heading=f"{page.row.reference} · {verb}",
        verb=verb,
        page=page,
    )
