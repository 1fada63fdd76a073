"""What narrows and orders the list of recoveries."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.recoveries import queries
from armstrace.tracing import queries as tracing
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.web import fields

FIRST_YEAR, LAST_YEAR = 1900, 2100


class RecoveryFilters(fields.FilterForm[queries.RecoveryFilter]):
    """What narrows the list."""

    named: ClassVar = {"q": "text", "sort": "order"}

    q = fields.mark(_("Serial, number, case, make or place"), required=False)
    kind = fields.any_of(RecoveryKind, _("How"))
    arm_type = fields.any_of(ArmType, _("Type"))
    serial_status = fields.any_of(SerialStatus, _("Serial number"))
    make = fields.line(_("Make"), required=False)
    region = fields.line(_("Region"), required=False)
    agency = fields.line(_("Agency"), required=False)
    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    stands = fields.any_of(tracing.Standing, _("Status"))
    sort = fields.code(
        queries.RecoveryOrder, "", required=False, empty="", widget=forms.HiddenInput
    )

    def offer(self, known: queries.Choices) -> None:
        """Offer what the records bear: regions and agencies, and makes as typed."""
        fields.chosen_of(self, "region", known.regions)
        fields.chosen_of(self, "agency", known.agencies)
        fields.suggest(self, "make", known.makes)

    def standing(self) -> tracing.Standing | None:
        """Give where the trace is to stand, None for any."""
        return getattr(self, "cleaned_data", {}).get("stands") or None
