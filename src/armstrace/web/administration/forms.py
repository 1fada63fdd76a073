"""What narrows the list of ledger entries."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.audit import queries
from armstrace.vocabulary.ledger import Operation
from armstrace.web import days, fields, record_numbers
from armstrace.web.lists import exports

ENTRIES = 50
EXPORTED: exports.Columns = {
    "entry": "seq",
    "when_utc": lambda row: row.at.isoformat(),
    "act": "act",
    "operation": "operation",
    "who": "actor",
    "agency": "agency",
    "role": "role",
    "purpose": "purpose",
    "records": lambda row: ", ".join(
        f"{table} {kind} {count}" for table, kind, count in row.subjects
    ),
    "codes": lambda row: json.dumps(row.codes, ensure_ascii=False, sort_keys=True),
}


class LedgerFilters(fields.DeskForm):
    """Which record, who acted, what was done."""

    record = fields.mark(
        _("Record, for example R2376 or registry.arm:12"), required=False
    )
    actor = fields.line(_("Who"), required=False)
    operation = fields.any_of(Operation, _("What was done"))
    act = fields.mark(_("Act, or how it begins"), required=False)
    since = fields.day(_("From"), required=False)
    until = fields.day(_("To"), required=False)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def to_filter(self) -> queries.EntryFilter:
        """Give the filter; a field that cannot be read narrows nothing."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        return queries.EntryFilter(
            record=_label(given.get("record", "")),
            actor=given.get("actor", ""),
            operation=given.get("operation", ""),
            act=given.get("act", ""),
            before=given.get("before"),
            **days.moments_of(given.get("since"), given.get("until")),
        )


def _label(record: str) -> str:
    """Give a record as the ledger writes it, from its number too."""
    found = record_numbers.identity_of(record)
    return f"{found[0]}:{found[1]}" if found else record
