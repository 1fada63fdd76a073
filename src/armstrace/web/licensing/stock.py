"""The stock book of a dealer, and of any other holder."""

from functools import partial

from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from armstrace.licensing import queries
from armstrace.registry.queries import stock
from armstrace.web import access, fields, listing
from armstrace.web.licensing import justifying
from armstrace.web.lists import exports

EXPORTED: exports.Columns = {
    "day": "on",
    "direction": lambda row: "IN" if row.is_in else "OUT",
    "event": "kind",
    "arm": "reference",
    "register_number": "source_number",
    "make": "make",
    "model": "model",
    "calibre": "calibre",
    "serial_as_marked": "serial",
    "from_or_to": "other",
    "document": "document",
}


class StockFilters(fields.FilterForm[stock.StockFilter]):
    since = fields.day(_("From"), required=False)
    until = fields.day(_("To"), required=False)


@access.staff_view
@justifying.ask_first
def book(request: access.Request, holder_id: int) -> HttpResponseBase:
    found = queries.holder_page(
        holder_id,
        **request.asking,
        reason=justifying.reason_of(request),
    )
    return show_book(request, holder_id, found.number, holder=found)


def show_book(
    request: access.Request, holder_id: int, number: str, holder: object = None
) -> HttpResponseBase:
    """Show the stock book of a holder, whoever may read it, or hand it over."""
    filters = StockFilters(request.GET or None)
    every = partial(stock.every_stock_row, holder_id)
    where = filters.to_filter()
    return listing.show(
        request,
        "licensing/stock.html",
        partial(stock.stock_rows, holder_id),
        filters,
        file=exports.File("stock-book", EXPORTED, every),
        number=number,
        count=stock.stock_count(holder_id, where, viewer=request.viewer),
        holder=holder,
    )
