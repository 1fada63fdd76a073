"""What narrows the list of warnings, and what becomes of one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.risk.queries.early_warnings import WarningFilter
from armstrace.vocabulary.warnings import WarningKind, WarningState
from armstrace.web import fields


class WarningFilters(fields.FilterForm[WarningFilter]):
    kind = fields.any_of(WarningKind, _("Kind"))
    state = fields.any_of(WarningState, _("Status"))


class DecisionForm(fields.DeskForm):
    state = fields.code(WarningState, _("Status"))
    reason = fields.line(
        _("Reason"),
        required=False,
        help_text=_(
            "Needed to dismiss it or to give it back; else what was done, if anything."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
