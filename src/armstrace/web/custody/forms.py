"""What a desk says of an act on an exhibit, of a store and of a count."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.custody import rules
from armstrace.custody.queries import ExhibitFilter, Shown, StoreRow
from armstrace.custody.standing import Told
from armstrace.vocabulary.custody import (
    CountAnswer,
    CountFinding,
    CustodyAct,
    Errand,
    SealState,
    WayOut,
)
from armstrace.web import fields


def number_input() -> forms.TextInput:
    """Give a text box that a scanner can type into."""
    return fields.marks_input(dir="ltr", autocapitalize="characters")


class ActForm(fields.DeskForm):
    """All that an act may ask; each act keeps its own fields."""

    fills: ClassVar = ("custody.CustodyEvent",)
    named: ClassVar = {"store": "store_id"}

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seal_number = fields.line(
        _("Number of the seal as you read it"), required=False, widget=number_input()
    )
    seal_state = fields.code(SealState, _("The seal is"))
    condition = fields.line(_("Condition"), required=False)
    received_from = fields.line(_("Received from"), required=False)
    store = forms.TypedChoiceField(
        label=_("Store"), coerce=int, empty_value=None, required=False
    )
    place = fields.line(
        _("Place in the store"), required=False, help_text=_("Room / shelf / bin")
    )
    to_agency = forms.ChoiceField(label=_("Offer to"))
    errand = fields.code(Errand, _("What for"))
    name = fields.line(_("Name of the receiver"), 150)
    office = fields.line(_("Office of the receiver"))
    document = fields.line(_("Number of the signed document"), widget=number_input())
    due_back_on = fields.day(_("Due back on"), required=False)
    done_on = fields.day(_("Carried out on"))
    needed_by = fields.line(_("Court or case that needs it"))
    way_out = fields.code(
        WayOut, _("What should happen to it"), initial=WayOut.DESTROY.value
    )
    mark = fields.line(
        _("Mark on the arm"),
        required=False,
        help_text=_("Needed if it is kept, sold or passed on"),
        widget=number_input(),
    )
    witness = fields.line(_("Witness"))
    reason = fields.line(_("Reason"), required=False, widget=forms.Textarea)
    photograph = forms.FileField(label=_("Photograph"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs["rows"] = "2"
        accepted = "image/jpeg,image/png,image/webp"
        self.fields["photograph"].widget.attrs["accept"] = accepted

    def offer(self, stores: list[StoreRow], receivers: list[tuple[str, str]]) -> None:
        self.has_store = bool(stores)
        fields.offer(self, "store", _store_choices(stores, gettext("none")))
        fields.offer(self, "to_agency", receivers)

    def ask_of(self, act: CustodyAct) -> None:
        """Ask what an act needs, in its words."""
        needed = {"reason": act in rules.NEED_REASON}
        needed["seal_number"] = act is CustodyAct.RESEALED
        needed["received_from"] = act is CustodyAct.RECEIVED
        # An agency that has no store yet can receive all the same.
        needed["store"] = act is CustodyAct.RECEIVED and self.has_store
        for name, is_needed in needed.items():
            self.fields[name].required = is_needed
        if act is CustodyAct.RESEALED:
            self.fields["seal_number"].label = _("Number of the new seal")
        if act is CustodyAct.CARRIED_OUT:
            self.fields["name"].label = _("Who received it, or destroyed it")
            self.fields["office"].label = _("Where it ended")

    def told(self) -> Told:
        return self.build(Told)


class ExhibitFilters(fields.FilterForm[ExhibitFilter]):
    fills: ClassVar = ("custody.CustodyEvent",)
    named: ClassVar = {"q": "text", "store": "store_id"}

    q = fields.line(_("Number of any kind"), 120, required=False, widget=number_input())
    shown = fields.any_of(Shown, _("Status"))
    store = forms.TypedChoiceField(
        label=_("Store"), coerce=int, empty_value=None, required=False
    )
    place = fields.line(_("Place"), required=False)

    def offer(self, stores: list[StoreRow]) -> None:
        fields.offer(self, "store", _store_choices(stores, gettext("any")))


class StoreForm(fields.DeskForm):
    fills: ClassVar = ("custody.Store",)
    name = fields.line(_("Name of the store"))


class CountForm(fields.DeskForm):
    fills: ClassVar = ("custody.Count",)
    store = forms.TypedChoiceField(label=_("Store"), coerce=int)
    place = fields.line(
        _("Only this place"),
        required=False,
        help_text=_("Room / shelf / bin; leave it empty for the whole store"),
    )
    is_open_list = forms.BooleanField(
        label=_("Show what is expected while counting"), required=False
    )

    def offer(self, stores: list[StoreRow]) -> None:
        fields.offer(self, "store", [(row.store_id, row.name) for row in stores])


class ScanForm(fields.DeskForm):
    numbers = fields.line(
        _("Numbers"),
        help_text=_("Scan or paste: exhibit, recovery, seal or custody numbers"),
        widget=forms.Textarea(
            {"rows": "6", "class": "mark-field", "dir": "ltr", "spellcheck": "false"}
        ),
    )


class DifferenceForm(fields.DeskForm):
    fills: ClassVar = ("custody.CountDifference",)
    number = forms.CharField(widget=forms.HiddenInput)
    finding = fields.code(CountFinding, "", widget=forms.HiddenInput)
    answer = fields.code(CountAnswer, _("Answer"))
    explanation = fields.line(_("Explanation"))


def _store_choices(stores: list[StoreRow], none: str) -> list[tuple[object, str]]:
    return [("", none), *((row.store_id, row.name) for row in stores)]
