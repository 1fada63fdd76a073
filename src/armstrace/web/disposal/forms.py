"""What a desk says of conditions, of a lot and of its end."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.disposal.conditions import Item
from armstrace.disposal.queries import LotFilter, LotPage
from armstrace.vocabulary.disposal import (
    ANSWERS,
    SURPLUS_ANSWERS,
    ConditionAnswer,
    ConditionKind,
    DestructionMethod,
    PictureMoment,
)
from armstrace.web import fields


class ConditionForm(fields.DeskForm):
    fills: ClassVar = ("disposal.Condition",)
    answer = fields.code(ConditionAnswer, _("Answer"))
    authority = fields.line(_("Court or office that decided"))
    document = fields.mark(_("Number of its document"))
    decided_on = fields.day(_("Decided on"))
    final_on = fields.day(
        _("Final from"),
        required=False,
        help_text=_("The day from which nobody can appeal, where it is a later one."),
    )
    reason = fields.lines(
        _("Reason"),
        required=False,
        help_text=_("Needed where it changes what is on record."),
    )

    def ask(self, item: Item, kind: ConditionKind) -> None:
        """Offer the answers that a condition of an item can have."""
        is_surplus = item.arm_id is not None and kind is ConditionKind.TITLE
        answers = SURPLUS_ANSWERS if is_surplus else ANSWERS[kind]
        fields.offer(self, "answer", fields.codes(answers))
        if kind is ConditionKind.CHECK:
            self.only()


class LotForm(fields.DeskForm):
    """All that an act on a lot may ask; each act keeps its own fields."""

    fills: ClassVar = ("disposal.LotRecord", "disposal.LotWitness")
    method = fields.code(DestructionMethod, _("Method"))
    works = fields.line(_("Works that destroys it"))
    place = fields.line(_("Place"))
    items = fields.lines(
        _("Numbers"),
        rows=6,
        most=8_000,
        help_text=_("Scan or paste: numbers of exhibits (E12) or arms (A12)"),
    )
    item = forms.ChoiceField(label=_("Arm"))
    name = fields.line(_("Name of the witness"))
    body = fields.line(_("Office or organisation"))
    is_observer = forms.BooleanField(
        label=_("An observer from civil society"), required=False
    )
    witness = forms.TypedChoiceField(label=_("Witness"), coerce=int)
    moment = fields.code(PictureMoment, _("Taken"))
    photograph = fields.file(_("Photograph"), "image/jpeg,image/png,image/webp")
    destroyed_on = fields.day(_("Destroyed on"))
    corrected_on = fields.day(
        _("Destroyed on"),
        required=False,
        help_text=_("Leave it empty to keep the day as it is."),
    )
    count_out = forms.IntegerField(
        label=_("Arms counted as they were destroyed"), min_value=0, max_value=100_000
    )
    reason = fields.lines(_("Reason"))

    def offer(self, page: LotPage) -> None:
        there = [(one.reference, f"{one.reference} {one.words}") for one in page.items]
        fields.offer(self, "item", there)
        seen = [(one.pk, one.name) for one in page.witnesses if one.was_there]
        fields.offer(self, "witness", seen)


class LotFilters(fields.FilterForm[LotFilter]):
    is_destroyed = forms.TypedChoiceField(
        label=_("Status"),
        choices=[fields.ANY, ("no", _("open")), ("yes", _("destroyed"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
    )
