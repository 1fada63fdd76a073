"""What narrows and orders the list of recoveries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.recoveries import queries
from armstrace.tracing import queries as tracing
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.web import fields

FIRST_YEAR, LAST_YEAR = 1900, 2100


class RecoveryFilters(fields.DeskForm):
    """What narrows the list."""

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
    sort = forms.ChoiceField(
        required=False,
        choices=fields.codes(queries.RecoveryOrder, empty=""),
        widget=forms.HiddenInput,
    )

    def offer(self, known: queries.Choices) -> None:
        """Offer what the records bear: regions and agencies, and makes as typed."""
        fields.chosen_of(self, "region", known.regions)
        fields.chosen_of(self, "agency", known.agencies)
        fields.suggest(self, "make", known.makes)

    def order(self) -> queries.RecoveryOrder:
        """Give the order of the list, the latest first where none is asked for."""
        chosen = getattr(self, "cleaned_data", {}).get("sort")
        return queries.RecoveryOrder(chosen or queries.RecoveryOrder.NEWEST.value)

    def standing(self) -> tracing.Standing | None:
        """Give where the trace is to stand, None for any."""
        chosen = getattr(self, "cleaned_data", {}).get("stands")
        return tracing.Standing(chosen) if chosen else None

    def to_filter(self) -> queries.RecoveryFilter:
        """Give the filter; a field that cannot be read narrows nothing."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        return queries.RecoveryFilter(
            text=given.get("q", ""),
            kind=given.get("kind", ""),
            arm_type=given.get("arm_type", ""),
            serial_status=given.get("serial_status", ""),
            make=given.get("make", ""),
            region=given.get("region", ""),
            agency=given.get("agency", ""),
            year=given.get("year"),
            order=self.order(),
        )
