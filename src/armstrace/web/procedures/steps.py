"""The inbox of open steps, acts on one of them, and closing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from armstrace.procedures import queries
from armstrace.procedures.actions import closing
from armstrace.procedures.actions import steps as doing
from armstrace.vocabulary.actors import Actor
from armstrace.web import access, acting, fields, listing
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
    "back": Asked(_("Reopen"), forms.BackForm, _("Step reopened.")),
}
DECIDE = Asked(_("Decide on the waiver"), forms.DecideForm, _("Decision saved."))
CLOSE = Asked(_("Close the recovery"), fields.ReasonForm, _("Recovery closed."))
REOPEN = Asked(_("Reopen the recovery"), fields.ReasonForm, _("Recovery reopened."))


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
    asked = acting.of_address(ACTS, slug)
    step = _step(request, recovery_id, opening, code)
    form = asked.form(acting.sent(request), initial={"seen": step.step_id})
    key = step.step_id

    def do() -> None:
        if slug == "do":
            doing.do_step(step_id=key, said=form.said(), **request.how)  # type: ignore[attr-defined]
        elif slug == "ask":
            doing.ask_waiver(step_id=key, asked=form.said(), **request.how)  # type: ignore[attr-defined]
        else:
            doing.take_back(step_id=key, **form.cleaned_data, **request.how)

    return _answer(request, recovery_id, asked, form, do, step)


@access.staff_who("step.waive")
def decide(
    request: access.Request, recovery_id: int, opening: int, code: str
) -> HttpResponse:
    """Let a step go undone, or not."""
    step = _step(request, recovery_id, opening, code)
    form = forms.DecideForm(acting.sent(request), initial={"seen": step.step_id})

    def do() -> None:
        doing.decide_waiver(step_id=step.step_id, decided=form.said(), **request.how)

    return _answer(request, recovery_id, DECIDE, form, do, step)


@access.staff_who("recovery.close")
def close(request: access.Request, recovery_id: int) -> HttpResponse:
    """Close a recovery whose steps are done or waived."""
    form = CLOSE.form(acting.sent(request))
    form.fields["reason"].required = False

    def do() -> None:
        closing.close_recovery(
            recovery_id=recovery_id, reason=form.cleaned_data["reason"], **request.how
        )

    return _answer(request, recovery_id, CLOSE, form, do)


@access.staff_who("recovery.close")
def reopen(request: access.Request, recovery_id: int) -> HttpResponse:
    """Open a closed recovery again."""
    form = REOPEN.form(acting.sent(request))

    def do() -> None:
        closing.reopen_recovery(
            recovery_id=recovery_id, reason=form.cleaned_data["reason"], **request.how
        )

    return _answer(request, recovery_id, REOPEN, form, do)


def of_recovery(recovery_id: int, *, viewer: Actor) -> dict[str, object]:
    """Gather the panel of steps on the page of a recovery."""
    if not viewer.may("step.view"):
        return {}
    today = timezone.localdate()
    panel = queries.panel(recovery_id, viewer=viewer, today=today, is_seen=True)
    return {"panel": panel}


def _step(
    request: access.Request, recovery_id: int, opening: int, code: str
) -> queries.StepShown:
    return queries.step_of_recovery(
        recovery_id,
        (opening, code),
        viewer=request.viewer,
        today=request.today,
    )


def _answer(
    request: access.Request,
    recovery_id: int,
    asked: Asked,
    form: fields.DeskForm,
    do: Callable[[], None],
    step: queries.StepShown | None = None,
) -> HttpResponse:
    if step is None:  # what is not there for these eyes is not asked about
        queries.panel(recovery_id, viewer=request.viewer, today=request.today)
    has_ended = step is not None and step.ended_at is not None
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
        refusal=step
        and asked is DECIDE
        and not form.is_bound
        and step.undecided_because,
        is_over=has_ended and not form.is_bound and asked is not ACTS["back"],
        number=f"R{recovery_id}",
        back=back,
    )
