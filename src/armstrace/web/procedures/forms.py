"""What is said with a step, and what narrows the inbox."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.procedures import reading
from armstrace.procedures.queries import InboxChoices, InboxFilter
from armstrace.translation import translate
from armstrace.vocabulary.procedures import (
    DOING,
    StepAnswer,
    StepStanding,
    WaiverGround,
)
from armstrace.web import fields

LARGEST = 1_000_000


class StepForm(fields.DeskForm):
    """What is said of a step, with its state as it was read."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class BackForm(StepForm, fields.ReasonForm):
    """Why a step is opened again."""


class CloseForm(fields.DeskForm):
    """What is said with the closing of a recovery."""

    reason = fields.line(_("Reason"), required=False)


class DoneForm(StepForm):
    fills: ClassVar = ("procedures.Step",)
    evidence = fields.one_of_two(
        fields.line(_("Number or place of the evidence"), required=False)
    )
    note = fields.one_of_two(
        fields.lines(_("What was done or found"), most=500, required=False)
    )


class AskForm(StepForm):
    """That a step should go undone."""

    ground = fields.code(WaiverGround, _("Ground"), empty="—")
    reason = fields.lines(_("Reason"))


class DecideForm(StepForm):
    """Whether a step may go undone."""

    named: ClassVar = {"answer": "is_granted"}

    answer = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[
            ("", "—"),
            ("waive", _("Waive the step")),
            ("refuse", _("Refuse: the step has to be done")),
        ],
        coerce=lambda said: said == "waive",
    )
    reason = fields.lines(_("Reason"))


class InboxFilters(fields.FilterForm[InboxFilter]):
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    role = fields.any_of(DOING, _("Role"))
    code = forms.ChoiceField(label=_("Step"), required=False)
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[
            ("", gettext_lazy("any")),
            ("late", _("overdue")),
            ("asked", _("waiver asked for")),
            ("DONE", _("done")),
            ("WAIVED", _("waived")),
        ],
    )
    answer = fields.any_of(StepAnswer, _("Done by"))

    def offer(self, choices: InboxChoices) -> None:
        """Give the agencies and steps to choose from."""
        every = [("", gettext("any"))]
        fields.offer(self, "agency", fields.same_words(choices.agencies))
        fields.offer(
            self,
            "code",
            [*every, *((code, translate(words)) for code, words in choices.steps)],
        )

    def to_filter(self, **more: object) -> InboxFilter:
        """Give what was asked for; what cannot be read narrows nothing."""
        due = self.data.get("due")
        if due in {StepStanding.DONE, StepStanding.WAIVED}:
            more["state"] = StepStanding(due)
        return super().to_filter(is_late=due == "late", is_asked=due == "asked", **more)


class FileForm(fields.DeskForm):
    file = fields.file(_("Procedure, a TOML file"), ".toml", most=LARGEST)

    def values(self) -> reading.Plain:
        """Give what the file says.

        Raises:
            InvalidInput: It is not TOML.
        """
        sent = self.cleaned_data["file"]
        content: bytes = sent.read()
        return reading.parse(content.decode("utf-8", errors="replace"))


class YearForm(fields.DeskForm):
    """The year whose recoveries go through a procedure."""

    year = forms.IntegerField(label=_("Year"), min_value=1000, max_value=9999)
