"""The inbox of open steps, acts on one of them, closing, and the figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from armstrace.procedures import queries
from armstrace.procedures.actions import closing
from armstrace.procedures.actions import steps as doing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.web import access, acting, fields
from armstrace.web.lists import pagination
from armstrace.web.procedures import forms


@dataclass(frozen=True, slots=True)
class Asked:
    """An act on a step: what its button says and what is said with it."""

    verb: object
    form: type[fields.DeskForm]
    done: object


ACTS = {
    "do": Asked(_("Step done"), forms.DoneForm, _("Step done.")),
    "ask": Asked(_("Ask for a waiver"), forms.AskForm, _("A supervisor decides.")),
    "back": Asked(_("Open again"), fields.ReasonForm, _("The step is open again.")),
}
DECIDE = Asked(_("Decide on the waiver"), forms.DecideForm, _("Decision saved."))
CLOSE = Asked(_("Close the recovery"), fields.ReasonForm, _("Recovery closed."))
REOPEN = Asked(
    _("Open the recovery again"), fields.ReasonForm, _("The recovery is open again.")
)


@access.staff_view
def inbox(request: access.Request) -> HttpResponse:
    """List the open steps, those of one's own role first."""
    viewer, today = request.viewer, request.at.date()
    filters = forms.InboxFilters(request.GET or None)
    filters.offer(queries.inbox_choices(viewer=viewer))
    page = queries.inbox(
        filters.to_filter(),
        viewer=viewer,
        page=pagination.page_request(request),
        today=today,
    )
    return pagination.show(request, "procedures/inbox.html", page, filters=filters)


@access.staff_view
def act(
    request: access.Request, recovery_id: int, step_id: int, slug: str
) -> HttpResponse:
    """Say that a step is done, ask that it be waived, or open it again."""
    request.viewer.require("step.do")
    asked = ACTS.get(slug)
    if asked is None:
        raise Http404
    form = asked.form(acting.sent(request))
    by, at = request.viewer, request.at

    def do() -> None:
        if slug == "do":
            doing.do_step(step_id=step_id, said=form.said(), by=by, at=at)  # type: ignore[attr-defined]
        elif slug == "ask":
            doing.ask_waiver(step_id=step_id, asked=form.said(), by=by, at=at)  # type: ignore[attr-defined]
        else:
            reason = form.cleaned_data["reason"]
            doing.take_back(step_id=step_id, reason=reason, by=by, at=at)

    return _answer(request, (recovery_id, step_id), asked, form, do)


@access.staff_view
def decide(request: access.Request, recovery_id: int, step_id: int) -> HttpResponse:
    """Let a step go undone, or not."""
    request.viewer.require("step.waive")
    form = forms.DecideForm(acting.sent(request))

    def do() -> None:
        doing.decide_waiver(step_id=step_id, decided=form.said(), **request.how)

    return _answer(request, (recovery_id, step_id), DECIDE, form, do)


@access.staff_view
def close(request: access.Request, recovery_id: int) -> HttpResponse:
    """Close a recovery whose steps are done or waived."""
    request.viewer.require("recovery.close")
    form = CLOSE.form(acting.sent(request))
    form.fields["reason"].required = False

    def do() -> None:
        closing.close_recovery(
            recovery_id=recovery_id, reason=form.cleaned_data["reason"], **request.how
        )

    return _answer(request, (recovery_id, 0), CLOSE, form, do)


@access.staff_view
def reopen(request: access.Request, recovery_id: int) -> HttpResponse:
    """Open a closed recovery again."""
    request.viewer.require("recovery.close")
    form = REOPEN.form(acting.sent(request))

    def do() -> None:
        closing.reopen_recovery(
            recovery_id=recovery_id, reason=form.cleaned_data["reason"], **request.how
        )

    return _answer(request, (recovery_id, 0), REOPEN, form, do)


@access.staff_view
def figures(request: access.Request) -> HttpResponse:
    """Show the share with a parallel case, lead times and waivers, by agency."""
    viewer, agency = request.viewer, request.GET.get("agency", "")[:40]
    context = {
        "cases": queries.case_figures(viewer=viewer, today=request.at.date()),
        "months": queries.cases_by_month(viewer=viewer, agency=agency)[-12:],
        "times": queries.step_times(viewer=viewer, at=request.at, agency=agency),
        "waivers": queries.waivers_by_supervisor(viewer=viewer, agency=agency)[:50],
        "late": queries.late_by_agency(viewer=viewer, today=request.at.date()),
        "agency": agency,
    }
    return render(request, "procedures/figures.html", context)


def of_recovery(recovery_id: int, *, viewer: Actor) -> dict[str, object]:
    """Gather the panel of steps on the page of a recovery."""
    if not viewer.may("step.view"):
        return {}
    today = datetime.now(UTC).date()
    return {"panel": queries.panel(recovery_id, viewer=viewer, today=today)}


def _answer(
    request: access.Request,
    keys: tuple[int, int],
    asked: Asked,
    form: fields.DeskForm,
    do: Callable[[], None],
) -> HttpResponse:
    recovery_id, step_id = keys
    panel = queries.panel(recovery_id, viewer=request.viewer, today=request.at.date())
    if acting.is_done(request, form, do):
        messages.success(request, str(asked.done))
        return redirect(reverse("recovery", args=[recovery_id]) + "#steps")
    step = next((one for one in panel.steps if one.step_id == step_id), None)
    if step is None and step_id and not form.is_bound:
        raise NotFound(message("There is no such record here; look at the list again."))
    context = {
        "asked": asked,
        "step": step,
        "number": f"R{recovery_id}",
        "back": reverse("recovery", args=[recovery_id]) + "#steps",
    }
    return acting.show(request, "procedures/act.html", form, context)
