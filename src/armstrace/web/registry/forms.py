"""What can be asked of the registry."""

from dataclasses import replace
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.marks.description import Description
from armstrace.registry import queries
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import (
    ArmBasis,
    ArmState,
    ArmType,
    ItemKind,
    LifeEventKind,
)
from armstrace.web import fields
from armstrace.web.registry import typed

LOSSES = (LifeEventKind.LOST, LifeEventKind.STOLEN)


class LossFilters(fields.FilterForm[queries.LossFilter]):
    """What narrows the list of reports of loss and theft."""

    q = fields.line(_("Start of the report’s number"), 120, required=False)
    item_kind = fields.any_of(ItemKind, _("Item"))
    loss_kind = fields.any_of(LOSSES, _("Lost or stolen"))


class ArmFilters(fields.FilterForm[queries.ArmFilter]):
    """What narrows the list of registered arms."""

    named: ClassVar = {"q": "text", "sort": "lowest_first"}

    q = fields.mark(_("Start of the serial, or a number"), required=False)
    arm_type = fields.any_of(ArmType, _("Type"))
    make = fields.line(_("Make"), required=False)
    model = fields.line(_("Model"), required=False)
    calibre = fields.line(_("Calibre"), required=False)
    state = fields.any_of(ArmState, _("Status"))
    basis = fields.any_of(ArmBasis, _("On record"), but=(ArmBasis.WITHDRAWN,))
    is_stopped = forms.BooleanField(
        label=_("Licence suspended or revoked"), required=False
    )
    sort = forms.TypedChoiceField(
        required=False,
        choices=[("", ""), ("number", ""), ("-number", "")],
        coerce=lambda asked: asked == "number",
        widget=forms.HiddenInput,
    )


class LookUp(fields.DeskForm):
    """What can be read on an arm; anything may be left out."""

    fills: ClassVar = (Description,)
    q = fields.mark(
        _("Serial number, or all marks in any order"),
        400,
        required=False,
        help_text=_(
            "Type ? for each character you cannot read and * for a missing part."
        ),
    )
    make = fields.line(_("Make"), required=False)
    model = fields.line(_("Model"), required=False)
    calibre = fields.line(_("Calibre"), required=False)
    type = fields.line(_("Type"), required=False)
    country = fields.line(_("Country of manufacture"), required=False)
    import_mark = fields.mark(_("Import mark"), required=False)

    # Words of the first field that belong to no mark.
    unused: tuple[str, ...] = ()

    def has_fields_of_their_own(self) -> bool:
        """Tell whether anything stands beside the first field."""
        return any(self.data.get(name) for name in self.fields if name != "q")

    def description(self, *, viewer: Actor) -> Description | None:
        """Give what was read, None where nothing was.

        Words of the first field go where they belong; a field of its own goes first.
        """
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        if not any(given.values()):
            return None
        marks = typed.read(given.get("q", ""), given.get("make", ""), viewer=viewer)
        self.unused = marks.unused
        own = {
            name: given[name]
            for name in ("type", "make", "model", "calibre", "country", "import_mark")
            if given.get(name)
        }
        return replace(marks.description, **own)
