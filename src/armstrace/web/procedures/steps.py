"""The inbox of open steps, acts on one of them, and closing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from armstrace.procedures import queries
from armstrace.procedures.actions import closing
from armstrace.procedures.actions import steps as doing
from armstrace.procedures.inputs import StepBack, StepDone, WaiverAsked, WaiverDecided
from armstrace.vocabulary.actors import Actor
from armstrace.web import access, acting, fields, listing
from armstrace.web.procedures import forms


@dataclass(frozen=True, slots=True)
class Asked:
    """An act: what its button says, what is said with it, and what does it."""

    verb: object
    form: type[fields.DeskForm]
    done: object
    act: Callable[..., object]
    # What is made of the form of an act on a step.
    says: type | None = None


ACTS = {
    "do": Asked(
        _("Step done"), forms.DoneForm, _("Step done."), doing.do_step, StepDone
    ),
    "ask": Asked(
        _("Ask for a waiver"),
        forms.AskForm,
        _("You have asked for a waiver; a supervisor decides on it."),
        doing.ask_waiver,
        WaiverAsked,
    ),
    "back": Asked(
        _("Reopen"), forms.BackForm, _("Step reopened."), doing.take_back, StepBack
    ),
}
# What takes back a waiver that nobody decided on.
WITHDRAW = replace(
    ACTS["back"], verb=_("Withdraw the request"), done=_("Request withdrawn.")
)
DECIDE = Asked(
    _("Decide on the waiver"),
    forms.DecideForm,
    _("Decision saved."),
    doing.decide_waiver,
    WaiverDecided,
)
CLOSE = Asked(
    _("Close the recovery"),
    forms.CloseForm,
    _("Recovery closed."),
    closing.close_recovery,
)
REOPEN = Asked(
    _("Reopen the recovery"),
    fields.ReasonForm,
    _("Recovery reopened."),
    closing.reopen_recovery,
)


@access.staff_view
def inbox(request: access.Request) -> HttpResponseBase:
    """List the open steps, those of one's own role first."""
    filters = forms.InboxFilters(request.GET or None)
    filters.offer(queries.inbox_choices(viewer=request.viewer))
    return listing.show(request, "procedures/inbox.html", queries.inbox, filters)


@access.staff_who("step.do")
def act(
    request: access.Request, recovery_id: int, opening: int, code: str, slug: str
) -> HttpResponse:
    """Say that a step is done, ask that it be waived, or open it again."""
    return _act(request, recovery_id, acting.of_address(ACTS, slug), (opening, code))


@access.staff_who("step.waive")
def decide(
    request: access.Request, recovery_id: int, opening: int, code: str
) -> HttpResponse:
    """Let a step go undone, or not."""
    return _act(request, recovery_id, DECIDE, (opening, code))


@access.staff_who("recovery.close")
def close(request: access.Request, recovery_id: int) -> HttpResponse:
    """Close a recovery whose steps are done or waived."""
    return _act(request, recovery_id, CLOSE)


@access.staff_who("recovery.close")
def reopen(request: access.Request, recovery_id: int) -> HttpResponse:
    """Open a closed recovery again."""
    return _act(request, recovery_id, REOPEN)


def of_recovery(recovery_id: int, *, viewer: Actor) -> dict[str, object]:
    """Gather the panel of steps on the page of a recovery."""
    if not viewer.may("step.view"):
        return {}
    today = timezone.localdate()
    panel = queries.panel(recovery_id, viewer=viewer, today=today, is_seen=True)
    return {"panel": panel}


def _act(
    request: access.Request,
    recovery_id: int,
    asked: Asked,
    place: tuple[int, str] | None = None,
) -> HttpResponse:
    viewer, today = request.viewer, request.today
    step, about = None, {"recovery_id": recovery_id}
    if place is None:  # what is not there for these eyes is not asked about
        queries.panel(recovery_id, viewer=viewer, today=today)
    else:
        step = queries.step_of_recovery(recovery_id, place, viewer=viewer, today=today)
        about = {"step_id": step.step_id}
        if asked is ACTS["back"] and not step.ended_at:
            asked = WITHDRAW
    form = asked.form(acting.sent(request), initial={"seen": step and step.step_id})

    def do() -> None:
        said = {"said": form.build(asked.says)} if asked.says else form.cleaned_data
        asked.act(**about, **said, **request.how)

    shown = None if form.is_bound else step
    back = reverse("recovery", args=[recovery_id]) + "#steps"
    return acting.answer(
        request,
        form,
        do,
        done=asked.done,
        to=back,
        template="procedures/act.html",
        asked=asked,
        step=step,
        refusal=shown and asked is DECIDE and shown.undecided_because,
        is_over=shown and shown.ended_at and asked is not ACTS["back"],
        number=f"R{recovery_id}",
    )
