"""What is asked of an authorisation, of its goods, its documents and each act."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.transfers import queries
from armstrace.transfers.rules import MOST
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.licensing import GroundClass
from armstrace.vocabulary.transfers import (
    Alarm,
    Direction,
    PaperKind,
    Particular,
    Regime,
    Step,
    TransferAct,
    TransferStage,
)
from armstrace.web import country_words, fields
from armstrace.web.acting import ActPage

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

ASKED = (
    *("number", "regime", "is_multiple", "is_direct", "exporter", "importer"),
    *("consignee", "recipient", "end_user", "end_use", "is_brokered", "broker"),
    *("broker_place", "export_country", "import_country", "exit_country", "route"),
    *("return_on", "issue_place", "issued_on", "valid_until"),
)
GOODS = ("line", "item_kind", "category", "description", "quantity")
PAPER = (
    *("kind", "paper_number", "country", "paper_issued_on", "received_on"),
    *("paper_valid_until", "paper_recipient", "paper_quantity", "signatory"),
    *("signatory_title", "is_civilian", "states", "file"),
)
NONE = "-"


def _yes_no(label: "_StrOrPromise") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("", _("not known")), ("yes", _("yes")), ("no", _("no"))],
        coerce=lambda told: told == "yes",
        empty_value=None,
    )


class AuthorisationFilters(fields.FilterForm[queries.AuthorisationFilter]):
    q = fields.line(_("Number or party"), 64, required=False)
    stage = fields.any_of(TransferStage, _("Stage"))
    direction = fields.any_of(Direction, _("Direction"))
    country = country_words.field(_("Country"), empty=fields.ANY[1])
    is_overdue = forms.BooleanField(label=_("Overdue"), required=False)


class KeyedForm(fields.DeskForm):
    """A form with a key of its own, so that sending it twice makes one record."""

    fills: ClassVar[tuple[type | str, ...]] = ("transfers.Authorisation",)
    key = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **given: Any) -> None:  # noqa: ANN401 - Django's own
        given["initial"] = {"key": uuid4().hex} | given.get("initial", {})
        super().__init__(*args, **given)


class ActForm(KeyedForm):
    """All that an authorisation and its acts may ask; each keeps its own fields."""

    fills: ClassVar = (
        "transfers.AuthorisationRecord",
        "transfers.Authorisation",
        "transfers.Paper",
        "transfers.GoodsLine",
    )
    named: ClassVar = {
        "note": "reason",
        "paper_number": "number",
        "paper_issued_on": "issued_on",
        "paper_valid_until": "valid_until",
        "paper_recipient": "recipient",
        "paper_quantity": "quantity",
    }

    GROUPS = (
        (
            _("Parties"),
            (
                *("holder", "exporter", "importer", "consignee", "recipient"),
                *("end_user", "end_use", "is_brokered", "broker", "broker_place"),
            ),
        ),
        (
            _("Route"),
            ("export_country", "route", "import_country", "exit_country", "is_direct"),
        ),
        (
            _("Regime and validity"),
            (
                *("number", "regime", "return_on", "is_multiple", "issue_place"),
                *("issued_on", "valid_until"),
            ),
        ),
        (_("Document"), ("place", *PAPER[:6], "file")),
        (_("What it says"), PAPER[6:-1]),
    )

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    holder = fields.mark(
        _("Holder number of the exporter or importer here"), 64, required=False
    )
    number = fields.mark(
        _("Number of the authorisation"),
        required=False,
        help_text=_("Leave it empty, and the system assigns one."),
    )
    regime = fields.code(Regime, _("Regime"))
    is_multiple = forms.BooleanField(
        label=_("For several consignments"), required=False
    )
    is_direct = forms.BooleanField(
        label=_("By sea or air, without transhipment or change of transport"),
        required=False,
    )
    exporter = fields.line(_("Exporter"), required=False)
    importer = fields.line(_("Importer"), required=False)
    consignee = fields.line(_("Consignee"), required=False)
    recipient = fields.line(
        _("Final recipient"), required=False, help_text=_("As written.")
    )
    end_user = fields.line(_("End user"), required=False)
    end_use = fields.lines(_("What they are for"), required=False)
    is_brokered = _yes_no(_("Is there a broker?"))
    broker = fields.line(_("Name of the broker"), required=False)
    broker_place = fields.line(_("Place of the broker"), required=False)
    export_country = country_words.field(_("Country of export"))
    import_country = country_words.field(_("Country of import"))
    exit_country = country_words.field(_("Country of exit"))
    route = fields.line(
        _("Countries of transit, in their order"),
        120,
        required=False,
        help_text=_("Two letters each, as in “FR, BE”; write “-” where there is none."),
    )
    return_on = fields.day(_("To come back by"), required=False)
    issue_place = fields.line(_("Place of issue"), required=False)
    issued_on = fields.day(_("Day of issue"), required=False)
    valid_until = fields.day(_("Valid until"), required=False)
    line = forms.IntegerField(widget=forms.HiddenInput, required=False)
    item_kind = fields.code(ItemKind, _("What it is"))
    category = fields.line(_("Category"), required=False)
    description = fields.line(_("Description"))
    quantity = forms.IntegerField(
        label=_("Quantity"),
        min_value=0,
        max_value=10**12,
        help_text=_("0 takes the line off."),
    )
    kind = fields.code(PaperKind, _("What it is"))
    paper_number = fields.mark(_("Its number"), required=False)
    country = country_words.field(_("Of which State, or sent to which"))
    paper_issued_on = fields.day(_("Day of issue"), required=False)
    received_on = fields.day(_("Day on which it came or was sent"), required=False)
    paper_valid_until = fields.day(_("Valid until"), required=False)
    paper_recipient = fields.line(_("Final recipient that it names"), required=False)
    paper_quantity = forms.IntegerField(
        label=_("Quantity that it is for"),
        min_value=0,
        max_value=10**12,
        required=False,
    )
    signatory = fields.line(_("Who signed it"), required=False)
    signatory_title = fields.line(_("Title of the person who signed"), required=False)
    is_civilian = _yes_no(_("Does it promise civilian use only?"))
    states = forms.TypedMultipleChoiceField(
        label=_("Particulars that it states"),
        choices=fields.codes(Particular),
        coerce=Particular,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    file = fields.file(_("File"), ".pdf,image/*", required=False)
    place = forms.TypedChoiceField(label=_("Document"), coerce=int)
    ground = fields.code(GroundClass, _("Class of ground"))
    note = fields.lines(
        _("Reason"),
        required=False,
        help_text=_("If something is missing: why you go ahead without it."),
    )
    reason = fields.lines(_("Reason"))

    def transit(self) -> tuple[str, ...] | None:
        """Read the countries of transit; None where nothing is written."""
        text = self.cleaned_data["route"].strip()
        if not text:
            return None
        return () if text == NONE else tuple(text.replace(",", " ").split())


def route_of(transit: list[str] | None) -> str:
    """Write the countries of transit as the form reads them."""
    if transit is None:
        return ""
    return ", ".join(transit) or NONE


class ConsignmentFilters(fields.FilterForm[queries.ConsignmentFilter]):
    q = fields.mark(_("Consignment, authorisation or waybill"), 64, required=False)
    step = fields.any_of(Step, _("Last step"))
    alarm = fields.any_of(Alarm, _("What is due"))
    is_due = forms.BooleanField(label=_("Due today or before"), required=False)
    is_lead = forms.BooleanField(
        label=_("Diverted or off its route, without a case"), required=False
    )


class ConsignmentForm(KeyedForm):
    """Goods that leave together; the lines of the authorisation are added."""

    fills: ClassVar = ("transfers.Consignment",)
    departed_on = fields.day(_("Day of departure"))
    post = fields.line(_("Customs post"), 200, required=False)
    waybill = fields.mark(_("Number of the waybill"), required=False)
    expected_on = fields.day(_("Expected to arrive by"), required=False)
    reason = fields.lines(
        _("Reason"),
        required=False,
        help_text=_("If something is missing: why you go ahead without it."),
    )


class StepForm(fields.DeskForm):
    fills: ClassVar = ("transfers.ConsignmentStep",)
    kind = fields.code(Step, _("What happened"))
    happened_on = fields.day(_("Day"))
    country = country_words.field(_("Country"))
    post = fields.line(_("Customs post, or who was asked"), required=False)
    quantity = forms.IntegerField(
        label=_("How many arrived"), min_value=0, max_value=MOST, required=False
    )
    document = fields.mark(_("Paper that tells of it"), required=False)
    reason = fields.lines(
        _("What is known of it"), required=False, help_text=_("Of a difference.")
    )


RESTRICTS = ("seen", "ground", "reason")
PAGES: Mapping[TransferAct, ActPage] = {
    TransferAct.ATTACH: ActPage(_("Put a document on file"), PAPER),
    TransferAct.GOODS: ActPage(_("Add goods"), GOODS),
    TransferAct.CHANGE: ActPage(_("Change"), ("seen", *ASKED)),
    TransferAct.ISSUE: ActPage(
        _("Issue"), ("seen", "issue_place", "issued_on", "valid_until", "note")
    ),
    TransferAct.REFUSE: ActPage(_("Refuse"), RESTRICTS),
    TransferAct.AGREE: ActPage(_("Agree to the documents"), ("seen", "reason")),
    TransferAct.SUSPEND: ActPage(_("Suspend"), RESTRICTS),
    TransferAct.REINSTATE: ActPage(_("Reinstate"), ("seen", "reason")),
    TransferAct.REVOKE: ActPage(_("Revoke"), RESTRICTS),
    TransferAct.REMOVE: ActPage(_("Take a document off the file"), ("place", "reason")),
    TransferAct.WITHDRAW: ActPage(_("Withdraw"), ("seen", "reason")),
}
"""In the order of the desk."""
