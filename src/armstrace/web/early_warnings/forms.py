"""What narrows the list of warnings, and what becomes of one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.risk.inputs import WarningDecision
from armstrace.risk.queries.early_warnings import WarningFilter
from armstrace.vocabulary.warnings import WarningKind, WarningState
from armstrace.web import fields

DECISIONS = (WarningState.TAKEN, WarningState.DISMISSED, WarningState.ACTED)


class WarningFilters(fields.DeskForm):
    """What narrows the list of warnings."""

    kind = fields.any_of(WarningKind, _("Kind"))
    state = fields.any_of(WarningState, _("Status"))

    def to_filter(self) -> WarningFilter:
        """Read what narrows; what cannot be read narrows nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        return WarningFilter(given.get("state", ""), given.get("kind", ""))


class DecisionForm(fields.DeskForm):
    """What becomes of a warning."""

    state = forms.TypedChoiceField(
        label=_("Status"),
        choices=[(each.value, _(each.label)) for each in DECISIONS],
        coerce=WarningState,
    )
    reason = fields.line(
        _("Reason"),
        500,
        required=False,
        help_text=_("Needed to dismiss it; else what was done, if anything."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def decision(self) -> WarningDecision:
        """Give what was decided."""
        said = self.cleaned_data
        return WarningDecision(
            state=said["state"], reason=said["reason"], seen=said["seen"]
        )
