"""What narrows the list of ledger entries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.audit import queries
from armstrace.vocabulary.ledger import Operation
from armstrace.web import fields

ENTRIES = 50


class LedgerFilters(fields.DeskForm):
    """Which record, who acted, what was done."""

    record = forms.CharField(
        label=_("Record, for example registry.arm:12"),
        required=False,
        widget=fields.marks_input(),
    )
    actor = forms.CharField(label=_("Who"), required=False)
    operation = forms.ChoiceField(
        label=_("What was done"),
        required=False,
        choices=fields.codes(Operation, empty=_("any")),
    )
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def to_filter(self) -> queries.EntryFilter:
        """Give the filter; a field that cannot be read narrows nothing."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        return queries.EntryFilter(
            record=given.get("record", ""),
            actor=given.get("actor", ""),
            operation=given.get("operation", ""),
            before=given.get("before"),
        )
