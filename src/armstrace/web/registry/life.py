"""Correct or withdraw what was recorded of an arm's life."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.passing import PASSINGS
from armstrace.registry import queries
from armstrace.registry.actions import life
from armstrace.registry.told_events import OfLife
from armstrace.translation import say_day
from armstrace.vocabulary.arms import LOSSES, LifeEventKind, Passing
from armstrace.web import access, acting, fields
from armstrace.web.registry import act_forms, acts

NAMED = {"holder": "holder_to", "despite": "notes"}
OWN = ("seen", "reason")
OPTIONAL = {"kind", "document", "holder", "manner", "notes", "despite", "checked"}


class AmendForm(act_forms.PassForm):
    """An event as it is on record, with the reason that a correction needs."""

    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=[(kind.value, _(kind.label)) for kind in sorted(LOSSES)],
    )
    region = fields.line(_("Region"), required=False)
    field_order = ("kind", "holder", "manner", "happened_on", "place", "region")

    def __init__(self, request: access.Request, event: Event, newest: int) -> None:
        names = ("kind", "happened_on", "place", "region", "document", "manner")
        known: dict[str, Any] = {name: getattr(event, name) for name in names}
        known |= {"holder": event.holder_to, "seen": newest}
        super().__init__(request, initial=known)
        self.fields["despite"] = self.fields["reason"]
        self.fields["reason"] = fields.correction_reason()
        self.fields["manner"] = fields.code(
            Passing, _("In what way"), empty=_("not stated"), required=False
        )
        is_loss = event.kind in LOSSES
        kept = {"kind" if is_loss else "document"}
        kept |= {"holder"} if event.holder_to else set()
        kept |= {"manner", "despite"} if event.kind in PASSINGS else set()
        for name in {"giver", *OPTIONAL} - kept:
            del self.fields[name]
        self.order_fields([*self.field_order, "document", "despite", "reason"])

    def clean_holder(self) -> str:
        """Find the holder that is meant; the one on record needs no search."""
        if "holder" not in self.changed_data:
            return str(self.initial["holder"])
        return super().clean_holder()

    def changes(self) -> dict[str, Any]:
        """Give what is to read otherwise, by the names of the event's fields."""
        given = {n: v for n, v in self.cleaned_data.items() if n in self.changed_data}
        if "kind" in given:
            given["kind"] = LifeEventKind(given["kind"])
        return {NAMED.get(n, n): v for n, v in given.items() if n not in OWN}


class UnsayForm(act_forms.OnArm, fields.ReasonForm):
    """Why an event did not happen."""


@access.staff_view
def correct(request: access.Request, arm_id: int, event_id: int) -> HttpResponse:
    """Correct an event; the earlier state stays beside the life of the arm."""
    found, event = _find(request, arm_id, event_id)
    form = AmendForm(request, event, found.newest_event)

    def act(how: dict[str, Any]) -> object:
        meant = OfLife(how.pop("arm_id"), event_id, how.pop("seen"))
        said = {"changes": form.changes(), "reason": form.cleaned_data["reason"]}
        return life.correct_event(event=meant, **said, **how)

    sheet = acts.Sheet(
        gettext("Correct the event"),
        "%(number)s: " + gettext("Correct an event"),
        _words(event),
        done=lambda: acts.say_correction(
            form.changes(), gettext("The event is corrected.")
        ),
        other=(
            reverse("arm-event-withdraw", args=[arm_id, event_id]),
            gettext("It did not happen: withdraw it"),
        ),
    )
    return acts.answer(request, found, form, act, sheet)


@access.staff_view
def withdraw(request: access.Request, arm_id: int, event_id: int) -> HttpResponse:
    """Withdraw an event that did not happen."""
    found, event = _find(request, arm_id, event_id)
    initial = {"seen": found.newest_event}
    form = UnsayForm(acting.sent(request), initial=initial)

    def act(how: dict[str, Any]) -> None:
        meant = OfLife(how.pop("arm_id"), event_id, how.pop("seen"))
        life.withdraw_event(event=meant, reason=form.cleaned_data["reason"], **how)

    sheet = acts.Sheet(
        gettext("Withdraw the event"),
        "%(number)s: " + gettext("Withdraw an event"),
        _words(event)
        + " "
        + gettext(
            "Nothing is deleted: the event stays on the page of the arm as withdrawn, "
            "with the reason."
        ),
        done=gettext("The event is withdrawn."),
    )
    return acts.answer(request, found, form, act, sheet)


def _words(event: Event) -> str:
    """Name an event: what happened, when, and who held the arm after it."""
    day = say_day(event.happened_on) if event.happened_on else gettext("not known")
    said = (gettext(event.kind.label), day, event.holder_to or event.document)
    return " · ".join(filter(None, said)) + "."


def _find(
    request: access.Request, arm_id: int, event_id: int
) -> tuple[queries.ArmPage, Event]:
    request.viewer.require("registry.event")
    found = queries.arm_page(arm_id, viewer=request.viewer)
    event = queries.event_of(found, event_id, viewer=request.viewer)
    return found, event
