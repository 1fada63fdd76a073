"""What a desk states of a subject, a link and a judgement."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from armstrace.intelligence import queries
from armstrace.intelligence.inputs import LinkInput, Provenance, SubjectInput
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.codes import Code
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
    NodeKind,
    SourceGrade,
)
from armstrace.web import fields

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

GRADED = (
    *("source", "source_grade", "information_grade", "handling", "restriction"),
    "review_on",
)
EVIDENCE = _("What it rests on")


def grade_field(
    vocabulary: type[Code],
    label: "_StrOrPromise",
    **given: Any,  # noqa: ANN401 - Django's own
) -> forms.TypedChoiceField:
    """Make the field of a grade, its sign before its words."""
    return forms.TypedChoiceField(
        label=label, choices=_choices_with_sign(vocabulary), coerce=vocabulary, **given
    )


def for_eyes[F: fields.DeskForm](form: F, viewer: Actor) -> F:
    """Offer the handling codes by which the viewer could read what they record."""
    fields.offer(form, "handling", _choices_with_sign(queries.handling_codes(viewer)))
    return form


def _choices_with_sign(codes: Iterable[Code]) -> list[tuple[str, "_StrOrPromise"]]:
    return [(c.value, format_lazy("{}: {}", c.value, _(c.label))) for c in codes]


class SubjectFilters(fields.FilterForm[queries.SubjectFilter]):
    q = fields.mark(
        _("Number of the subject or of a document, or a name in any spelling"),
        200,
        required=False,
    )
    kind = fields.any_of(SUBJECT_KINDS, _("Kind"))


class ProvenanceForm(fields.DeskForm):
    """Where information comes from, how good it is, how it is handled."""

    fills: ClassVar = ("intelligence.SubjectRecord",)
    source = fields.line(_("Source"), help_text=_("Who or what said it."))
    source_grade = grade_field(
        SourceGrade, _("How reliable the source is"), initial=SourceGrade.X
    )
    information_grade = grade_field(
        InformationGrade,
        _("How accurate the information is"),
        initial=InformationGrade.UNCONFIRMED,
    )
    handling = grade_field(HandlingCode, _("Handling code"))
    restriction = fields.line(
        _("Restrictions, as written"), required=False, help_text=_("Required with H3.")
    )
    review_on = fields.day(_("Review by"))

    def provenance(self) -> Provenance:
        """Give where it comes from and how it is handled."""
        return self.build(Provenance)


class SubjectForm(ProvenanceForm):
    """One subject as a source names it."""

    fills: ClassVar = ("intelligence.SubjectRecord",)
    kind = fields.code(SUBJECT_KINDS, _("Kind"))
    name = fields.line(_("Name, number or address, as written"))
    other_names = fields.lines(
        _("Other names and spellings"),
        rows=3,
        most=None,
        required=False,
        help_text=_("One per line, in any script."),
    )
    born = fields.line(
        _("Born"), required=False, help_text=_("Day or year, as written.")
    )
    document = fields.mark(
        _("Number of a paper, plate, frame or register"), required=False
    )
    place = fields.line(_("Place"), required=False)
    category = fields.code(
        PersonCategory,
        _("Category of the person"),
        initial=PersonCategory.UNKNOWN.value,
    )
    basis = fields.code(Basis, EVIDENCE)
    notes = fields.lines(_("Notes"), rows=3, most=None, required=False)

    field_order: tuple[str, ...] = (
        *("kind", "name", "other_names", "born", "document", "place", "category"),
        *("basis", "notes"),
        *GRADED,
    )

    def to_input(self, **known: NodeKind) -> SubjectInput:
        """Give the statement of a form that is in order.

        Args:
            known: The kind of a subject that is corrected; what was chosen else.
        """
        return self.build(SubjectInput, provenance=self.provenance(), **known)


class CorrectSubjectForm(SubjectForm):
    """A subject as it is known, with the reason that a correction needs."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = fields.correction_reason()

    field_order = ("reason", *SubjectForm.field_order)

    def __init__(self, *args: Any, **given: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **given)
        del self.fields["kind"]


class LinkForm(ProvenanceForm):
    fills: ClassVar = ("intelligence.Link",)
    start = fields.mark(
        _("From"),
        help_text=_("Number of a record, such as P12, R5, A7 or H3."),
        dir="ltr",
    )
    kind = fields.code(ASSERTED_KINDS, _("What links them"))
    end = fields.mark(_("To"), dir="ltr")
    told = fields.lines(EVIDENCE, rows=3, most=None, required=False)
    from_on = fields.day(_("From day"), required=False)
    until_on = fields.day(_("Until day"), required=False)

    field_order = ("start", "kind", "end", "told", "from_on", "until_on", *GRADED)

    def to_input(self) -> LinkInput:
        """Give the statement of a form that is in order."""
        return self.build(LinkInput, provenance=self.provenance())


class SamenessForm(fields.DeskForm):
    """A judgement on two records."""

    fills: ClassVar = ("intelligence.SamenessJudgement",)
    first = fields.mark(_("Subject"), dir="ltr")
    second = fields.mark(
        _("Other record"),
        help_text=_(
            "Another subject, a holder (H3), or a recovery (R5) for the person that "
            "the arm was taken from."
        ),
        dir="ltr",
    )
    judgement = fields.code(Sameness, _("Judgement"))
    handling = grade_field(HandlingCode, _("Handling code"))
    reason = fields.lines(_("Reason"), rows=3)
