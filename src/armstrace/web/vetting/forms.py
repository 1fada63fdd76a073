"""What is asked of vetting, hits, lists and refusals, and what is said of them."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.vetting.inputs import RefusalInput, VettingInput
from armstrace.vetting.queries.hits import HitFilter, NameFilter
from armstrace.vetting.queries.refusals import RefusalFilter
from armstrace.vetting.queries.requests import VettingFilter
from armstrace.vocabulary.vetting import (
    Capacity,
    Duration,
    Examined,
    RefusalKind,
    RefusalState,
    VettingAnswer,
    VettingState,
)
from armstrace.web import country_words, fields


class VettingFilters(fields.FilterForm[VettingFilter]):
    q = fields.mark(_("Number such as V3 or H12, or part of a name"), required=False)
    state = fields.any_of(VettingState, _("Status"))
    capacity = fields.any_of(Capacity, _("Vetted as"))


class AskForm(fields.DeskForm):
    fills: ClassVar = ("vetting.VettingRequest",)
    name = fields.line(_("Name"))
    capacity = fields.code(Capacity, _("Vetted as"))
    subject = fields.mark(
        _("Number of the record, such as H12"),
        required=False,
        help_text=_("Leave it empty for staff or an associate without a record."),
    )
    born_on = fields.day(_("Born on"), required=False)

    def to_input(self) -> VettingInput:
        return self.build(VettingInput)


class AnswerForm(fields.DeskForm):
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    answer = fields.code(VettingAnswer, _("Answer"), widget=forms.RadioSelect)
    valid_until = fields.day(
        _("Valid until"),
        required=False,
        help_text=_(
            "If left empty, it is valid as long as the rules of the State allow."
        ),
    )
    reason = fields.line(
        _("Reason"),
        required=False,
        help_text=_(
            "Needed if an earlier answer is replaced, another answer of this person is "
            "adverse, or a similar name on a list is not ruled out. Write no "
            "intelligence."
        ),
    )


class HitFilters(fields.FilterForm[HitFilter]):
    q = fields.mark(_("Number of the subject, such as H12"), 24, required=False)
    examined = fields.any_of(Examined, _("Status"))


class NameFilters(fields.FilterForm[NameFilter]):
    q = fields.line(_("Name"), 300, required=False)
    is_other = forms.BooleanField(
        label=_("Of a firm, an organisation or a ship"), required=False
    )


class JudgeForm(fields.DeskForm):
    examined = fields.code(Examined, _("They are"), widget=forms.RadioSelect)
    reason = fields.line(_("Reason"))


class ListForm(fields.DeskForm):
    fills: ClassVar = ("vetting.ListVersion",)
    list_name = fields.line(
        _("List"),
        help_text=_("The same name as before makes it the next version of that list."),
    )
    file = fields.file(
        _("File"),
        ".xml,.csv,.json,.jsonl,.ftm",
        required=False,
        help_text=_(
            "Leave it empty to check new subjects against the version that is loaded."
        ),
    )


class RefusalFilters(fields.FilterForm[RefusalFilter]):
    q = fields.mark(_("Part of a name, or the national reference"), required=False)
    state = fields.any_of(RefusalState, _("Status"))


class RefusalForm(fields.DeskForm):
    """A refusal; it has no field for the ground."""

    fills: ClassVar = ("vetting.RefusalRecord",)
    name = fields.line(_("Name"))
    born_on = fields.day(_("Born on"), required=False)
    birth_place = fields.line(_("Place of birth"), required=False)
    birth_country = country_words.field(_("Country of birth"))
    nationality = country_words.field(_("Nationality"))
    identity_number = fields.mark(
        _("Document or tax number"),
        required=False,
        help_text=_("Only where it is needed to identify the person."),
    )
    decided_on = fields.day(_("Decided on"))
    national_reference = fields.mark(_("National reference"), required=False)
    authority = fields.lines(_("Who decided, with contact details"))
    contact = fields.lines(_("Other contacts"), required=False)
    kind = fields.code(RefusalKind, _("How it came about"))
    duration = fields.code(Duration, _("How long it holds"))
    ends_on = fields.day(_("Fixed end"), required=False)
    confirmed_on = fields.day(_("Reviewed and still in force on"), required=False)
    revoked_on = fields.day(_("Revoked from"), required=False)
    is_annulled = forms.BooleanField(label=_("Annulled or invalid"), required=False)
    reason = fields.correction_reason()
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def to_input(self) -> RefusalInput:
        return self.build(RefusalInput)
