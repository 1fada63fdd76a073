"""What opens a campaign, and what is asked at its desk."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.collection import (
    Amnesty,
    HandInState,
    Identification,
    Incentive,
)
from armstrace.web import fields


class CampaignForm(fields.DeskForm):
    fills: ClassVar = ("collection.Campaign",)
    name = fields.line(_("Name of the campaign"))
    begins_on = fields.day(_("First day"))
    ends_on = fields.day(_("Last day"))
    places = fields.lines(_("Places of its desks, one per line"), rows=4, most=4_000)
    amnesty = fields.code(Amnesty, _("Amnesty"))
    identification = fields.code(Identification, _("Hand-in"))
    incentive = fields.code(Incentive, _("Incentive"))
    currency = fields.line(_("Currency or unit"), required=False)
    rates = fields.lines(
        _("Rates, one per line"),
        rows=4,
        most=4_000,
        required=False,
        help_text=_("Type of arm, amount, first day: PISTOL, 100, 2026-01-31"),
    )


class SettleForm(fields.DeskForm):
    outcome = forms.TypedChoiceField(
        label=_("Which arm is it?"),
        choices=[
            ("", _("choose")),
            ("KEPT", _("one that was lost, stolen or held by the State")),
            ("SAME", _("one that was taken in twice")),
            ("TAKEN", _("another one: its incentive is due")),
        ],
        coerce=HandInState,
    )
    reason = fields.line(_("Reason"))


class HandInForm(fields.DeskForm):
    fills: ClassVar = ("collection.HandIn",)
    photograph = fields.file(_("Photograph"), "image/jpeg,image/png,image/webp")
    arm_type = fields.code(ArmType, _("Type of arm"), empty=_("choose"))
    make = fields.mark(_("Make and model"), 120, required=False)
    serial = fields.mark(_("Serial as marked"), 120, required=False)
    calibre = fields.mark(_("Calibre"), 60, required=False)
    place = forms.ChoiceField(label=_("Desk"))
    observer = fields.mark(_("Code of the observer"), required=False)
    bringer = fields.line(_("Name of the person who brings it"), 200, required=False)

    def ask(self, places: list[str], *, is_anonymous: bool) -> None:
        """Offer the desks; a name is asked in a campaign by name alone."""
        fields.offer(self, "place", [(place, place) for place in places])
        if is_anonymous:
            del self.fields["bringer"]
        self.fields["photograph"].widget.attrs["capture"] = "environment"
