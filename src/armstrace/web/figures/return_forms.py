"""What people add to a return: a figure with its source, an explanation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.statistics.questionnaire.entering import StatedFigure
from armstrace.analysis.statistics.questionnaire.filled import Cell, WhyBlank
from armstrace.vocabulary.returns import DifferenceReason
from armstrace.web import fields


class FigureForm(fields.DeskForm):
    """A cell that records do not fill: a number or why it stays blank."""

    value = forms.IntegerField(
        label=_("Number"),
        required=False,
        min_value=0,
        help_text=_("Leave it blank where it is not known; zero means that none is."),
    )
    text = forms.CharField(
        label=_("In words"), required=False, widget=forms.Textarea({"rows": 4})
    )
    why_blank = forms.ChoiceField(
        label=_("Why it stays blank"),
        required=False,
        choices=fields.codes(WhyBlank, empty=_("it does not")),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Who counted it, in which report, on which day."),
    )
    reason = forms.CharField(
        label=_("Why an earlier figure is corrected"), required=False, max_length=500
    )

    def __init__(self, cell: Cell, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.cell = cell
        is_text = cell.column == "TEXT"
        del self.fields["value" if is_text else "text"]
        if not cell.is_blank or cell.source:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]

    def stated(self, year: int) -> StatedFigure:
        """Give what was stated for the cell."""
        given = self.cleaned_data
        why = given["why_blank"]
        return StatedFigure(
            year,
            self.cell.key,
            given.get("value"),
            given["source"],
            text=given.get("text", ""),
            why_blank=WhyBlank[why] if why else None,
        )


class ExplainForm(fields.DeskForm):
    """Why figures that ought to agree do not."""

    reason_code = forms.ChoiceField(
        label=_("Reason"), choices=fields.codes(DifferenceReason, empty=_("choose one"))
    )
    words = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It travels with the return."),
    )


class FiguresFileForm(fields.DeskForm):
    """Figures of another authority, as a table."""

    file = forms.FileField(
        label=_("CSV with the columns table, row, column and value"),
        widget=forms.FileInput({"accept": ".csv,.txt"}),
    )
    source = forms.CharField(label=_("Source"), max_length=300)
    reason = forms.CharField(
        label=_("Why earlier figures are corrected"), required=False, max_length=500
    )
