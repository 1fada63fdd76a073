"""The records behind a number, as a list and as rows of a file."""

from collections.abc import Callable, Iterator

from django.http import HttpResponseBase
from django.shortcuts import render

from armstrace.indicators.queries import CountedRecord
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.web import access
from armstrace.web.lists import exports, pagination

COLUMNS: exports.Columns = {
    "number": "reference",
    "day": "recovered_on.exported",
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

type Fetch = Callable[[PageRequest], Page[CountedRecord]]


def show(
    request: access.Request, fetch: Fetch, *, template: str, name: str, **words: object
) -> HttpResponseBase:
    """Show a page of the records behind a number, or hand all of them over as a file.

    Args:
        name: File name without its ending.
    """
    if exports.is_wanted(request):
        rows = _rows(fetch(PageRequest(1, AT_ONCE)), fetch)
        return exports.hand_over(request, name, COLUMNS, rows)
    page = fetch(pagination.page_request(request))
    paging = pagination.paging(request, page, exports=True)
    return render(request, template, {"rows": page.rows, "paging": paging, **words})


def _rows(page: Page[CountedRecord], fetch: Fetch) -> Iterator[CountedRecord]:
    yield from page.rows
    while page.has_next:
        page = fetch(PageRequest(page.number + 1, AT_ONCE))
        yield from page.rows
