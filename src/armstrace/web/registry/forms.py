"""What can be asked of the registry."""

from dataclasses import replace

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


class LossFilters(fields.DeskForm):
    """What narrows the list of reports of loss and theft."""

    q = fields.line(_("Start of the report’s number"), 120, required=False)
    item_kind = fields.any_of(ItemKind, _("Item"))
    loss_kind = forms.ChoiceField(
        label=_("Lost or stolen"),
        required=False,
        choices=[
            ("", _("any")),
            *((c.value, c.label) for c in (LifeEventKind.LOST, LifeEventKind.STOLEN)),
        ],
    )

    def to_filter(self) -> queries.LossFilter:
        """Give the filter; a field that cannot be read narrows nothing."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        return queries.LossFilter(
            text=given.get("q", ""),
            item_kind=given.get("item_kind", ""),
            loss_kind=given.get("loss_kind", ""),
        )


class ArmFilters(fields.DeskForm):
    """What narrows the list of registered arms."""

    q = fields.mark(_("Start of the serial, or a number"), required=False)
    arm_type = fields.any_of(ArmType, _("Type"))
    make = fields.line(_("Make"), required=False)
    model = fields.line(_("Model"), required=False)
    calibre = fields.line(_("Calibre"), required=False)
    state = fields.any_of(ArmState, _("Status"))
    basis = forms.ChoiceField(
        label=_("On record"),
        required=False,
        choices=[
            ("", _("any")),
            *(c for c in fields.codes(ArmBasis) if c[0] != ArmBasis.WITHDRAWN),
        ],
    )

    sort = forms.ChoiceField(
        required=False,
        choices=[("", ""), ("number", ""), ("-number", "")],
        widget=forms.HiddenInput,
    )

    def to_filter(self) -> queries.ArmFilter:
        """Give the filter; a field that cannot be read narrows nothing."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        return queries.ArmFilter(
            text=given.get("q", ""),
            arm_type=given.get("arm_type", ""),
            make=given.get("make", ""),
            model=given.get("model", ""),
            calibre=given.get("calibre", ""),
            state=given.get("state", ""),
            basis=given.get("basis", ""),
            lowest_first=given.get("sort") == "number",
        )


class LookUp(fields.DeskForm):
    """What can be read on an arm; anything may be left out."""

    q = fields.mark(
        _("Serial number, or all marks in any order"),
        400,
        required=False,
        help_text=_(
            "Type ? for each character you cannot read and * for a missing part."
        ),
    )
    make = fields.line(_("Make"), 120, required=False)
    model = fields.line(_("Model"), 120, required=False)
    calibre = fields.line(_("Calibre"), 80, required=False)
    type = fields.line(_("Type"), 80, required=False)
    country = fields.line(_("Country of manufacture"), 80, required=False)
    import_mark = fields.mark(_("Import mark"), 200, required=False)

    unused: tuple[str, ...] = ()
    """Words of the first field that belong to no mark."""

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
