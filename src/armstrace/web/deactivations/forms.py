"""What is asked of deactivations, and what a desk states of one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.deactivations.queries import DeactivationFilter
from armstrace.deactivations.rules import Asked
from armstrace.vocabulary.arms import PartType
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.deactivation import ArmKind, DeactivationState
from armstrace.web import country_words, fields

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

PARTS = tuple(each for each in PartType if each is not PartType.SOUND_MODERATOR)


def ticks(
    listed: Iterable[Code], label: "_StrOrPromise", help_text: "_StrOrPromise" = ""
) -> forms.TypedMultipleChoiceField:
    """Make the field of codes that are ticked one by one; none is a valid answer."""
    offered = list(listed)
    field = forms.TypedMultipleChoiceField(
        label=label,
        choices=fields.codes(offered),
        coerce=type(offered[0]),
        required=False,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )
    return fields.one_of_two(field)


class DeactivationFilters(fields.FilterForm[DeactivationFilter]):
    q = fields.mark(_("Number such as U3 or A12, or part of a name"), required=False)
    state = fields.any_of(DeactivationState, _("Status"))
    is_reactivated = forms.BooleanField(label=_("Fires again"), required=False)


class RecordForm(fields.DeskForm):
    fills: ClassVar = ("deactivations.Deactivation",)
    named: ClassVar = {"arm": "arm_id"}
    arm = fields.RecordNumber("A", label=_("Arm"))
    kind = fields.code(ArmKind, _("Kind of arm"), empty=_("choose"))
    performed_on = fields.day(_("Deactivated on"))
    performed_by = fields.line(_("Person or body that deactivated it"))
    performer = fields.line(_("Name of the person who did the work"), required=False)
    licence = fields.mark(_("Licence to deactivate"), required=False)
    parts = ticks(PARTS, _("Essential parts made inoperable"))
    country = country_words.field(_("Country, where it was done abroad"))
    foreign_standard = fields.line(
        _("Standard that the certificate from abroad names"), required=False
    )
    foreign_certificate = fields.mark(
        _("Number of the certificate from abroad"), required=False
    )
    notes = fields.lines(_("Notes"), required=False)


class VerifyForm(fields.DeskForm):
    """What a verifier signs: each part and each check by a tick of its own."""

    fills: ClassVar = ("deactivations.Verification",)
    verified_by = fields.line(_("Verifying body"))
    signatory = fields.line(_("Name of the person who signs"))
    title = fields.line(_("Title of the person who signs"))
    symbol = fields.mark(_("Symbol of the body in the mark"), 40, required=False)
    is_reversible = forms.BooleanField(
        label=_("It can be undone, as a lock or a removed part can"), required=False
    )
    reason = fields.line(
        _("Reason"),
        required=False,
        help_text=_("Where something is missing that is no duty, or for recognition."),
    )

    def __init__(self, asked: Asked, *args: Any, **given: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **given)
        if asked.facts.country:
            self.only("is_reversible", "reason")
            return
        if asked.parts:
            told = _("Tick a part only after you have checked it on the arm itself.")
            self.put("parts", ticks(asked.parts, _("Inoperable for good"), told))
            self.put("marked", ticks(asked.parts, _("Bears the mark of deactivation")))
        if asked.standard:
            self.put("checks", ticks(asked.standard.checks, _("Also checked")))
        if not (asked.standard and asked.standard.mark):
            del self.fields["symbol"]
        self.order_fields(["parts", "marked", "checks"])


class FoundForm(fields.DeskForm):
    fills: ClassVar = ("deactivations.Reactivation",)
    found_on = fields.day(_("Found on"))
    recovery = fields.mark(_("Number of the recovery"), required=False)
    said = fields.lines(
        _("What was found"),
        help_text=_(
            "A certificate that was issued is revoked with these words as the reason. "
            "Write nothing of how it was done."
        ),
    )
