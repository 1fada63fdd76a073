"""What is said with a step, and what narrows the inbox."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.procedures import reading
from armstrace.procedures.inputs import StepDone, WaiverAsked, WaiverDecided
from armstrace.procedures.queries import InboxChoices, InboxFilter
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.procedures import DOING, WaiverGround
from armstrace.web import fields

LARGEST = 1_000_000


class DoneForm(fields.DeskForm):
    """That a step is done."""

    evidence = fields.one_of_two(
        fields.line(_("Number or place of the evidence"), 200, required=False)
    )
    note = fields.one_of_two(fields.lines(_("What was done or found"), required=False))

    def said(self) -> StepDone:
        """Give what was said."""
        return StepDone(self.cleaned_data["evidence"], self.cleaned_data["note"])


class AskForm(fields.DeskForm):
    """That a step should go undone."""

    ground = fields.code(WaiverGround, _("Ground"), empty="—")
    reason = fields.lines(_("Reason"))

    def said(self) -> WaiverAsked:
        """Give what was said."""
        given = self.cleaned_data
        return WaiverAsked(WaiverGround(given["ground"]), given["reason"])


class DecideForm(fields.DeskForm):
    """Whether a step may go undone."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("", "—"),
            ("waive", _("Waive the step")),
            ("refuse", _("Refuse: the step has to be done")),
        ],
    )
    reason = fields.lines(_("Reason"))

    def said(self) -> WaiverDecided:
        """Give what was said."""
        given = self.cleaned_data
        return WaiverDecided(given["answer"] == "waive", given["reason"])


class InboxFilters(fields.DeskForm):
    """What narrows the inbox."""

    agency = forms.ChoiceField(label=_("Agency"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    code = forms.ChoiceField(label=_("Step"), required=False)
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[
            ("", gettext_lazy("any")),
            ("late", _("overdue")),
            ("asked", _("waiver asked for")),
        ],
    )

    def offer(self, choices: InboxChoices) -> None:
        """Give the agencies and steps to choose from."""
        every = [("", gettext("any"))]
        roles = [(each.value, gettext(each.label)) for each in DOING]
        offered: dict[str, list[tuple[str, str]]] = {
            "agency": [*every, *((each, each) for each in choices.agencies)],
            "role": [*every, *roles],
            "code": [*every, *choices.steps],
        }
        for name, listed in offered.items():
            fields.offer(self, name, listed)

    def to_filter(self) -> InboxFilter:
        """Give what was asked for; what cannot be read narrows nothing."""
        given: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        role = given.get("role")
        return InboxFilter(
            agency=given.get("agency", ""),
            role=Role(role) if role else None,
            code=given.get("code", ""),
            is_late=given.get("due") == "late",
            is_asked=given.get("due") == "asked",
        )


class FileForm(fields.DeskForm):
    """A procedure as a file."""

    file = forms.FileField(label=_("Procedure, a TOML file"))

    def values(self) -> reading.Plain:
        """Give what the file says.

        Raises:
            InvalidInput: It is not TOML.
        """
        sent = self.cleaned_data["file"]
        content: bytes = sent.read(LARGEST)
        return reading.parse(content.decode("utf-8", errors="replace"))


class YearForm(fields.DeskForm):
    """The year whose recoveries go through a procedure."""

    year = forms.IntegerField(label=_("Year"), min_value=1000, max_value=9999)
