"""What an auditor asks of the consultations, and of a checkpoint that was kept."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.audit import consulted
from armstrace.licensing import queries as licensing
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.ledger import Access
from armstrace.web import days, fields, record_numbers

LARGEST_NOTE_BYTES = 64 * 1024


class PeriodFilters(fields.DeskForm):
    """In which period somebody looked."""

    since = fields.day(_("From"), required=False)
    until = fields.day(_("To"), required=False)
    before = forms.IntegerField(
        required=False, widget=forms.HiddenInput, min_value=0, max_value=2**62
    )

    def to_period(self) -> consulted.ConsultationFilter:
        """Give the period; what cannot be read narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        return consulted.ConsultationFilter(
            **days.moments_of(given.get("since"), given.get("until")),
            before=given.get("before"),
        )


class ConsultationFilters(PeriodFilters):
    """Which record or agency, who looked, how, to what end, in which period."""

    def __init__(self, *args: Any, viewer: Actor) -> None:  # noqa: ANN401
        """Ask for what this person may ask of the records."""
        super().__init__(*args)
        self.viewer = viewer

    field_order = ("record", "agency", "actor", "kind", "purpose", "since", "until")
    record = fields.mark(_("Record or holder, for example R2376"), required=False)
    agency = fields.line(_("Agency whose records"), required=False)
    actor = fields.line(_("Who looked"), required=False)
    kind = fields.any_of(Access, _("How"))
    purpose = fields.any_of(Purpose, _("Purpose"))

    def clean_record(self) -> tuple[str, int] | None:
        """Read the number of a record or of a holder."""
        text = str(self.cleaned_data["record"]).strip()
        if not text:
            return None
        found = record_named(text)
        if found is None:
            raise forms.ValidationError(
                gettext("Write a record as R12, C3 or X4, or the number of a holder.")
            )
        if not consulted.has_been(found, viewer=self.viewer):
            msg = gettext("There is no record %(record)s here; check the number.")
            raise forms.ValidationError(msg % {"record": text})
        return found

    def to_filter(self) -> consulted.ConsultationFilter:
        """Give the filter of a form that is valid."""
        given = self.cleaned_data
        return replace(
            self.to_period(),
            record=given["record"],
            agency=given["agency"].strip(),
            actor=given["actor"].strip(),
            purpose=given["purpose"],
            kind=given["kind"],
        )


class NoteForm(fields.DeskForm):
    """A checkpoint that somebody outside kept."""

    note = forms.FileField(label=_("The checkpoint that was kept"))

    def clean_note(self) -> str:
        """Read the text of the note."""
        content = self.cleaned_data["note"].read(LARGEST_NOTE_BYTES)
        try:
            return str(content.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(
                gettext("This is not a checkpoint; choose the file that was kept.")
            ) from error


def record_named(text: str) -> tuple[str, int] | None:
    """Give the table and key of a record's number or of a holder's."""
    found = record_numbers.identity_of(text)
    if found is not None:
        return found
    holders = licensing.holder_ids([text])
    return ("licensing.holder", holders[text]) if text in holders else None
