"""A clerk's acts on one arm: pass it on, record what happened, correct, withdraw."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from armstrace.licensing import queries as licensing
from armstrace.registry import queries
from armstrace.registry.actions import (
    converting,
    correcting,
    happening,
    marks,
    parts,
    passing,
    withdrawing,
)
from armstrace.registry.actions.passing import Handover
from armstrace.registry.categories import BUILD
from armstrace.registry.inputs import Happening
from armstrace.translation import translate
from armstrace.vocabulary.arms import (
    HAPPENINGS,
    LOSSES,
    ArmBasis,
    LifeEventKind,
    PartType,
    Passing,
)
from armstrace.web import access, acting, fields
from armstrace.web.provenance import holders
from armstrace.web.registry import act_forms, arms, looking

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
    Kind.CONVERTED: lambda: gettext("Record a conversion"),
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
    """What the page of an act says around its form, and what once it is done."""

    verb: str
    # With a place for the number of the arm; the number and the verb where empty.
    heading: str = ""
    intro: str = ""
    # Address and words of another act that may be meant.
    other: tuple[str, str] = ("", "")
    done: str | Callable[[], str] = ""


def shown(found: queries.ArmPage, request: access.Request) -> dict[str, object]:
    """Give what the page of an arm says of the acts that may come next."""
    offered = offers(found, request)
    return {
        "of_report": _of_report(found, request),
        "offers": [each for each in offered if not each.refusal],
        "refused_acts": [each for each in offered if each.refusal],
        "may_see_holders": request.viewer.may("holder.view"),
        "may_correct": request.viewer.may("registry.record"),
        "who_may": holders.roles_with("registry.event"),
    }


def _of_report(
    found: queries.ArmPage, request: access.Request
) -> list[tuple[str, str]]:
    """Offer to put an arm on the register that a report of loss alone tells of."""
    is_reported = found.row.basis == ArmBasis.LOSS_REPORT
    if not is_reported or not request.viewer.may("registry.record"):
        return []
    written = found.record.description
    marks = {name: getattr(written, name) for name in act_forms.MARKS}
    typed = urlencode({name: mark for name, mark in marks.items() if mark})
    return [(f"{reverse('arm-register')}?{typed}", gettext("Register this arm"))]


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
    Kind.CONVERTED: "arm-convert",
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
    if arms.standing(found).holder:
        del form.fields["giver"]
    receiver = acting.result_of(request, form, lambda: _receiver(request, found, form))
    sheet = Sheet(
        gettext("Confirm: pass the arm on") if receiver else gettext("Pass the arm on"),
        gettext("Pass %(number)s to another holder"),
        gettext("The holder on record gives it; the act records both sides."),
        done=gettext("The arm is passed on."),
    )
    if receiver is not None:
        return show(request, found, form, sheet, receiver=receiver)
    return answer(
        request,
        found,
        form,
        lambda how: passing.pass_arm(handover=form.build(Handover), **how),
        sheet,
    )


def _receiver(
    request: access.Request, found: queries.ArmPage, form: act_forms.PassForm
) -> dict[str, object] | None:
    """Give who would receive an arm, where it was not shown like that yet."""
    meant = form.meant if form.is_bound and form.is_valid() else None
    if meant is None or form.is_looked_at:
        return None
    given, viewer = form.cleaned_data, request.viewer
    names = licensing.names_for_keeper([meant.holder_id], viewer=viewer, at=request.at)
    told = Passing(given["manner"]), given["happened_on"]
    hands = given.get("giver", ""), meant.number
    lacking = queries.lacking_to_pass(found, hands, told, viewer=viewer, at=request.at)
    acting.refill(form, checked=form.key, holder=meant.number)
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
    form = act_forms.HappenForm(acting.sent(request), kind=what, initial=first(found))
    record = happening.report_loss if what in LOSSES else happening.record_happening
    return answer(
        request,
        found,
        form,
        lambda how: record(happening=form.build(Happening, kind=what), **how),
        Sheet(VERBS[what](), done=lambda: looking.say_happened(found, what, request)),
    )


@access.staff_who("registry.event")
def mark(request: access.Request, arm_id: int) -> HttpResponse:
    """Record a new mark; those that it bore before stay on record."""
    found = queries.arm_page(arm_id, viewer=request.viewer)
    form = act_forms.MarkForm(acting.sent(request), initial=first(found))
    return answer(
        request,
        found,
        form,
        lambda how: marks.mark_arm(mark=form.build(marks.NewMark), **how),
        Sheet(VERBS[Kind.MARKED](), done=gettext("Recorded.")),
    )


@access.staff_who("registry.event")
def exchange(request: access.Request, arm_id: int) -> HttpResponse:
    """Exchange a part; the one that comes off stays on record without an arm."""
    found = queries.arm_page(arm_id, viewer=request.viewer)
    form = act_forms.ExchangeForm(acting.sent(request), initial=first(found))
    on_it = [
        (part.pk, f"{gettext(PartType(part.part_type).label)} {part.serial_as_marked}")
        for part in found.parts
    ]
    fields.offer(form, "removed", [("", gettext("none on record")), *on_it])
    return answer(
        request,
        found,
        form,
        lambda how: parts.exchange_part(exchange=form.build(parts.Exchange), **how),
        Sheet(VERBS[Kind.PART_EXCHANGED](), done=gettext("Recorded.")),
    )


@access.staff_who("registry.record")
def correct(request: access.Request, arm_id: int) -> HttpResponse:
    """Correct the marks of an arm; the earlier state stays in its history."""
    found = queries.arm_page(arm_id, viewer=request.viewer)
    form = act_forms.CorrectForm(acting.sent(request), initial=_known(found))
    form.offer_makes(request)
    sheet = Sheet(
        gettext("Correct the arm"),
        gettext("Correct %(number)s"),
        gettext("Write the marks exactly as they are on the arm."),
        done=lambda: say_correction(form.changes(), gettext("The arm is corrected.")),
    )
    return answer(
        request,
        found,
        form,
        lambda how: correcting.correct_arm(
            changes=form.changes(), reason=form.cleaned_data["reason"], **how
        ),
        sheet,
    )


def _known(found: queries.ArmPage) -> dict[str, object]:
    written = found.record.description
    known = {name: getattr(written, name) for name in (*act_forms.MARKS, "other")}
    known |= {name: getattr(found.record, name) for name in BUILD}
    return known | {
        "notes": found.record.notes,
        "year_of_manufacture": found.record.year_of_manufacture,
        "version": found.record.pk,
    }


@access.staff_who("registry.record")
def convert(request: access.Request, arm_id: int) -> HttpResponse:
    """Record a conversion; the category in law follows from what was changed."""
    found = queries.arm_page(arm_id, viewer=request.viewer)
    initial = _known(found) | first(found)
    form = act_forms.ConvertForm(acting.sent(request), initial=initial)

    def act(how: dict[str, Any]) -> object:
        changes = form.changes()
        conversion = form.build(converting.Conversion, changes=changes)
        return converting.convert_arm(conversion=conversion, **how)

    sheet = Sheet(
        VERBS[Kind.CONVERTED](),
        intro=gettext(
            "Change what is different since the conversion. The category in law "
            "follows; the page of the arm keeps what was before."
        ),
        done=gettext("Recorded."),
    )
    return answer(request, found, form, act, sheet)


@access.staff_who("registry.record")
def withdraw(request: access.Request, arm_id: int) -> HttpResponse:
    """Withdraw an arm that is on record twice."""
    found = queries.arm_page(arm_id, viewer=request.viewer)
    form = act_forms.WithdrawForm(acting.sent(request))
    sheet = Sheet(
        gettext("Withdraw this record"),
        gettext("Withdraw %(number)s, on record twice"),
        gettext(
            "Nothing is deleted. The record leaves lists and searches, its page "
            "names the one that stands, and it can be brought back."
        ),
        done=gettext("The record is withdrawn."),
    )
    return answer(
        request,
        found,
        form,
        lambda how: withdrawing.withdraw_arm(
            same_as=form.cleaned_data["same_as"],
            reason=form.cleaned_data["reason"],
            **how,
        ),
        sheet,
    )


@access.staff_who("registry.record")
def reinstate(request: access.Request, arm_id: int) -> HttpResponse:
    """Bring back an arm that was withdrawn."""
    found = queries.arm_page(arm_id, viewer=request.viewer)
    form = fields.ReasonForm(acting.sent(request))
    sheet = Sheet(
        gettext("Bring the record back"),
        gettext("Bring %(number)s back"),
        done=gettext("The record is back."),
    )
    return answer(
        request,
        found,
        form,
        lambda how: withdrawing.reinstate_arm(**form.cleaned_data, **how),
        sheet,
    )


def first(found: queries.ArmPage) -> dict[str, object]:
    """Give what the form of an act begins with: what was seen, and today."""
    return {"seen": found.newest_event, "happened_on": timezone.localdate()}


def say_correction(changes: dict[str, Any], done: str) -> str:
    """Say what came of a correction that may have changed nothing."""
    unchanged = gettext("The record already says so; nothing was changed.")
    return done if changes else unchanged


def answer(
    request: access.Request,
    found: queries.ArmPage,
    form: fields.DeskForm,
    act: Callable[[dict[str, Any]], object],
    sheet: Sheet,
) -> HttpResponse:
    """Do an act on an arm and go back to it, or show the page of the act.

    Args:
        act: Given of which arm it is, what was seen of it, who does it and when.
    """

    def do() -> object:
        how = {"arm_id": found.row.arm_id, **request.how}
        for name in {*acting.SEEN} & form.fields.keys():
            how["seen"] = form.cleaned_data[name]
        return act(how)

    if isinstance(form, act_forms.LookedAt) and form.is_bound and form.is_valid():
        looked = acting.result_of(
            request, form, lambda: looking.look(found, form, request)
        )
        if looked:
            return show(request, found, form, sheet, about_to=looked)
    if not acting.is_done(request, form, do):
        return show(request, found, form, sheet)
    done = sheet.done
    messages.success(request, done if isinstance(done, str) else done())
    return redirect("arm", found.row.arm_id)


def show(
    request: access.Request,
    found: queries.ArmPage,
    form: fields.DeskForm,
    sheet: Sheet,
    **more: object,
) -> HttpResponse:
    """Show the page of an act on an arm."""
    heading = sheet.heading or f"%(number)s: {sheet.verb}"
    context = {
        "arm": found,
        "now": arms.standing(found),
        "heading": heading % {"number": found.row.reference},
        "intro": sheet.intro,
        "verb": sheet.verb,
        "other": sheet.other,
        "back": reverse("arm", args=[found.row.arm_id]),
        **more,
    }
    return acting.show(request, "registry/act.html", form, context)
