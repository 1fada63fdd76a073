"""What a desk says of a case."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.investigations.inputs import (
    EntryInput,
    LessonInput,
    OutcomeInput,
    SubjectInput,
)
from armstrace.investigations.queries import CaseFilter
from armstrace.licensing.inputs import FileInput
from armstrace.records import jurisdiction
from armstrace.translation import translate
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.intelligence import Basis
from armstrace.vocabulary.investigations import (
    CASE_SUBJECTS,
    Aim,
    AimResult,
    CaseState,
    EntryKind,
    LessonKind,
    PersonRole,
)
from armstrace.vocabulary.networks import HandlingCode, NodeKind
from armstrace.vocabulary.texts import shorten
from armstrace.web import fields, files
from armstrace.web.intelligence.forms import grade_field

type Choices = list[tuple[str, str]]
MOST_TEXT = 2_000
NUMBERS = re.compile(r"\s*[Rr]?([1-9][0-9]{0,17})\s*")


class CaseFilters(fields.FilterForm[CaseFilter]):
    named: ClassVar = {"q": "text", "shown": "is_mine"}

    q = fields.line(_("Number, main case or title"), 120, required=False)
    shown = forms.TypedChoiceField(
        label=_("Which"),
        required=False,
        choices=[("", _("all")), ("MINE", _("where I am a member"))],
        coerce=bool,
    )
    state = fields.any_of(CaseState, _("Status"))
    aim = fields.any_of(Aim, _("Aim"))


class RecoveryNumbers(forms.CharField):
    """Numbers of recoveries, with commas or blanks between."""

    def clean(self, value: str) -> tuple[int, ...]:
        """Give the numbers.

        Raises:
            ValidationError: One of them is none.
        """
        text = super().clean(value)
        found = []
        for part in re.split(r"[,;\s]+", text.strip()):
            read = NUMBERS.fullmatch(part)
            if part and read is None:
                said = gettext(
                    "“%(text)s” is not the number of a recovery, such as R12."
                )
                raise forms.ValidationError(said % {"text": shorten(part, 40)})
            if read is not None:
                found.append(int(read[1]))
        return tuple(found)


class CaseForm(fields.DeskForm):
    fills: ClassVar[tuple[type | str, ...]] = ("investigations.Case",)
    title = fields.line(_("Title"))
    aims = forms.TypedMultipleChoiceField(
        label=_("What it is for"),
        choices=fields.codes(Aim),
        coerce=Aim,
        widget=forms.CheckboxSelectMultiple,
    )
    main_case = fields.line(
        _("Number of the main case"),
        required=False,
        help_text=_("As its unit writes it. This case runs beside it."),
    )
    lead = forms.ChoiceField(label=_("Lead"), required=False)
    recovery_ids = RecoveryNumbers(
        label=_("Recoveries"),
        help_text=_("Their numbers, such as R12, R13"),
        required=False,
        max_length=2_000,
    )
    is_sealed = forms.BooleanField(
        label=_("Seal it: only its members see it"), required=False
    )
    why = fields.line(_("Why it is opened"))
    # Which items the person was told to be in cases already.
    told = forms.CharField(required=False, widget=forms.HiddenInput)


class ActForm(CaseForm):
    """All that an act on a case may ask; each act keeps its own fields."""

    fills: ClassVar = ("investigations.Case", "investigations.CaseOutcome")
    person = forms.ChoiceField(label=_("Person"))
    item = forms.TypedChoiceField(label=_("Item"), coerce=int)
    preventive_action = fields.lines(_("Preventive action"), required=False)
    reason = fields.line(_("Reason"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def ask_outcome(self, aims: Iterable[str]) -> None:
        """Ask how far each aim was reached, and for three lessons."""
        for aim in map(Aim, aims):
            words = capfirst(gettext(aim.label))
            self.put(f"result_{aim.value}", fields.code(AimResult, words, empty="—"))
        self.order_fields(
            [*(n for n in self.fields if n.startswith("result_")), "preventive_action"]
        )
        for number in (1, 2, 3):
            self.put(f"kind_{number}", fields.code(LessonKind, _("What was learned")))
            told = fields.lines(_("In words"), most=MOST_TEXT, required=False)
            self.put(f"lesson_{number}", told)
        for name in ("preventive_action", "lesson_1"):
            self.fields[name].required = True

    def outcome(self) -> OutcomeInput:
        said = self.cleaned_data
        results = {
            Aim(name.removeprefix("result_")): result
            for name, result in said.items()
            if name.startswith("result_")
        }
        return OutcomeInput(
            results=results,
            preventive_action=said["preventive_action"],
            lessons=tuple(
                LessonInput(kind=said[f"kind_{n}"], text=said[f"lesson_{n}"])
                for n in (1, 2, 3)
            ),
        )


class SpanField(forms.CharField):
    """A day, a month, a year or a span of them."""

    def clean(self, value: str) -> DateSpan | None:
        """Read the span.

        Raises:
            ValidationError: It is none.
        """
        text = super().clean(value)
        try:
            return DateSpan.read(text) if text else None
        except InvalidInput as error:
            raise forms.ValidationError(translate(error)) from error


class EntryForm(fields.DeskForm):
    """All that an entry may say; each kind keeps its own fields."""

    fills: ClassVar = ("investigations.CaseEntry",)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    subject_kind = fields.code(CASE_SUBJECTS, _("What it is"))
    role = fields.code(
        PersonRole,
        _("Role of the person"),
        empty="—",
        required=False,
        help_text=_("Needed for a person."),
    )
    offence = forms.ChoiceField(label=_("Offence"))
    when = SpanField(
        label=_("When"),
        help_text=_("As precisely as it is known: 2026-03-01, 2026-03, 2026"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"dir": "ltr"}),
    )
    due_on = fields.day(_("Due on"), required=False)
    text = fields.lines(_("What"), rows=3, required=False)
    why = fields.lines(_("Why"), required=False)
    person = fields.line(_("Who"), required=False)
    place = fields.line(_("Place"), required=False)
    origin = fields.one_of_two(
        fields.line(
            _("Source"),
            required=False,
            help_text=_(
                "The record, statement or document that says so; a fact needs one."
            ),
        )
    )
    basis = fields.code(Basis, _("Fact or assessment"))
    mentions = forms.TypedMultipleChoiceField(
        label=_("Persons and things in it"),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple({"size": "4"}),
    )
    new_kind = fields.code(
        CASE_SUBJECTS,
        _("Somebody or something new in the case"),
        empty="—",
        required=False,
    )
    new_text = fields.line(_("Its name or number, as written"), 2_000, required=False)
    new_role = fields.code(
        PersonRole, _("Role of the person"), empty="—", required=False
    )
    recovery_ids = RecoveryNumbers(
        label=_("Recoveries in it"),
        help_text=_("Their numbers, such as R12; what is new is put into the case"),
        required=False,
        max_length=2_000,
    )
    subject_id = fields.RecordNumber(
        "P",
        label=_("Subject of the linked picture"),
        help_text=_("Its number, such as P12, where it is on record there"),
        required=False,
        error_messages={"invalid": _("Write it as P12, or leave it empty.")},
    )
    file = files.Documents(_("Files"), required=False)
    handling = grade_field(HandlingCode, _("Handling code"))
    permission = fields.line(
        _("Permission of its provider"),
        required=False,
        help_text=_("Who permitted its use in court, and when; not needed for H0."),
    )
    reason = fields.line(_("Reason"))

    def ask_elements(self, offence: str, on: date | None, borne: Choices) -> None:
        """Ask of each element of an offence what bears it.

        Args:
            borne: Entries and recovered items of the case.
        """
        if on is None:
            return
        for element in jurisdiction.profile().elements_of(offence, on):
            box = forms.MultipleChoiceField(
                label=capfirst(gettext(element.words)),
                help_text=element.source,
                required=False,
                choices=borne,
                widget=forms.SelectMultiple({"size": "4"}),
            )
            self.put(f"element_{element.code}", box)

    def given(self, kind: EntryKind, file: FileInput | None = None) -> EntryInput:
        said = self.cleaned_data
        return self.build(
            EntryInput,
            kind=kind,
            text=said.get("text", ""),
            file=file,
            subjects=self._new(said),
            elements=self._elements(said),
        )

    def _new(self, said: dict[str, Any]) -> tuple[SubjectInput, ...]:
        if not said.get("new_text") and not said.get("new_kind"):
            return ()
        made = SubjectInput(
            subject_kind=said.get("new_kind") or NodeKind.PERSON,
            text=said.get("new_text", ""),
            role=said.get("new_role") or None,
        )
        return (made,)

    def _elements(self, said: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        return {
            name.removeprefix("element_"): tuple(borne)
            for name, borne in said.items()
            if name.startswith("element_")
        }
