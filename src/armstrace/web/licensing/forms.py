"""What is asked of holders, and what is written down of one."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.licensing import queries
from armstrace.licensing.inputs import HolderInput
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.licensing import LicenceType
from armstrace.web import country_words, fields


class HolderFilters(fields.DeskForm):
    """What narrows the list of holders."""

    q = forms.CharField(
        label=_("Number of the holder or of a licence, or part of the name"),
        required=False,
        max_length=200,
        widget=fields.marks_input(),
    )
    kind = fields.any_of(HolderKind, _("Kind"))

    def to_filter(self) -> queries.HolderFilter:
        """Give the filter; a field that cannot be read narrows nothing."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        return queries.HolderFilter(given.get("q", ""), given.get("kind", ""))


class HolderForm(fields.DeskForm):
    """A holder as it is written down at the desk, with one licence."""

    number = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=64,
        help_text=_("Leave it empty, and the system gives one."),
        widget=fields.marks_input(),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=fields.codes(HolderKind), initial=HolderKind.PERSON
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    region = forms.CharField(label=_("Region"), required=False, max_length=120)
    country = country_words.field(_("Country"))
    licence_number = forms.CharField(
        label=_("Licence"),
        required=False,
        max_length=64,
        help_text=_("A further licence is added by correcting the holder."),
        widget=fields.marks_input(),
    )
    licence_type = forms.ChoiceField(
        label=_("What it allows"),
        required=False,
        choices=fields.codes(LicenceType, empty=_("not known")),
    )
    valid_from = forms.DateField(
        label=_("Valid from"), required=False, widget=fields.day_input()
    )
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=fields.day_input()
    )

    def __init__(self, *args: Any, **given: Any) -> None:  # noqa: ANN401 - Django's own
        given["initial"] = {"country": settings.HOME_COUNTRY} | given.get("initial", {})
        super().__init__(*args, **given)

    def clean(self) -> None:
        """Refuse a licence that ends before it begins, or of which nothing is said."""
        given = self.cleaned_data
        begun, ends = given.get("valid_from"), given.get("valid_until")
        if begun and ends and ends < begun:
            self.add_error("valid_until", gettext("It ends before it begins."))
        if given.get("licence_number") and not given.get("licence_type"):
            self.add_error("licence_type", gettext("Say what the licence allows."))
        if not given.get("licence_number") and (begun or ends):
            self.add_error("licence_number", gettext("Give the number of the licence."))

    def to_input(self, number: str | None = None) -> HolderInput:
        """Give what the form states.

        Args:
            number: The holder's number; what was typed where None.
        """
        given = {n: self.cleaned_data[n] for n in HolderForm.base_fields}
        given["number"] = given["number"].strip() if number is None else number
        given["kind"] = HolderKind(given["kind"])
        return HolderInput(**given)


class CorrectHolderForm(HolderForm):
    """A holder as it is known, with the reason that a correction needs."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = fields.correction_reason()

    def __init__(self, *args: Any, **given: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **given)
        self.fields["number"].disabled = True
        self.fields["number"].help_text = ""
        self.fields["licence_number"].help_text = _(
            "A number that is not on record yet adds a licence."
        )
