"""Record a mark that an arm was given."""

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.registry import queries
from armstrace.registry.actions import marks
from armstrace.vocabulary.arms import PartType
from armstrace.vocabulary.marks import MarkKind, MarkMethod
from armstrace.web import access, acting, fields
from armstrace.web.registry import act_forms, acts


class MarkForm(act_forms.OnArm):
    """The mark, where it is on the arm, and how it was made."""

    kind = fields.code(MarkKind, _("Kind of mark"))
    text = fields.mark(_("Mark"), 400, help_text=_("Exactly as it is on the arm."))
    component = fields.code(
        PartType, _("Part that bears it"), initial=PartType.FRAME_OR_RECEIVER
    )
    position = fields.line(_("Where on the part"), 120, required=False)
    method = fields.code(MarkMethod, _("How it was made"), initial=MarkMethod.UNKNOWN)
    happened_on = fields.day(_("Day"))
    place = fields.line(_("Place"), 120, required=False)
    document = fields.line(_("Document"), 200, required=False)
    reason = fields.line(
        _("Reason, if it is marked again or is another’s number"),
        500,
        required=False,
    )


@access.staff_who("registry.event")
def mark(request: access.Request, arm_id: int) -> HttpResponse:
    """Record a new mark; those that it bore before stay on record."""
    found = queries.arm_page(arm_id, viewer=request.viewer)
    form = MarkForm(acting.sent(request), initial=acts.first(found))

    def act() -> None:
        marks.mark_arm(
            arm_id=arm_id,
            mark=form.build(marks.NewMark),
            seen=form.cleaned_data["seen"],
            **request.how,
        )

    if acting.is_done(request, form, act):
        return acts.back(request, arm_id, gettext("Recorded."))
    verb = gettext("Record a new mark")
    return acts.page(request, found, form, acts.Sheet("%(number)s: " + verb, verb))
