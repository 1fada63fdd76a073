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

    q = forms.CharField(
        label=_("Start of the report’s number"), required=False, max_length=120
    )
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

    q = forms.CharField(
        label=_("Start of the serial, or a number"),
        required=False,
        widget=fields.marks_input(),
    )
    arm_type = fields.any_of(ArmType, _("Type"))
    make = forms.CharField(label=_("Make"), required=False)
    model = forms.CharField(label=_("Model"), required=False)
    calibre = forms.CharField(label=_("Calibre"), required=False)
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

    q = forms.CharField(
        label=_("Serial number, or all marks in any order"),
        required=False,
        max_length=400,
        help_text=_(
            "Type ? for each character you cannot read and * for a missing part."
        ),
        widget=fields.marks_input(),
    )
    make = forms.CharField(label=_("Make"), required=False, max_length=120)
    model = forms.CharField(label=_("Model"), required=False, max_length=120)
    calibre = forms.CharField(label=_("Calibre"), required=False, max_length=80)
    type = forms.CharField(label=_("Type"), required=False, max_length=80)
    country = forms.CharField(
        label=_("Country of manufacture"), required=False, max_length=80
    )
    import_mark = forms.CharField(
        label=_("Import mark"),
        required=False,
        max_length=200,
        widget=fields.marks_input(),
    )

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
