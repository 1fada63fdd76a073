"""The records behind a number, as a list and as rows of a file."""

from collections.abc import Callable, Iterator
from functools import partial

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from armstrace.indicators.queries import CountedRecord
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.web import access
from armstrace.web.figures import days
from armstrace.web.figures.return_presenters import Viewing
from armstrace.web.lists import exports, pagination

COLUMNS: exports.Columns = {
    "number": "reference",
    "day": "recovered_on.for_export",
    "kind": lambda one: "REGISTERED" if one.arm_id else one.kind,
    "item": "item_kind",
    "type": lambda one: one.arm_type if one.item_kind is ItemKind.ARM else "",
    "make": "make",
    "model": "model",
    "serial_status": lambda one: (
        one.serial_status if one.item_kind is ItemKind.ARM else ""
    ),
    "region": "region",
    "agency": "agency",
    "case_number": "case_number",
    "quantity": "quantity",
}
AT_ONCE = 5_000

type Fetch = Callable[..., Page[CountedRecord]]


def show(
    request: access.Request,
    fetch: Fetch,
    *,
    year: int,
    template: str = "figures/records.html",
    name: str = "",
    **words: object,
) -> HttpResponseBase:
    """Show a page of the records behind a number, or hand them over as a file.

    Args:
        fetch: The query with all that it asks for but the viewer and the page.
    """
    fetch = partial(fetch, viewer=request.viewer)
    if exports.is_wanted(request):
        rows = _rows(fetch(page=PageRequest(1, AT_ONCE)), fetch)
        return exports.hand_over(request, name or f"records_{year}", COLUMNS, rows)
    page = fetch(page=pagination.page_request(request))
    context = {
        "rows": page.rows,
        "paging": pagination.paging(request, page, exports=True),
        "year": year,
        "heading": gettext("Records behind a figure"),
        "asked": Viewing(year, request.GET.get("as_of", "")).as_of_query,
        "known_at": days.end_of(request),
        **words,
    }
    return render(request, template, context)


def _rows(page: Page[CountedRecord], fetch: Fetch) -> Iterator[CountedRecord]:
    yield from page.rows
    while page.has_next:
        page = fetch(page=PageRequest(page.number + 1, AT_ONCE))
        yield from page.rows
