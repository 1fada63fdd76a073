"""Enter the figures of a whole table at once, with one source."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.statistics.questionnaire.entering import StatedFigure
from armstrace.analysis.statistics.questionnaire.filled import Cell, Origin
from armstrace.indicators import queries
from armstrace.indicators.actions import returns as actions
from armstrace.vocabulary.errors import NotFound
from armstrace.web import access, acting, fields
from armstrace.web.figures import cell_names
from armstrace.web.figures import return_presenters as shown
from armstrace.web.figures.return_forms import RefusingForm, count_field


class TableForm(RefusingForm):
    """Cells of one table that records do not fill, with one source for all."""

    source = fields.line(
        _("Source"), 300, help_text=_("Who counted it, in which report, on which day.")
    )
    reason = fields.line(_("Why existing figures are corrected"), 500, required=False)

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
            self.add_error(None, gettext("Write at least one number."))
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


@access.staff_who("return.fill")
def enter_table(request: access.Request, year: int, table_id: str) -> HttpResponse:
    """Enter what records do not hold of a table, with its source."""
    filled = queries.return_of(year=year, viewer=request.viewer)
    table = filled.table(table_id)
    cells = shown.enterable(table) if table else ()
    if not cells:
        msg = gettext("No cell of that table is entered; choose one from the return.")
        raise NotFound(msg)
    form = TableForm(cells, request.POST or None)
    made = acting.result_of(
        request,
        form,
        lambda: actions.load_figures(
            stated=form.to_input(year),
            reason=form.cleaned_data.get("reason", ""),
            origin=Origin.ENTERED,
            **request.how,
        ),
    )
    if made is not None:
        said = gettext("%(n)s figures are entered.")
        messages.success(request, said % {"n": len(made)})
        there = reverse("return-year", args=[year])
        return redirect(f"{there}#table-{slugify(table_id)}")
    context = {
        "year": year,
        "form": form,
        "table_id": table_id,
        "title": cell_names.table_title(table_id),
    }
    return render(request, "figures/return_enter_table.html", context)
