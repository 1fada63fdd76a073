"""What a desk states of a subject and of a link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.intelligence import queries
from armstrace.vocabulary.intelligence import SUBJECT_KINDS
from armstrace.web import fields

KINDS = [(kind.value, _(kind.label)) for kind in SUBJECT_KINDS]


class SubjectFilters(fields.DeskForm):
    """What narrows the list of subjects."""

    q = forms.CharField(
        label=_("Number of the subject or of a document, or part of the name"),
        required=False,
        max_length=200,
        widget=fields.marks_input(),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("any")), *KINDS]
    )

    def to_filter(self) -> queries.SubjectFilter:
        """Give the filter; a field that cannot be read narrows nothing."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        return queries.SubjectFilter(given.get("q", ""), given.get("kind", ""))
