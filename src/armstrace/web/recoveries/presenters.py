"""One recovery as its page and its exported row show it."""

from django.urls import reverse

from armstrace.recoveries import queries
from armstrace.tracing import queries as tracing
from armstrace.vocabulary.actors import Actor
from armstrace.web import access
from armstrace.web.ballistics import links
from armstrace.web.marks import candidates, readings
from armstrace.web.provenance import chains, holders
from armstrace.web.recoveries import forms
from armstrace.web.tracing import pages

TOP = 5


def where(item: queries.RecoveredArm) -> str:
    """Write where it was recovered."""
    record = item.record
    return chains.where(record.place, record.region, record.country)


def history(item: queries.RecoveredArm) -> tuple[readings.VersionShown, ...]:
    """Give the states of knowledge about a recovery, newest first."""
    return readings.history(
        [(v.known_at, v.source, v.reason, v.values) for v in item.history]
    )


def as_form(item: queries.RecoveredArm, *, taken_from: str) -> dict[str, object]:
    """Give what a correction begins with: the present state of knowledge."""
    record = item.record
    same = (
        *("recovery_kind", "recovered_on", "agency", "case_number", "place", "region"),
        *("country", "place_kind", "legal_justification", "criminal_contexts"),
        *("modification", "seal_number", "custody_number", "taken_from_is_holder"),
        "notes",
    )
    return {name: getattr(record, name) for name in same} | {
        "arm_type": record.type_as_written,
        "make": record.make_as_written,
        "model": record.model_as_written,
        "calibre": record.calibre_as_written,
        "serial": record.serial_as_marked,
        "country_of_manufacture": record.country_as_written,
        "import_mark": record.import_mark_as_written,
        "other_marks": record.other_marks_as_written,
        "offences": record.offences_as_written,
        "taken_from": taken_from,
    }


def correction(
    item: queries.RecoveredArm, request: access.Request
) -> forms.CorrectionForm:
    """Give the form of a correction, filled with what is known now.

    The person is read only where the form is shown; what is sent back stands.
    """
    given, person = request.POST or None, ""
    if given is None:
        person = queries.taken_from(
            item.recovery_id, viewer=request.viewer, at=request.at, reason="correction"
        )
    return forms.CorrectionForm(given, initial=as_form(item, taken_from=person))


def page(
    item: queries.RecoveredArm,
    *,
    viewer: Actor,
    asking: holders.Asking | None = None,
) -> dict[str, object]:
    """Gather what the page of a recovery shows.

    Args:
        item: The recovered arm.
        viewer: Who looks.
        asking: The request to have the persons of the chain named.
    """
    agency = item.record.agency
    return {
        "item": item,
        "readings": readings.shown(item.record),
        "where": where(item),
        "history": history(item),
        "photo_form": forms.PhotographForm(),
        "recovery_id": item.recovery_id,
        "may_see_person": _may_see_person(viewer, agency),
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
        **_candidates(item, viewer),
        **_trace(item, viewer, asking),
    }


def _may_see_person(viewer: Actor, agency: str) -> bool:
    return viewer.may("holder.view") or viewer.may_for("recovery.correct", agency)


def _candidates(item: queries.RecoveredArm, viewer: Actor) -> dict[str, object]:
    if not viewer.may("registry.view"):
        return {}
    found = tracing.candidates_of(item.record, viewer=viewer, top=TOP)
    arms = {one.arm.arm_id: one.arm for one in found.shown}
    return {"ranking": candidates.shown(found.ranking, arms, item.judgements)}


def _trace(
    item: queries.RecoveredArm, viewer: Actor, asking: holders.Asking | None
) -> dict[str, object]:
    if not viewer.may("trace.view"):
        return {}
    gathered = pages.trace_of(item, viewer=viewer, asking=asking)
    names = (
        *("trace", "standing", "facts", "acts", "chain", "finding", "may_trace"),
        "holders",
    )
    address = reverse("recovery-holders", args=[item.recovery_id])
    return {name: gathered[name] for name in names} | {"holders_address": address}
