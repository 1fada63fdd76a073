"""What is asked of holders, and what is written down of one."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.licensing import queries
from armstrace.licensing.inputs import HolderInput
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.licensing import LicenceType
from armstrace.web import country_words, fields


class HolderFilters(fields.FilterForm[queries.HolderFilter]):
    q = fields.mark(
        _("Number of the holder or of a licence, or part of the name"),
        200,
        required=False,
    )
    kind = fields.any_of(HolderKind, _("Kind"))


class HolderForm(fields.DeskForm):
    fills: ClassVar = (
        "licensing.HolderRecord",
        "licensing.Holder",
        "licensing.Licence",
    )
    number = fields.mark(
        _("Number"),
        required=False,
        help_text=_("Leave it empty, and the system assigns one."),
    )
    kind = fields.code(HolderKind, _("Kind"), initial=HolderKind.PERSON)
    name = fields.line(_("Name"))
    place = fields.line(_("Place"), required=False)
    region = fields.line(_("Region"), required=False)
    country = country_words.field(_("Country"))
    licence_number = fields.mark(
        _("Licence"),
        64,
        required=False,
        help_text=_(
            "Only one that another office issued or a paper register holds; what this "
            "office issues is applied for. A further one is added by correcting the "
            "holder."
        ),
    )
    licence_type = fields.code(
        LicenceType, _("What it allows"), empty=_("not known"), required=False
    )
    valid_from = fields.day(_("Valid from"), required=False)
    valid_until = fields.day(_("Valid until"), required=False)
    taken_over = fields.line(
        _("From where the licence is taken over, and why"),
        500,
        required=False,
        help_text=_("Such as the office that issued it, and the number of the paper."),
    )

    def __init__(self, *args: Any, **given: Any) -> None:  # noqa: ANN401 - Django's own
        given["initial"] = {"country": settings.HOME_COUNTRY} | given.get("initial", {})
        super().__init__(*args, **given)

    def clean(self) -> None:
        """Refuse a licence of which nothing is said."""
        given = self.cleaned_data
        if given.get("licence_number") and not given.get("licence_type"):
            self.add_error("licence_type", gettext("State what the licence allows."))
        said = ("licence_type", "valid_from", "valid_until", "taken_over")
        if not given.get("licence_number") and any(map(given.get, said)):
            self.add_error("licence_number", gettext("Give the number of the licence."))

    def to_input(self, number: str | None = None) -> HolderInput:
        """Give what the form states.

        Args:
            number: The holder's number; what was typed where None.
        """
        return self.build(HolderInput, **({} if number is None else {"number": number}))


class CorrectHolderForm(HolderForm):
    """A holder as it is known, with the reason that a correction needs."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = fields.correction_reason()

    def __init__(self, *args: Any, **given: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **given)
        self.fields["number"].disabled = True
        # The reason of the correction says it.
        del self.fields["taken_over"]
        self.fields["number"].help_text = ""
        self.fields["licence_number"].help_text = _(
            "A number that is not on record yet adds a licence that another office "
            "issued; the reason says which, and on what paper."
        )
