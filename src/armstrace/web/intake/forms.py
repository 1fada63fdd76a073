"""A file to load, how its columns are understood, a held row to mend."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.intake.dates import DateOrder
from armstrace.intake.field_words import words_of
from armstrace.intake.fields import FIELDS, IntakeKind
from armstrace.intake.profiles.drafts import Draft
from armstrace.intake.profiles.propose import Proposal
from armstrace.intake.queries import HeldRowCard
from armstrace.translation import translate
from armstrace.vocabulary.outcomes import RowOutcome
from armstrace.web import fields

COLUMN = "column-"
CONSTANT = "constant-"
LONG = 80
LEFT_OUT = "-"


class FileForm(fields.DeskForm):
    """Which file, and what its rows are."""

    file = forms.FileField(
        label=_("Workbook or CSV file"),
        widget=forms.FileInput({"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
    )
    kind = forms.ChoiceField(
        label=_("What the rows are"),
        required=False,
        choices=fields.codes(IntakeKind, empty=_("recognised by its headings")),
    )


class ProfileForm(fields.DeskForm):
    """How each column of an unknown file is understood."""

    name = forms.SlugField(label=_("Name of the profile"), max_length=80)
    source = forms.CharField(
        label=_("Who states these rows"),
        max_length=80,
        help_text=_(
            "Such as the police force; with its number it is a row's identity."
        ),
    )

    date_order = forms.ChoiceField(
        label=_("How its dates are written"),
        required=False,
        choices=(
            (DateOrder.NOT_STATED.value, _("not stated")),
            (DateOrder.DAY_FIRST.value, _("day first: 03/04/2019 is 3 April")),
            (DateOrder.MONTH_FIRST.value, _("month first: 03/04/2019 is 4 March")),
        ),
        help_text=_("Dates such as 2019-04-03 need no order."),
    )

    def __init__(self, proposal: Proposal, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        self.fields["name"].initial = proposal.name
        self.fields["date_order"].initial = proposal.date_order.value
        choices = [
            ("", _("kept in the notes")),
            (LEFT_OUT, _("left out")),
            *_field_choices(proposal.kind),
        ]
        for at, column in enumerate(proposal.columns):
            self.fields[f"{COLUMN}{at}"] = forms.ChoiceField(
                label=column.heading,
                required=False,
                choices=choices,
                initial=column.field,
                widget=forms.Select({"class": "form-select"}),
            )
        for name in proposal.missing:
            self._add_constant(name)

    def _add_constant(self, name: str) -> None:
        stated = next(f for f in FIELDS[self.proposal.kind] if f.name == name)
        label = _("%(field)s, the same in every row") % {
            "field": translate(words_of(name))
        }
        box: forms.Field = forms.CharField(
            label=label,
            required=False,
            widget=forms.TextInput({"class": "form-control"}),
        )
        if stated.codes is not None:
            box = forms.ChoiceField(
                label=label,
                required=False,
                choices=fields.codes(stated.codes, empty=_("not stated")),
                widget=forms.Select({"class": "form-select"}),
            )
        self.fields[f"{CONSTANT}{name}"] = box

    def columns(self) -> list[tuple[Any, Any]]:
        """Pair each proposed column with its choice."""
        return [
            (column, self[f"{COLUMN}{at}"])
            for at, column in enumerate(self.proposal.columns)
        ]

    def constants(self) -> list[Any]:
        """Give the boxes of what the profile is to state."""
        return [self[f"{CONSTANT}{name}"] for name in self.proposal.missing]

    def draft(self) -> Draft:
        """Give what the person made of the proposal."""
        given = self.cleaned_data
        chosen = {
            column.heading: given[f"{COLUMN}{at}"]
            for at, column in enumerate(self.proposal.columns)
            if given[f"{COLUMN}{at}"] not in {"", LEFT_OUT}
        }
        stated = {
            name: (given[f"{CONSTANT}{name}"], "stated at the desk for the whole file")
            for name in self.proposal.missing
            if given[f"{CONSTANT}{name}"]
        }
        why = "left out at the desk"
        ignored = {
            column.heading: why
            for at, column in enumerate(self.proposal.columns)
            if column.heading and given[f"{COLUMN}{at}"] == LEFT_OUT
        }
        is_said = "date_order" in self.data
        order = DateOrder(given["date_order"]) if is_said else None
        return Draft(given["name"], given["source"], chosen, stated, ignored, order)


class MendForm(fields.DeskForm):
    """A held row, field by field; what is wrong stands first."""

    def __init__(self, card: HeldRowCard, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        wrong = [trouble.field for trouble in card.troubles if trouble.field]
        names = [f.name for f in FIELDS[card.kind]]
        self.shown = dict.fromkeys([*wrong, *(n for n in names if card.values.get(n))])
        order = dict.fromkeys([*self.shown, *names])
        for name in order:
            value = card.values.get(name, "")
            box = (
                forms.Textarea({"rows": 2}) if len(value) > LONG else forms.TextInput()
            )
            box.attrs |= {"class": "form-control", "dir": "auto"}
            self.fields[name] = forms.CharField(
                label=translate(words_of(name)),
                required=False,
                initial=value,
                widget=box,
            )

    def stated(self) -> list[Any]:
        """Give the boxes of what is wrong and of what the file states."""
        return [self[name] for name in self.fields if name in self.shown]

    def left_empty(self) -> list[Any]:
        """Give the boxes of what the file leaves empty."""
        return [self[name] for name in self.fields if name not in self.shown]

    def changed_values(self) -> dict[str, str]:
        """Give the fields that were changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class DismissForm(fields.DeskForm):
    """Why a held row is not loaded."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


FATES = {
    RowOutcome.NEW: _("Row loaded."),
    RowOutcome.CORRECTED: _("Row loaded as a correction."),
    RowOutcome.UNCHANGED: _("The records already say so; nothing was changed."),
    RowOutcome.CONFLICT: _("Someone has corrected this record since; choose."),
}


def _field_choices(kind: IntakeKind) -> list[tuple[str, str]]:
    return [(f.name, translate(words_of(f.name))) for f in FIELDS[kind]]
