"""What a desk says of a case."""

import re

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from armstrace.investigations.inputs import NewCase
from armstrace.investigations.queries import CaseFilter
from armstrace.vocabulary.investigations import Aim, CaseState
from armstrace.web import fields

NUMBERS = re.compile(r"\s*[Rr]?([1-9][0-9]{0,17})\s*")


class CaseFilters(fields.DeskForm):
    """What narrows the list of cases."""

    q = forms.CharField(
        label=_("Number, main case or title"), max_length=120, required=False
    )
    shown = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[("", _("all")), ("MINE", _("where I am a member"))],
    )
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=fields.codes(CaseState, empty=gettext_lazy("any")),
    )
    aim = forms.ChoiceField(
        label=_("Aim"),
        required=False,
        choices=fields.codes(Aim, empty=gettext_lazy("any")),
    )

    def to_filter(self) -> CaseFilter:
        """Read what narrows; what cannot be read narrows nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        state, aim = given.get("state"), given.get("aim")
        return CaseFilter(
            text=given.get("q", ""),
            state=CaseState(state) if state else None,
            aim=Aim(aim) if aim else None,
            is_mine=given.get("shown") == "MINE",
        )


class RecoveryNumbers(forms.CharField):
    """Numbers of recoveries, with commas or blanks between."""

    def clean(self, value: str) -> tuple[int, ...]:
        """Give the numbers.

        Raises:
            ValidationError: One of them is none.
        """
        text = super().clean(value)
        found = []
        for part in re.split(r"[,;\s]+", text.strip()):
            read = NUMBERS.fullmatch(part)
            if part and read is None:
                said = gettext("“%(text)s” is no number of a recovery, such as R12.")
                raise forms.ValidationError(said % {"text": part[:40]})
            if read is not None:
                found.append(int(read[1]))
        return tuple(found)


class CaseForm(fields.DeskForm):
    """What a case is called and for."""

    title = forms.CharField(label=_("Title"), max_length=200)
    aims = forms.TypedMultipleChoiceField(
        label=_("What it is for"),
        choices=fields.codes(Aim),
        coerce=Aim,
        widget=forms.CheckboxSelectMultiple,
    )
    main_case = forms.CharField(
        label=_("Number of the main case"),
        help_text=_("As its unit writes it. This case runs beside it."),
        max_length=120,
        required=False,
    )
    lead = forms.ChoiceField(label=_("Lead"), required=False)
    recovery_ids = RecoveryNumbers(
        label=_("Recoveries"),
        help_text=_("Their numbers, such as R12, R13"),
        required=False,
        max_length=2_000,
    )
    is_sealed = forms.BooleanField(
        label=_("Seal it: only its members see it"), required=False
    )
    why = forms.CharField(label=_("Why it is opened"), max_length=500)

    def offer(self, people: dict[str, str], *, empty: str) -> None:
        """Give the people who may lead it."""
        named = [(name, full or name) for name, full in people.items()]
        field = self.fields["lead"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = [("", empty), *named]

    def given(self) -> NewCase:
        """Give the case of a form that is in order."""
        said = dict(self.cleaned_data)
        return NewCase(**said | {"aims": tuple(said["aims"])})
