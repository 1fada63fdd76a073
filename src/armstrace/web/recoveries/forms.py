"""What is written down of a recovery, and of those who look at it."""

from dataclasses import MISSING
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
from armstrace.recoveries.fields import (
    BY_NAME,
    FIELDS,
    IN_FILES_ALONE,
    RecoveryField,
    changes_of,
    days_of,
)
from armstrace.recoveries.inputs import PlaceInput, RecoveryInput
from armstrace.recoveries.rules import texts_naming
from armstrace.translation import translate
from armstrace.vocabulary.arms import AmmunitionKind, ItemKind, PartType
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.tracing import Judgement
from armstrace.web import acting, fields

NAMES_PERSON = _(
    "This names the person from whom the arm was taken, and everybody who sees the "
    "record reads it; take the name out here, or send again to leave it."
)


def in_order(names: str) -> tuple[str, ...]:
    """Give the names of fields, as they stand in a line."""
    return tuple(names.split())


# Numbers and marks, which are read sign by sign.
VERBATIM = in_order(
    "serial import_mark other_marks case_number seal_number custody_number"
)
HINTS = {
    "serial": _(
        "Type ? for each character you cannot read, or say what was done to it: "
        "erased, for example."
    ),
    "country": _("Its name or its two letters."),
    "taken_from": _("Personal data: shown only on request. Every view is logged."),
}


def box(each: RecoveryField) -> forms.Field:
    """Make the box in which a field of a recovery is typed or chosen."""
    label = fields.called(each.name)
    told: dict[str, Any] = {"help_text": HINTS.get(each.name, ""), "required": False}
    if each.codes and each.is_several:
        choices = fields.codes(each.codes)
        several = fields.Several()
        return forms.MultipleChoiceField(
            label=label, choices=choices, widget=several, **told
        )
    if each.codes:
        first = None if each.default is MISSING else each.default
        return fields.code(each.codes, label, initial=first)
    # A country may be said in words.
    most = None if each.name == "country" else each.longest
    if each.name == "notes":
        return fields.lines(label, rows=3, most=most, **told)
    if each.name in VERBATIM:
        return fields.mark(label, most, **told)
    told["required"] = each.default is MISSING
    return fields.line(label, most, **told)


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
    recovered_on = fields.one_of_two(
        fields.day(fields.called("recovered_on"), required=False)
    )
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
    is_named = forms.BooleanField(required=False, widget=forms.HiddenInput)
    locals().update(
        {
            each.name: box(each)
            for each in FIELDS
            if each.name not in {"recovered_on", *IN_FILES_ALONE}
        }
    )

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
    reason = forms.CharField(required=False)
    seen = forms.IntegerField(required=False)

    def to_input(self, recovery_id: int, arm_id: int) -> judging.StatedJudgement:
        """Give the judgement."""
        return self.build(
            judging.StatedJudgement, recovery_id=recovery_id, arm_id=arm_id
        )


class PhotographForm(fields.DeskForm):
    """A photograph with what it shows."""

    fills: ClassVar = ("recoveries.RecoveryPhotograph",)
    file = fields.file(
        _("Photograph"),
        "image/jpeg,image/png",
        help_text=_(
            "JPEG or PNG. The file is kept as it came, as evidence; pages show it "
            "without its location and device data."
        ),
    )
    caption = fields.line(_("What it shows"), required=False)
    taken_on = fields.day(_("Taken on"), required=False)
