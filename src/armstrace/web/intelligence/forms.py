"""What a desk states of a subject, a link and a judgement."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from armstrace.intelligence import queries
from armstrace.intelligence.inputs import LinkInput, Provenance, SubjectInput
from armstrace.vocabulary.intelligence import (
    ASSERTED_KINDS,
    SUBJECT_KINDS,
    Basis,
    PersonCategory,
    Sameness,
)
from armstrace.vocabulary.networks import (
    HandlingCode,
    InformationGrade,
    LinkKind,
    NodeKind,
    SourceGrade,
)
from armstrace.web import fields

KINDS = [(kind.value, _(kind.label)) for kind in SUBJECT_KINDS]
GRADES = {
    vocabulary: [
        (each.value, format_lazy("{}: {}", each.value, _(each.label)))
        for each in vocabulary
    ]
    for vocabulary in (SourceGrade, InformationGrade, HandlingCode)
}
GRADED = (
    *("source", "source_grade", "information_grade", "handling", "restriction"),
    "review_on",
)
ENUMS = {
    "source_grade": SourceGrade,
    "information_grade": InformationGrade,
    "handling": HandlingCode,
}
EVIDENCE = _("What it rests on")


def _lines(**attributes: str) -> forms.Textarea:
    return forms.Textarea({"rows": "3"} | attributes)


class SubjectFilters(fields.DeskForm):
    """What narrows the list of subjects."""

    q = fields.mark(
        _("Number of the subject or of a document, or a name in any spelling"),
        200,
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("any")), *KINDS]
    )

    def to_filter(self) -> queries.SubjectFilter:
        """Give the filter; a field that cannot be read narrows nothing."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        return queries.SubjectFilter(given.get("q", ""), given.get("kind", ""))


class ProvenanceForm(fields.DeskForm):
    """Where information comes from, how good it is, how it is handled."""

    source = fields.line(_("Source"), 80, help_text=_("Who or what said it."))
    source_grade = forms.ChoiceField(
        label=_("How reliable the source is"),
        choices=GRADES[SourceGrade],
        initial=SourceGrade.X.value,
    )
    information_grade = forms.ChoiceField(
        label=_("How accurate the information is"),
        choices=GRADES[InformationGrade],
        initial=InformationGrade.UNCONFIRMED.value,
    )
    handling = forms.ChoiceField(label=_("Handling code"), choices=GRADES[HandlingCode])
    restriction = fields.line(
        _("Restrictions, as written"),
        300,
        required=False,
        help_text=_("Needed with H3."),
    )
    review_on = fields.day(_("Review by"))

    def provenance(self) -> Provenance:
        """Give where it comes from and how it is handled."""
        given = {name: self.cleaned_data[name] for name in GRADED}
        return Provenance(
            **given | {name: code(given[name]) for name, code in ENUMS.items()}
        )


class SubjectForm(ProvenanceForm):
    """One subject as a source names it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    name = fields.line(_("Name, number or address, as written"), 200)
    other_names = forms.CharField(
        label=_("Other names and spellings"),
        required=False,
        widget=_lines(dir="auto"),
        help_text=_("One a line, in any script."),
    )
    born = fields.line(
        _("Born"), 40, required=False, help_text=_("Day or year, as written.")
    )
    document = fields.mark(
        _("Number of a paper, plate, frame or register"), 120, required=False
    )
    place = fields.line(_("Place"), 200, required=False)
    category = fields.code(
        PersonCategory,
        _("Category of the person"),
        initial=PersonCategory.UNKNOWN.value,
    )
    basis = fields.code(Basis, EVIDENCE)
    notes = forms.CharField(label=_("Notes"), required=False, widget=_lines())

    field_order: tuple[str, ...] = (
        *("kind", "name", "other_names", "born", "document", "place", "category"),
        *("basis", "notes"),
        *GRADED,
    )

    def to_input(self, kind: str = "") -> SubjectInput:
        """Give the statement of a form that is in order.

        Args:
            kind: The kind of a subject that is corrected; what was chosen else.
        """
        given = self.cleaned_data
        texts = ("name", "other_names", "born", "document", "place", "notes")
        return SubjectInput(
            kind=NodeKind(kind or given["kind"]),
            provenance=self.provenance(),
            category=PersonCategory(given["category"]),
            basis=Basis(given["basis"]),
            **{name: given[name] for name in texts},
        )


class CorrectSubjectForm(SubjectForm):
    """A subject as it is known, with the reason that a correction needs."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = fields.correction_reason()

    field_order = ("reason", *SubjectForm.field_order)

    def __init__(self, *args: Any, **given: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **given)
        del self.fields["kind"]


class LinkForm(ProvenanceForm):
    """A link that a person asserts."""

    start = fields.mark(
        _("From"),
        24,
        help_text=_("Number of a record, such as P12, R5, A7 or H3."),
        dir="ltr",
    )
    kind = forms.ChoiceField(
        label=_("What links them"),
        choices=[(kind.value, _(kind.label)) for kind in ASSERTED_KINDS],
    )
    end = fields.mark(_("To"), 24, dir="ltr")
    told = forms.CharField(label=EVIDENCE, required=False, widget=_lines())
    from_on = fields.day(_("From day"), required=False)
    until_on = fields.day(_("Until day"), required=False)

    field_order = ("start", "kind", "end", "told", "from_on", "until_on", *GRADED)

    def to_input(self) -> LinkInput:
        """Give the statement of a form that is in order."""
        given = self.cleaned_data
        return LinkInput(
            kind=LinkKind(given["kind"]),
            provenance=self.provenance(),
            **{
                name: given[name]
                for name in ("start", "end", "told", "from_on", "until_on")
            },
        )


class SamenessForm(fields.DeskForm):
    """A judgement on two records."""

    first = fields.mark(_("Subject"), 24, dir="ltr")
    second = fields.mark(
        _("Other record"),
        24,
        help_text=_(
            "Another subject, a holder (H3), or a recovery (R5) for the person that "
            "the arm was taken from."
        ),
        dir="ltr",
    )
    judgement = fields.code(Sameness, _("Judgement"))
    handling = forms.ChoiceField(label=_("Handling code"), choices=GRADES[HandlingCode])
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=_lines())
