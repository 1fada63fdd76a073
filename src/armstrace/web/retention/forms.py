"""What narrows the list of records, and the forms of holds and erasures."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.retention.inputs import HoldInput, KeptFilter
from armstrace.vocabulary.retention import KeptKind, KeptState
from armstrace.web import fields


class KeptFilters(fields.FilterForm[KeptFilter]):
    """What narrows the list of records."""

    kind = fields.code(KeptKind, _("Kind"), required=False)
    state = fields.any_of(KeptState, _("Status"))
    number = fields.mark(_("Number"), 24, required=False)
    as_of = fields.day(_("As of"), required=False)


class HoldForm(fields.DeskForm):
    """A legal hold."""

    fills: ClassVar = ("retention.LegalHold",)
    number = fields.mark(_("Record"), help_text=_("A3, H5 or R12"))
    reason = fields.line(_("Reason"))
    order_number = fields.mark(_("Number of the order"), required=False)
    review_on = fields.day(_("To be reviewed on"))

    def given(self) -> HoldInput:
        """Give the hold."""
        return self.build(HoldInput)


class DecisionForm(fields.ReasonForm):
    """What becomes of a proposal to erase."""

    is_agreed = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Erase these records")), ("no", _("Refuse"))],
        coerce=lambda said: said == "yes",
    )
    field_order = ("is_agreed", "reason")
