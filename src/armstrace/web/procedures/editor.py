"""A procedure as forms: its head, its triggers with conditions, its steps."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.procedures import reading
from armstrace.analysis.procedures.procedure import FACTS
from armstrace.translation import translate
from armstrace.vocabulary.procedures import (
    DOING,
    WAIVING,
    FactKind,
    FactTest,
    StepAnswer,
)
from armstrace.web import fields

if TYPE_CHECKING:
    from django.http import QueryDict

MOST_TRIGGERS, MOST_STEPS = 40, 100
CONDITIONS = 2
"""Rows of conditions that each trigger has, and more where one states more."""
NO_CHOICE = [("", "—")]


class HeadForm(fields.DeskForm):
    """What a version is called, and from when it is valid."""

    fills: ClassVar = ("procedures.ProcedureVersion",)
    code = forms.SlugField(label=_("Code"), max_length=40)
    name = fields.line(_("Name"))
    version = fields.line(_("Version"), 40)
    valid_from = fields.day(_("Valid from"))
    source = fields.line(_("Source"), 500, required=False)


class TriggerForm(fields.DeskForm):
    """Facts that open steps; an empty code takes the trigger out."""

    code = forms.SlugField(label=_("Code"), max_length=40, required=False)
    words = fields.line(_("Description"), 200, required=False)

    def __init__(self, *args: Any, conditions: int, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.conditions = conditions
        facts = [(name, translate(fact.words)) for name, fact in FACTS.items()]
        tests = [(each.value, _(each.label)) for each in FactTest]
        for number in range(conditions):
            add = self.fields
            add[f"fact_{number}"] = forms.ChoiceField(
                label=_("Fact"), choices=[*NO_CHOICE, *facts], required=False
            )
            add[f"test_{number}"] = forms.ChoiceField(
                label=_("Test"), choices=[*NO_CHOICE, *tests], required=False
            )
            add[f"values_{number}"] = fields.line(
                _("Values, separated by commas"), 500, required=False
            )

    def row(self) -> reading.Plain:
        given = self.cleaned_data
        asked = [
            [given[f"{name}_{n}"] for name in ("fact", "test", "values")]
            for n in range(self.conditions)
        ]
        return {
            "code": given["code"],
            "words": given["words"],
            "when": [
                {"fact": fact, test or "any_of": _plain(fact, text)}
                for fact, test, text in asked
                if fact
            ],
        }


class StepForm(fields.DeskForm):
    """One step; an empty code takes it out."""

    code = forms.SlugField(label=_("Code"), max_length=40, required=False)
    words = fields.line(_("Task"), 300, required=False)
    role = forms.ChoiceField(
        label=_("Role"), choices=[(each.value, _(each.label)) for each in DOING]
    )
    triggers = fields.line(_("Triggered by"), 500, required=False)
    after = fields.line(_("After"), 500, required=False)
    days = forms.IntegerField(label=_("Working days"), min_value=0, required=False)
    hours = forms.FloatField(label=_("Hours"), min_value=0, required=False)
    evidence = fields.line(_("Evidence required"), 300, required=False)
    waived_by = forms.MultipleChoiceField(
        label=_("May be waived by"),
        choices=[(each.value, _(each.label)) for each in WAIVING],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    answer = fields.code(StepAnswer, _("Done by"), initial=StepAnswer.PERSON)
    source = fields.line(_("Source"), 300, required=False)

    def row(self) -> reading.Plain:
        given = self.cleaned_data
        lists = {name: _split(given[name]) for name in ("triggers", "after")}
        row = {**given, **lists}
        return {k: v for k, v in row.items() if v not in (None, "", [])}


TriggerForms = forms.formset_factory(TriggerForm, extra=1, max_num=MOST_TRIGGERS)
StepForms = forms.formset_factory(StepForm, extra=1, max_num=MOST_STEPS)


class Editor:
    """The forms of one procedure, and what is wrong with what they say."""

    def __init__(self, values: reading.Plain, sent: "QueryDict | None") -> None:
        """Begin with a version, or with what was sent."""
        head = {name: values.get(name, "") for name in HeadForm.base_fields}
        self.head = HeadForm(sent, initial=head)
        stated = [len(each.get("when", ())) for each in values["trigger"]]
        self.triggers = TriggerForms(
            sent,
            prefix="trigger",
            initial=list(map(_trigger, values["trigger"])),
            form_kwargs={"conditions": max([CONDITIONS, *stated])},
        )
        self.steps = StepForms(
            sent, prefix="step", initial=list(map(_step, values["step"]))
        )

    def is_valid(self) -> bool:
        return all(each.is_valid() for each in (self.head, self.triggers, self.steps))

    def values(self) -> reading.Plain:
        head = {name: v for name, v in self.head.cleaned_data.items() if v}
        head["valid_from"] = self.head.cleaned_data["valid_from"].isoformat()
        return head | {"trigger": _rows(self.triggers), "step": _rows(self.steps)}

    @property
    def status(self) -> int:
        return 422 if self.head.is_bound and not self.is_valid() else 200


def _rows(formset: Any) -> list[reading.Plain]:  # noqa: ANN401 - a formset
    return [each.row() for each in formset if each.cleaned_data.get("code")]


def _split(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def _plain(fact: str, text: str) -> object:
    kind = FACTS[fact].kind
    if kind is FactKind.NUMBER and text.strip().isdecimal():
        return int(text)
    if kind is FactKind.FLAG:
        return text.strip().casefold() in {"true", "yes"}
    return _split(text)


def _trigger(row: reading.Plain) -> reading.Plain:
    shown = {"code": row["code"], "words": row["words"]}
    for number, condition in enumerate(row.get("when", [])):
        ((test, given),) = ((k, v) for k, v in condition.items() if k != "fact")
        values = given if isinstance(given, list) else [given]
        shown[f"fact_{number}"] = condition["fact"]
        shown[f"test_{number}"] = test
        shown[f"values_{number}"] = ", ".join(str(each).strip() for each in values)
    return shown


def _step(row: reading.Plain) -> reading.Plain:
    lists = {name: ", ".join(row.get(name, [])) for name in ("triggers", "after")}
    return {**row, **lists}
