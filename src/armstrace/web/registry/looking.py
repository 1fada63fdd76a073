"""What a clerk looks at before an act on an arm, and reads once it is done."""

from django.utils.translation import gettext

from armstrace.registry import queries
from armstrace.registry.inputs import Happening
from armstrace.vocabulary.arms import LOSSES, LifeEventKind
from armstrace.web import access, acting
from armstrace.web.registry import act_forms


def look(
    found: queries.ArmPage, form: act_forms.LookedAt, request: access.Request
) -> list[tuple[object, object]]:
    """Give what will be recorded, where nobody looked at it yet.

    Raises:
        RuleBroken: The act would refuse it.
    """
    if form.is_looked_at:
        return []
    told = form.told
    if isinstance(form, act_forms.HappenForm):
        stated = form.build(Happening, kind=form.kind)
        queries.foretell(found, stated, **request.asking)
    else:
        kept = queries.arm_page(form.cleaned_data["same_as"], viewer=request.viewer).row
        queries.foretell_withdrawal(found, kept.arm_id, viewer=request.viewer)
        marks = f"{kept.reference} {kept.make} {kept.model}, {kept.serial_as_marked}"
        told = [(gettext("The record that is kept"), marks), *told[1:]]
    acting.refill(form, checked=form.key)
    return told


def say_happened(
    found: queries.ArmPage, what: LifeEventKind, request: access.Request
) -> str:
    """Say what was recorded of which arm, and the number of a report."""
    said = {"arm": found.row.reference, "what": gettext(what.label)}
    if what not in LOSSES:
        return gettext("On record for %(arm)s: %(what)s.") % said
    now = queries.arm_page(found.row.arm_id, viewer=request.viewer)
    said["number"] = max(now.loss_reports, key=lambda each: each.pk).source_number
    return gettext("On record for %(arm)s: %(what)s, report %(number)s.") % said
