"""A clerk's acts on one arm: pass it on, record what happened, correct, withdraw."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from armstrace.licensing import queries as licensing
from armstrace.registry import queries
from armstrace.registry.actions import (
    correcting,
    happening,
    passing,
    withdrawing,
)
from armstrace.registry.actions.passing import Handover
from armstrace.registry.categories import BUILD
from armstrace.registry.inputs import Happening
from armstrace.translation import translate
from armstrace.vocabulary.arms import HAPPENINGS, LOSSES, LifeEventKind, Passing
from armstrace.web import access, acting, fields
from armstrace.web.provenance import holders
from armstrace.web.registry import act_forms, arms

Kind = LifeEventKind
DEACTIVATE = "deactivation.record"
VERBS: dict[LifeEventKind, Callable[[], str]] = {
    Kind.TRANSFERRED: lambda: gettext("Pass to another holder"),
    Kind.LOST: lambda: gettext("Report as lost"),
    Kind.STOLEN: lambda: gettext("Report as stolen"),
    Kind.FOUND_AGAIN: lambda: gettext("Record as found again"),
    Kind.RETURNED: lambda: gettext("Record the return to the holder"),
    Kind.LICENCE_LAPSED: lambda: gettext("Record the end of the licence"),
    Kind.MARKED: lambda: gettext("Record a new mark"),
    Kind.PROOFED: lambda: gettext("Record the proof"),
    Kind.PART_EXCHANGED: lambda: gettext("Exchange a part"),
    Kind.DEACTIVATED: lambda: gettext("Record the deactivation"),
    Kind.DESTROYED: lambda: gettext("Record the destruction"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """An act as the page of an arm offers it."""

    verb: str
    address: str
    # Why it may not be done now; empty where it may.
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page of an act says around its form."""

    heading: str
    verb: str
    intro: str = ""
    name: str = "registry/act.html"
    # Address and words of another act that may be meant.
    other: tuple[str, str] = ("", "")


def shown(found: queries.ArmPage, request: access.Request) -> dict[str, object]:
    """Give what the page of an arm says of the acts that may come next."""
    offered = offers(found, request)
    return {
        "offers": [each for each in offered if not each.refusal],
        "refused_acts": [each for each in offered if each.refusal],
        "may_see_holders": request.viewer.may("holder.view"),
        "may_correct": request.viewer.may("registry.record"),
        "who_may": holders.roles_with("registry.event"),
    }


def offers(found: queries.ArmPage, request: access.Request) -> tuple[Offer, ...]:
    """Give the acts on an arm, those that a rule refuses with its sentence."""
    acts = queries.acts_on(found, **request.asking)
    return tuple(
        Offer(
            VERBS[act.kind](),
            _address(act.kind, found.row.arm_id),
            translate(act.refusal) if act.refusal else "",
        )
        for act in acts
        if act.kind is not Kind.DEACTIVATED or request.viewer.may(DEACTIVATE)
    )


PAGES = {
    Kind.TRANSFERRED: "arm-pass",
    Kind.PART_EXCHANGED: "arm-part-exchange",
    Kind.MARKED: "arm-mark",
}


def _address(kind: LifeEventKind, arm_id: int) -> str:
    if kind in PAGES:
        return reverse(PAGES[kind], args=[arm_id])
    if kind is Kind.DEACTIVATED:
        return reverse("deactivation-record") + f"?arm=A{arm_id}"
    return reverse("arm-happening", args=[arm_id, kind.value.lower()])


@access.staff_who("registry.event")
def pass_on(request: access.Request, arm_id: int) -> HttpResponse:
    """Pass an arm to another holder in one act; who receives it is shown first."""
    found = queries.arm_page(arm_id, viewer=request.viewer)
    form = act_forms.PassForm(request, initial=first(found))

    def act() -> None:
        passing.pass_arm(
            arm_id=arm_id,
            handover=form.build(Handover),
            seen=form.cleaned_data["seen"],
            **request.how,
        )

    receiver = acting.result_of(request, form, lambda: _receiver(request, found, form))
    if receiver is None and acting.is_done(request, form, act):
        return back(request, arm_id, gettext("The arm is passed on."))
    sheet = Sheet(
        gettext("Pass %(number)s to another holder"),
        gettext("Confirm: pass the arm on") if receiver else gettext("Pass the arm on"),
        gettext("The holder on record gives it; the act records both sides."),
    )
    return page(request, found, form, sheet, receiver=receiver)


def _receiver(
    request: access.Request, found: queries.ArmPage, form: act_forms.PassForm
) -> dict[str, object] | None:
    """Give who would receive an arm, where nobody has confirmed that yet."""
    meant = form.meant if form.is_bound and form.is_valid() else None
    if meant is None or form.cleaned_data["checked"] == meant.number:
        return None
    given, viewer = form.cleaned_data, request.viewer
    names = licensing.names_for_keeper([meant.holder_id], viewer=viewer, at=request.at)
    told = Passing(given["manner"]), given["happened_on"]
    lacking = queries.lacking_to_pass(
        found, meant.number, told, viewer=viewer, at=request.at
    )
    acting.refill(form, checked=meant.number, holder=meant.number)
    return {
        "row": meant,
        "name": names.get(meant.holder_id, ""),
        "lacking": lacking,
    }


@access.staff_who("registry.event")
def happen(request: access.Request, arm_id: int, kind: str) -> HttpResponse:
    """Record what happened to an arm."""
    what = next((k for k in HAPPENINGS if k.value.lower() == kind), None)
    if what is None:
        raise Http404
    found = queries.arm_page(arm_id, viewer=request.viewer)
    form = act_forms.HappenForm(
        acting.sent(request),
        kind=what,
        initial=first(found),
    )
    record = happening.report_loss if what in LOSSES else happening.record_happening

    def act() -> None:
        record(
            arm_id=arm_id,
            happening=form.build(Happening, kind=what),
            seen=form.cleaned_data["seen"],
            **request.how,
        )

    if acting.is_done(request, form, act):
        return back(request, arm_id, gettext("Recorded."))
    verb = VERBS[what]()
    return page(request, found, form, Sheet("%(number)s: " + verb, verb))


@access.staff_who("registry.record")
def correct(request: access.Request, arm_id: int) -> HttpResponse:
    """Correct the marks of an arm; the earlier state stays in its history."""
    found = queries.arm_page(arm_id, viewer=request.viewer)
    marks = found.record.description
    known = {name: getattr(marks, name) for name in (*act_forms.MARKS, "other")}
    known |= {name: getattr(found.record, name) for name in BUILD}
    known |= {
        "notes": found.record.notes,
        "year_of_manufacture": found.record.year_of_manufacture,
        "version": found.record.pk,
    }
    form = act_forms.CorrectForm(acting.sent(request), initial=known)
    form.offer_makes(request)

    def act() -> None:
        correcting.correct_arm(
            arm_id=arm_id,
            changes=form.changes(),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["version"],
            **request.how,
        )

    if acting.is_done(request, form, act):
        done = gettext("The arm is corrected.")
        if not form.changes():
            done = gettext("The record already says so; nothing was changed.")
        return back(request, arm_id, done)
    sheet = Sheet(
        gettext("Correct %(number)s"),
        gettext("Correct the arm"),
        gettext("Write the marks exactly as they are on the arm."),
    )
    return page(request, found, form, sheet)


@access.staff_who("registry.record")
def withdraw(request: access.Request, arm_id: int) -> HttpResponse:
    """Withdraw an arm that is on record twice."""
    found = queries.arm_page(arm_id, viewer=request.viewer)
    form = act_forms.WithdrawForm(acting.sent(request))

    def act() -> None:
        withdrawing.withdraw_arm(
            arm_id=arm_id,
            same_as=form.cleaned_data["same_as"],
            reason=form.cleaned_data["reason"],
            **request.how,
        )

    if acting.is_done(request, form, act):
        return back(request, arm_id, gettext("The record is withdrawn."))
    sheet = Sheet(
        gettext("Withdraw %(number)s, on record twice"),
        gettext("Withdraw this record"),
        gettext(
            "Nothing is deleted. The record leaves lists and searches, its page "
            "names the one that stands, and it can be brought back."
        ),
    )
    return page(request, found, form, sheet)


@access.staff_who("registry.record")
def reinstate(request: access.Request, arm_id: int) -> HttpResponse:
    """Bring back an arm that was withdrawn."""
    found = queries.arm_page(arm_id, viewer=request.viewer)
    form = fields.ReasonForm(acting.sent(request))

    def act() -> None:
        withdrawing.reinstate_arm(
            arm_id=arm_id, reason=form.cleaned_data["reason"], **request.how
        )

    if acting.is_done(request, form, act):
        return back(request, arm_id, gettext("The record is back."))
    sheet = Sheet(gettext("Bring %(number)s back"), gettext("Bring the record back"))
    return page(request, found, form, sheet)


def first(found: queries.ArmPage) -> dict[str, object]:
    """Give what the form of an act begins with: what was seen, and today."""
    return {"seen": found.newest_event, "happened_on": timezone.localdate()}


def back(request: access.Request, arm_id: int, done: str) -> HttpResponse:
    """Go back to the page of an arm, and say what was done."""
    messages.success(request, done)
    return redirect("arm", arm_id)


def page(
    request: access.Request,
    found: queries.ArmPage,
    form: fields.DeskForm,
    sheet: Sheet,
    **more: object,
) -> HttpResponse:
    """Show the page of an act on an arm."""
    context = {
        "arm": found,
        "now": arms.standing(found),
        "heading": sheet.heading % {"number": found.row.reference},
        "intro": sheet.intro,
        "verb": sheet.verb,
        "other": sheet.other,
        "back": reverse("arm", args=[found.row.arm_id]),
        **more,
    }
    return acting.show(request, sheet.name, form, context)
