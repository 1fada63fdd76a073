"""Who reports for a holder of the trade, and the end of a business."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.licensing import queries
from armstrace.registry.actions import trading as actions
from armstrace.registry.queries import trading
from armstrace.web import access, acting, fields
from armstrace.web.lists import pagination


class ReportingForm(fields.ReasonForm):
    agency = forms.ChoiceField(label=_("Agency of the trade"))
    ends = forms.BooleanField(
        label=_("It no longer reports for this holder"), required=False
    )
    field_order = ("agency", "ends", "reason")

    def __init__(self, *args: Any, agencies: list[tuple[str, str]]) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args)
        field: Any = self.fields["agency"]
        field.choices = [(code, f"{code} · {name}") for code, name in agencies]


class ClosingForm(fields.ReasonForm):
    closed_on = fields.day(
        _("Closed from"),
        required=False,
        help_text=_(
            "The first day without business; leave it empty to undo the closing."
        ),
    )
    left_over = fields.line(
        _("What becomes of the arms that are still in stock"), 300, required=False
    )
    book_on = fields.day(
        _("Stock book handed over on"),
        required=False,
        help_text=_("Hand the book over as a file from its page."),
    )
    field_order = ("closed_on", "left_over", "book_on", "reason")


@access.staff_who("holder.record")
def assign(request: access.Request, holder_id: int) -> HttpResponse:
    found = queries.holder_page(holder_id, **request.asking)
    agencies = trading.agencies_of_trade(viewer=request.viewer)
    form = ReportingForm(acting.sent(request), agencies=agencies)
    return acting.answer(
        request,
        form,
        lambda: actions.assign_agency(
            agency=form.cleaned_data["agency"],
            holder="" if form.cleaned_data["ends"] else found.number,
            reason=form.cleaned_data["reason"],
            **request.how,
        ),
        to=reverse("holder", args=[holder_id]),
        template="licensing/form.html",
        heading=gettext("Who reports for this holder"),
        verb=gettext("Save"),
        number=found.number,
    )


@access.staff_who("holder.record")
def close(request: access.Request, holder_id: int) -> HttpResponse:
    """Close a business from a day; what is still in stock is listed."""
    found = queries.holder_page(holder_id, **request.asking)
    form = ClosingForm(acting.sent(request))
    left = trading.stock_left(
        holder_id, viewer=request.viewer, page=pagination.page_request(request)
    )
    return acting.answer(
        request,
        form,
        lambda: actions.close_business(
            holder_id=holder_id, closing=form.build(actions.Closing), **request.how
        ),
        to=reverse("holder", args=[holder_id]),
        template="licensing/closing.html",
        heading=gettext("Close the business"),
        verb=gettext("Save"),
        number=found.number,
        holder_id=holder_id,
        rows=left.rows,
        paging=pagination.paging(request, left),
    )
