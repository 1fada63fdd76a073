"""What is written down of a recovery, and of those who look at it."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.marks.description import Description
from armstrace.intake import spans
from armstrace.intake.dates import DateOrder
from armstrace.records import rules
from armstrace.recoveries.actions import judging
from armstrace.recoveries.fields import BY_NAME, LONGEST_PROSE, changes_of, days_of
from armstrace.recoveries.inputs import PlaceInput, RecoveryInput
from armstrace.recoveries.rules import texts_naming
from armstrace.translation import translate
from armstrace.vocabulary.arms import AmmunitionKind, ItemKind, Modification, PartType
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.recoveries import (
    CriminalContext,
    LegalJustification,
    PlaceKind,
    RecoveryKind,
)
from armstrace.vocabulary.tracing import Judgement
from armstrace.web import acting, fields

NAMES_PERSON = _(
    "This names the person from whom the arm was taken, and everybody who sees the "
    "record reads it; take the name out here, or send again to leave it."
)


def in_order(names: str) -> tuple[str, ...]:
    """Give the names of fields, as they stand in a line."""
    return tuple(names.split())


class RecoveryForm(fields.DeskForm):
    """A recovery as it is written down at the desk."""

    recovered: DateSpan

    GROUPS: ClassVar[tuple[tuple[object, tuple[str, ...]], ...]] = (
        (
            _("The item"),
            in_order(
                "number item_kind arm_type make model calibre serial "
                "country_of_manufacture import_mark other_marks modification "
                "part_type ammunition_kind quantity"
            ),
        ),
        (
            _("How it was recovered"),
            in_order(
                "recovery_kind recovered_on recovered_within agency case_number place "
                "region country place_kind legal_justification criminal_contexts "
                "offences"
            ),
        ),
        (
            _("Custody and person"),
            in_order(
                "seal_number custody_number taken_from taken_from_is_holder notes"
            ),
        ),
    )

    number = fields.mark(
        _("Number"), 120, help_text=_("The agency's own number of this item.")
    )
    item_kind = fields.code(ItemKind, _("Kind of item"), initial=ItemKind.ARM)
    arm_type = fields.line(_("Type, as written"), 120, required=False)
    make = fields.line(_("Make, as written"), 200, required=False)
    model = fields.line(_("Model, as written"), 200, required=False)
    calibre = fields.line(_("Calibre, as written"), 120, required=False)
    serial = fields.mark(
        _("Serial number, as marked"),
        400,
        required=False,
        help_text=_(
            "Type ? for each character you cannot read, or say what was done to it: "
            "erased, for example."
        ),
    )
    country_of_manufacture = fields.line(
        _("Country of manufacture, as written"), 120, required=False
    )
    import_mark = fields.mark(_("Import mark"), 200, required=False)
    other_marks = fields.mark(_("Other marks"), 400, required=False)
    modification = fields.code(
        Modification, _("Modification"), initial=Modification.UNKNOWN
    )
    part_type = fields.code(
        PartType, _("Which part, for a part"), initial=PartType.OTHER_ESSENTIAL
    )
    ammunition_kind = fields.code(
        AmmunitionKind,
        _("Which ammunition, for ammunition"),
        initial=AmmunitionKind.UNKNOWN,
    )
    quantity = forms.IntegerField(
        label=_("Quantity, for parts and ammunition"), required=False, min_value=1
    )
    recovery_kind = fields.code(RecoveryKind, _("How"))
    recovered_on = fields.one_of_two(fields.day(_("When"), required=False))
    recovered_within = fields.one_of_two(
        fields.line(
            _("Or the month, the year or the span"),
            60,
            required=False,
            help_text=_(
                "Where the day is not known: 2025, 2025-06, or "
                "2025-06-03 to 2025-06-09."
            ),
            widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
        )
    )
    agency = fields.line(_("Agency"), 40)
    case_number = fields.mark(_("Case"), 120, required=False)
    place = fields.line(_("Place"), 200, required=False)
    region = fields.line(_("Region"), 120, required=False)
    country = fields.line(
        _("Country"), required=False, help_text=_("Its name or its two letters.")
    )
    place_kind = fields.code(PlaceKind, _("Kind of place"), initial=PlaceKind.UNKNOWN)
    legal_justification = fields.code(
        LegalJustification, _("Legal justification"), initial=LegalJustification.UNKNOWN
    )
    criminal_contexts = forms.MultipleChoiceField(
        label=_("Criminal context"),
        required=False,
        choices=fields.codes(CriminalContext),
        widget=fields.Several(),
    )
    offences = fields.line(_("Offences, as written"), LONGEST_PROSE, required=False)
    seal_number = fields.mark(_("Seal"), 120, required=False)
    custody_number = fields.mark(_("Custody number"), 120, required=False)
    taken_from = fields.line(
        _("Taken from"),
        200,
        required=False,
        help_text=_("Personal data: shown only on request. Every view is logged."),
    )
    taken_from_is_holder = fields.code(
        Known, _("Was it the holder on record"), initial=Known.UNKNOWN
    )
    notes = fields.lines(_("Notes"), rows=3, most=LONGEST_PROSE, required=False)
    is_named = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> None:
        """Read when it was: a day, or a month, a year or a span."""
        given = self.cleaned_data
        day, typed = given.get("recovered_on"), given.get("recovered_within", "")
        if day is None and not typed and "recovered_on" not in self.errors:
            self.add_error("recovered_on", _("Give the day, or at least the year."))
        if day is not None and typed:
            self.add_error(
                "recovered_within", _("Give the day or the span, and not both.")
            )
        elif day is not None or typed:
            self._read_span("recovered_on" if day else "recovered_within")
        self._warn_of_name()

    def _warn_of_name(self) -> None:
        """Point once at a text that names the person, which everybody could read."""
        given = self.cleaned_data
        texts = {n: v for n, v in given.items() if v and isinstance(v, str)}
        person = texts.pop("taken_from", "")
        named = texts_naming(person, texts) if not given.get("is_named") else []
        for name in named:
            self.add_error(name, NAMES_PERSON)
        if named:
            acting.refill(self, is_named="on")

    def _read_span(self, name: str) -> None:
        reading = spans.read_span(str(self.cleaned_data[name]), DateOrder.NOT_STATED)
        if reading.value is None:
            self.add_error(name, translate(reading.trouble) + ".")
        else:
            self.recovered = reading.value
            self._refuse_day(name)

    def _refuse_day(self, name: str) -> None:
        today = timezone.localdate()
        latest = date(today.year, 12, 31)
        for field, day, end in (
            ("recovered_on", self.recovered.first, today),
            ("recovered_until", self.recovered.last, latest),
        ):
            told = rules.Happened(field, day, end)
            if not rules.IN_LIVING_MEMORY.holds(told):
                self.add_error(name, translate(rules.IN_LIVING_MEMORY.broken(told)))
                return

    def clean_country(self) -> str:
        """Read the country by its name or its code."""
        typed: str = self.cleaned_data["country"]
        try:
            changes_of({"country": typed})
        except InvalidInput as refused:
            raise forms.ValidationError(translate(refused)) from refused
        return typed

    def refuse_number(self, taken_by: str, address: str) -> None:
        """Say that the number is on record already, and where."""
        said = gettext("This number is on record already: see %(record)s.")
        link = format_html('<a href="{}">{}</a>', address, taken_by)
        self.add_error("number", format_html(said.replace("%(record)s", "{}"), link))

    def to_input(self) -> RecoveryInput:
        """Give what the form states."""
        given: dict[str, Any] = self.cleaned_data
        stated = {name: given[name] for name in given if name in BY_NAME}
        told = changes_of(stated | days_of(self.recovered))
        return RecoveryInput(
            number=given["number"],
            description=Description(**told.description),
            item_kind=given["item_kind"],
            where=PlaceInput(**told.where),
            ammunition_kind=given["ammunition_kind"],
            part_type=given["part_type"],
            quantity=given["quantity"],
            **told.stated,
        )


class JudgementForm(fields.DeskForm):
    """Same, different or cannot tell, with the reason."""

    judgement = fields.code(Judgement, "")
    reason = forms.CharField(max_length=500, required=False)
    seen = forms.IntegerField(required=False)

    def to_input(self, recovery_id: int, arm_id: int) -> judging.StatedJudgement:
        """Give the judgement."""
        return self.build(
            judging.StatedJudgement, recovery_id=recovery_id, arm_id=arm_id
        )


class PhotographForm(fields.DeskForm):
    """A photograph with what it shows."""

    file = fields.file(
        _("Photograph"),
        "image/jpeg,image/png",
        help_text=_(
            "JPEG or PNG. The file is kept as it came, as evidence; pages show it "
            "without the place and the device in it."
        ),
    )
    caption = fields.line(_("What it shows"), 200, required=False)
    taken_on = fields.day(_("Taken on"), required=False)
