"""Exchange a part of an arm that bears a number of its own."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.registry import queries
from armstrace.registry.actions import parts
from armstrace.vocabulary.arms import PartType
from armstrace.web import access, acting, fields
from armstrace.web.registry import act_forms, acts


class ExchangeForm(act_forms.OnArm):
    """Which part comes on an arm, and which comes off."""

    part_type = forms.ChoiceField(
        label=_("Part"),
        choices=[
            (kind.value, _(kind.label))
            for kind in PartType
            if kind is not PartType.FRAME_OR_RECEIVER
        ],
    )
    serial = fields.mark(
        _("Number on the part fitted"),
        400,
        required=False,
        help_text=_("As marked; leave empty if no part was fitted."),
    )
    removed = forms.TypedChoiceField(
        label=_("Part removed"), required=False, coerce=int, empty_value=None
    )
    happened_on = fields.day(_("Day"))
    place = fields.line(_("Place"), 120, required=False)
    document = fields.line(_("Document"), 200, required=False)
    notes = fields.line(_("Notes"), 500, required=False)

    def to_exchange(self) -> parts.Exchange:
        """Give what the form states."""
        given = {n: v for n, v in self.cleaned_data.items() if n != "seen"}
        return parts.Exchange(**given | {"part_type": PartType(given["part_type"])})


@access.staff_who("registry.event")
def exchange(request: access.Request, arm_id: int) -> HttpResponse:
    """Exchange a part; the one that comes off stays on record without an arm."""
    found = queries.arm_page(arm_id, viewer=request.viewer)
    form = ExchangeForm(acting.sent(request), initial=acts.first(found))
    on_it = [
        (part.pk, f"{gettext(PartType(part.part_type).label)} {part.serial_as_marked}")
        for part in found.parts
    ]
    fields.offer(form, "removed", [("", gettext("none on record")), *on_it])

    def act() -> None:
        parts.exchange_part(
            arm_id=arm_id,
            exchange=form.to_exchange(),
            seen=form.cleaned_data["seen"],
            **request.how,
        )

    if acting.is_done(request, form, act):
        return acts.back(request, arm_id, gettext("Recorded."))
    verb = gettext("Exchange a part")
    return acts.page(request, found, form, acts.Sheet("%(number)s: " + verb, verb))
