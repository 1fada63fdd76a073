"""What people add to a return: a figure with its source, an explanation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.statistics.questionnaire import entering
from armstrace.analysis.statistics.questionnaire.entering import (
    MOST_DIGITS,
    StatedFigure,
)
from armstrace.analysis.statistics.questionnaire.filled import Cell, WhyBlank
from armstrace.translation import translate
from armstrace.vocabulary import files
from armstrace.vocabulary.errors import ArmstraceError, InvalidInput, RuleBroken
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.returns import DifferenceReason
from armstrace.web import cell_names, fields

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FIELD_OF = {
    "RT-21": ("value", "text"),
    "RT-22": ("source",),
    "RT-23": ("value",),
    "RT-24": ("value",),
    "RT-25": ("reason",),
    "RT-27": ("words",),
}
SOURCE = fields.line(
    _("Source"), 300, help_text=_("Who counted it, in which report and on which date.")
)


class RefusingForm(fields.DeskForm):
    """A form that comes back with what was typed when a rule refuses it."""

    def refuse(self, error: ArmstraceError) -> None:
        """Set what was refused, a line each, beside the field that it speaks of."""
        rule = error.rule if isinstance(error, RuleBroken) else ""
        named = (*FIELD_OF.get(rule, ()), "file")
        field = next((name for name in named if name in self.fields), None)
        for words in self.say(error.message).splitlines():
            self.add_error(field, words)

    def say(self, refused: Message) -> str:
        """Name cells as the page does; a file names them by their codes."""
        if "file" in self.fields:
            return translate(refused)
        return cell_names.in_words(refused)


def count_field(
    label: "str | _StrPromise",
    *,
    initial: int | None = None,
    hint: "str | _StrPromise" = "",
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        initial=initial,
        help_text=hint,
        min_value=0,
        max_value=10**MOST_DIGITS - 1,
        error_messages={
            "invalid": _("A count is a whole number; enter it in digits."),
            "min_value": _("A count cannot be below zero; enter 0 if there were none."),
            "max_value": _("The count is too large; check its digits."),
        },
    )


class FigureForm(RefusingForm):
    """A cell that records do not fill: a number or why it stays blank."""

    value = count_field(
        _("Either the number"),
        hint=_("Leave it blank if it is not known; zero means that there were none."),
    )
    text = fields.line(
        _("Either words"), required=False, widget=forms.Textarea({"rows": 4})
    )
    why_blank = fields.code(
        WhyBlank, _("Or why it is left blank"), empty=_("it does not"), required=False
    )
    source = SOURCE
    reason = fields.line(_("Why the existing figure is corrected"))

    def __init__(self, cell: Cell, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.cell = cell
        is_text = cell.column == "TEXT"
        del self.fields["value" if is_text else "text"]
        if not cell.source:
            del self.fields["reason"]

    def to_input(self, year: int) -> StatedFigure:
        return self.build(StatedFigure, year=year, cell=self.cell.key)


class TableForm(RefusingForm):
    """Cells of one table that records do not fill, with one source for all."""

    source = SOURCE
    reason = fields.line(_("Why existing figures are corrected"), required=False)

    def __init__(self, cells: Sequence[Cell], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        self.cells = {cell.key: cell for cell in cells}
        super().__init__(*args, **kwargs)
        if not any(cell.source for cell in cells):
            del self.fields["reason"]
        for cell in cells:
            words = cell_names.cell_words(cell.key)
            self.put(cell.key, count_field(words, initial=cell.value))
        self.order_fields(self.cells)

    def clean(self) -> dict[str, Any]:
        """Ask for a number, and for the reason where one stands already."""
        given = super().clean() or {}
        stated = self._numbers_of(given)
        if not stated and not self.errors:
            self.add_error(None, gettext("Enter at least one number."))
        corrects = any(self.cells[key].source for key in stated)
        if corrects and not given.get("reason"):
            words = gettext("Give a reason for correcting existing figures.")
            self.add_error("reason", words)
        return given

    def to_input(self, year: int) -> list[StatedFigure]:
        """Give what was written anew; a cell left as it was states nothing."""
        source = self.cleaned_data["source"]
        return [
            StatedFigure(year, key, value, source)
            for key, value in self._numbers_of(self.cleaned_data).items()
        ]

    def _numbers_of(self, given: dict[str, Any]) -> dict[str, int]:
        return {
            key: given[key]
            for key, cell in self.cells.items()
            if given.get(key) is not None and given[key] != cell.value
        }


class ExplainForm(RefusingForm):
    """Why figures that ought to agree do not."""

    fills: ClassVar = ("indicators.ExplainedDifference",)
    reason_code = fields.code(DifferenceReason, _("Reason"), empty=_("choose one"))
    words = fields.lines(
        _("In words"),
        rows=3,
        required=False,
        help_text=_("It is sent with the return."),
    )


class FiguresFileForm(RefusingForm):
    """Figures of another authority, as a table."""

    file = fields.file(
        _("CSV with the columns table, row, column and value"), ".csv,.txt"
    )
    source = fields.line(_("Source"), 300)
    reason = fields.line(
        _("Why existing figures are corrected, if the file states any"), required=False
    )

    def to_figures(self, year: int) -> dict[str, Any]:
        """Give the figures that the file states, and what of it cannot be read.

        Raises:
            InvalidInput: It is no text, or has no such columns.
        """
        given = self.cleaned_data
        try:
            text = files.decode(given["file"].read())
        except UnicodeDecodeError as wrong:
            msg = gettext(
                "The file is not in UTF-8; save it as UTF-8 and load it again."
            )
            raise InvalidInput(msg, field="file") from wrong
        stated, unread = entering.read_lines(text, year=year, source=given["source"])
        return {"stated": stated, "unread": unread}
