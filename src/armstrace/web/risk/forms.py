"""What a customs desk says: how many it can examine, and what it found."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.risk.scoring import CUSTOMS
from armstrace.risk.inputs import ExaminationInput
from armstrace.risk.queries import DeclarationFilter, DeclarationsShown
from armstrace.translation import translate
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.risk import Find
from armstrace.web import fields, record_numbers


class DrawForm(fields.DeskForm):
    """How many declarations the shift can examine."""

    capacity = forms.IntegerField(
        label=_("How many can the shift examine?"),
        min_value=1,
        initial=20,
        help_text=_("They are added; what is listed stays until it is examined."),
    )


class OutcomeForm(fields.DeskForm):
    """What was found: touched, chosen, sent."""

    fills: ClassVar = ("risk.Examination",)
    find = fields.code(Find, _("What was found"), widget=forms.RadioSelect)
    examined_on = fields.day(_("Examined on"))
    recovery = fields.mark(
        _("Recovery, such as R12"),
        20,
        required=False,
        dir="ltr",
        autocapitalize="characters",
    )
    notes = fields.lines(_("Notes"), required=False)
    reason = fields.line(
        _("Reason"),
        required=False,
        help_text=_("Only where an earlier outcome is corrected."),
    )

    def to_input(self) -> ExaminationInput:
        """Give what was said.

        Raises:
            InvalidInput: What stands for the recovery is no number of one.
        """
        recovery = _recovery(self.cleaned_data["recovery"].strip())
        return self.build(ExaminationInput, recovery_id=recovery)


def _name_indicators() -> list[tuple[str, str]]:
    return [
        ("", gettext("any")),
        *((code, f"{code} {translate(each.title)}") for code, each in CUSTOMS.items()),
    ]


def _recovery(text: str) -> int | None:
    if not text:
        return None
    found = record_numbers.identity_of(text)
    if found is None or found[0] != "recoveries.recovery":
        msg = message(
            "%(word)s is not a recovery; write its number, such as R12.", word=text
        )
        raise InvalidInput(msg, field="recovery")
    return found[1]


class DeclarationFilters(fields.FilterForm[DeclarationFilter]):
    q = fields.mark(_("Number of any kind"), 120, required=False, dir="ltr")
    shown = fields.any_of(DeclarationsShown, _("Status"))
    code = forms.ChoiceField(
        label=_("Indicator"), required=False, choices=_name_indicators
    )
    first = fields.day(_("From"), required=False)
    last = fields.day(_("Until"), required=False)
