"""One recovery as its page and its exported row show it."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.recoveries import queries
from armstrace.recoveries.fields import BY_NAME
from armstrace.registry import queries as registry
from armstrace.tracing import queries as tracing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.procedures import StepAnswer, StepStanding
from armstrace.web import access
from armstrace.web.ballistics import links
from armstrace.web.custody import presenters as custody
from armstrace.web.investigations import presenters as cases
from armstrace.web.marks import candidates, readings
from armstrace.web.procedures import steps
from armstrace.web.provenance import chains, holders
from armstrace.web.recoveries import forms
from armstrace.web.recoveries.correction_form import CorrectionForm, Versions
from armstrace.web.registry import answers
from armstrace.web.risk import outcomes
from armstrace.web.tracing import pages

TOP = 5
KEEP = message(
    "Seal it and keep it apart until it is handed over; the tracing hub sees this "
    "record from now on."
)


def where(item: queries.RecoveredArm) -> str:
    """Write where it was recovered."""
    record = item.record
    return chains.where(record.place, record.region, record.country)


def history(item: queries.RecoveredArm) -> tuple[readings.VersionShown, ...]:
    """Give the states of knowledge about a recovery, newest first."""
    return readings.history(
        [(v.known_at, v.told_by, v.reason, v.values) for v in item.history]
    )


def as_form(values: Mapping[str, Any]) -> dict[str, object]:
    """Give what a correction begins with: one state of knowledge."""
    span = DateSpan.of(values["recovered_on"], values["recovered_until"])
    return {
        name: values[BY_NAME[name].column]
        for name in forms.RecoveryForm.base_fields
        if name in BY_NAME and name != "taken_from"
    } | {
        "recovered_on": span.first if span.is_day else None,
        "recovered_within": "" if span.is_day else str(span),
    }


def correction(item: queries.RecoveredArm, request: access.Request) -> CorrectionForm:
    """Give the form of a correction, from the version that the person saw.

    The person from whom the arm was taken is part of the form only once somebody
    asked for the name and said why, or where no name is on file.
    """
    asks = "show_person" in request.POST
    given = None if asks else request.POST or None
    is_on_file = queries.is_person_on_file(item.recovery_id, viewer=request.viewer)
    person = {} if is_on_file else {"taken_from": ""}
    if not person and (asks or "taken_from" in request.POST):
        person = _person_named(item, request)
    now = as_form(item.history[0].values) | person
    seen = str(item.record.pk) if given is None else given.get("version", "")
    known = {str(each.version): each.values for each in item.history}
    is_stale = seen in known and seen != str(item.record.pk)
    before = as_form(known[seen]) | person if is_stale else now
    seen_now = Versions(before, now, item.record.pk, is_stale)
    form = CorrectionForm(given, versions=seen_now)
    form.is_nameless = queries.keeps_no_name(item.recovery_id, viewer=request.viewer)
    if form.is_nameless and given is None:
        form.only(*form.fields.keys() - {"taken_from", "taken_from_is_holder"})
    if asks:
        typed = request.POST.dict()
        form.initial.update({n: typed[n] for n in form.fields if n in typed})
    every = request.viewer.agencies("recovery.correct")
    form.fields["agency"].disabled = not every.are_all
    return form


def _person_named(
    item: queries.RecoveredArm, request: access.Request
) -> dict[str, str]:
    reason = request.POST.get("why_person") or request.POST.get("reason", "")
    name = queries.taken_from(item.recovery_id, **request.asking, reason=reason)
    return {"taken_from": name}


def page(
    item: queries.RecoveredArm,
    *,
    viewer: Actor,
    asking: holders.Asking | None = None,
    is_new: bool = False,
) -> dict[str, object]:
    """Gather what the page of a recovery shows.

    Args:
        asking: The request to have the persons of the chain named.
        is_new: It was recorded just now: the page answers first what the arm is.
    """
    agency = item.record.agency
    shown: dict[str, Any] = as_it_was(item) | {
        "doubles": queries.doubles_of(item.recovery_id, viewer=viewer),
        **_nameless(item, viewer),
        "recovery_id": item.recovery_id,
        "may_see_person": viewer.may("holder.view")
        or viewer.may_for("recovery.correct", agency),
        "may_judge": viewer.may_for("recovery.judge", agency),
        "may_correct": viewer.may_for("recovery.correct", agency),
        "may_see_photographs": viewer.may("evidence.view"),
        "may_photograph": viewer.may_for("evidence.add", agency),
        "ballistic": links.of_recovery(item.recovery_id, viewer=viewer),
        "decided": sorted(
            (*item.judgements, *item.judged_before),
            key=lambda one: one.known_at,
            reverse=True,
        ),
        **custody.of_recovery(item.recovery_id, agency, viewer=viewer),
        **cases.of_recovery(item.recovery_id, agency, viewer=viewer),
        **outcomes.of_recovery(item.recovery_id, viewer=viewer),
        **steps.of_recovery(item.recovery_id, viewer=viewer),
        **_candidates(item, viewer, is_new=is_new),
        **_trace(item, viewer, asking),
    }
    return shown | {"undecided": _open_pairs(shown)}


def _nameless(item: queries.RecoveredArm, viewer: Actor) -> dict[str, object]:
    """Give what the page asks for where nobody may be named, and where one may."""
    is_nameless = queries.keeps_no_name(item.recovery_id, viewer=viewer)
    form = forms.PhotographForm()
    if is_nameless:
        del form.fields["caption"]
        form.fields["file"].help_text = gettext(
            "JPEG or PNG. Only the picture is kept, without location, device or "
            "file name."
        )
    return {"is_nameless": is_nameless, "photo_form": form}


def _open_pairs(shown: Mapping[str, Any]) -> str:
    """Name the near-certain candidate that a note passed over, if there is one."""
    panel, ranking = shown.get("panel"), shown.get("ranking")
    is_noted = panel is not None and any(
        one.answer is StepAnswer.IDENTIFICATION
        and one.state is StepStanding.DONE
        and not one.record
        for one in panel.steps
    )
    if not is_noted or ranking is None:
        return ""
    sure = (one for one in ranking.candidates if one.probability >= registry.SURE)
    return next((one.reference for one in sure if not one.meaning), "")


def as_it_was(item: queries.RecoveredArm) -> dict[str, Any]:
    """Give what the record of a recovered arm alone says of it."""
    return {
        "item": item,
        "readings": readings.shown(item.record),
        "where": where(item),
        "history": history(item),
    }


def _candidates(
    item: queries.RecoveredArm, viewer: Actor, *, is_new: bool
) -> dict[str, object]:
    if not viewer.may("registry.view"):
        return {}
    found = tracing.candidates_of(
        item.record, viewer=viewer, top=TOP, judgements=item.judgements
    )
    arms = {one.arm.arm_id: one.arm for one in found.shown}
    shown: dict[str, object] = {
        "ranking": candidates.shown(found.ranking, arms, item.judgements)
    }
    if is_new:
        borne = registry.borne(item.record.serial_as_marked, viewer=viewer)
        arms |= registry.arms_by_id([one.arm_id for one in borne], viewer=viewer)
        said = answers.answer(
            item.record,
            found.ranking,
            arms,
            viewer=viewer,
            borne=borne,
            but=item.recovery_id,
        )
        shown["answer"] = answers.once_taken(said, KEEP)
    else:
        shown["answer"] = answers.lasting_answer(
            found.ranking, arms, item.judgements, viewer=viewer
        )
    return shown


def _trace(
    item: queries.RecoveredArm, viewer: Actor, asking: holders.Asking | None
) -> dict[str, object]:
    if not viewer.may("trace.view"):
        return {}
    gathered = pages.trace_of(item, viewer=viewer, asking=asking)
    names = (
        *("trace", "standing", "facts", "acts", "chain", "finding", "may_trace"),
        *("holders", "assigned", "assign"),
    )
    address = reverse("recovery-holders", args=[item.recovery_id])
    return {name: gathered[name] for name in names} | {"holders_address": address}
