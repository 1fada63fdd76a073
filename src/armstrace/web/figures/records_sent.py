"""The records behind a number, as a list and as rows of a file."""

from collections.abc import Callable, Iterator

from django.http import HttpResponseBase
from django.shortcuts import render

from armstrace.indicators.queries import CountedRecord
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.web import access
from armstrace.web.lists import exports, pagination

HEAD = (
    *("number", "day", "kind", "item", "type", "make", "model", "serial_status"),
    *("region", "agency", "case_number", "quantity"),
)
AT_ONCE = 5_000

type Fetch = Callable[[PageRequest], Page[CountedRecord]]


def show(
    request: access.Request, fetch: Fetch, *, template: str, name: str, **words: object
) -> HttpResponseBase:
    """Show a page of the records behind a number, or hand all of them over as a file.

    Args:
        request: Who asks, and for which kind of file.
        fetch: Gives a page of the list.
        name: File name without its ending.
        words: What the page says besides.
    """
    write = exports.WRITERS.get(request.GET.get("format", ""))
    if write is not None:
        return write(name, HEAD, _rows(fetch(PageRequest(1, AT_ONCE)), fetch))
    page = fetch(pagination.page_request(request))
    paging = pagination.paging(request, page, exports=True)
    return render(request, template, {"rows": page.rows, "paging": paging, **words})


def _rows(page: Page[CountedRecord], fetch: Fetch) -> Iterator[tuple[object, ...]]:
    yield from map(_row, page.rows)
    while page.has_next:
        page = fetch(PageRequest(page.number + 1, AT_ONCE))
        yield from map(_row, page.rows)


def _row(one: CountedRecord) -> tuple[object, ...]:
    is_arm = one.item_kind.value == "ARM"
    return (
        one.reference,
        one.recovered_on.exported,
        "REGISTERED" if one.arm_id else one.kind.value,
        one.item_kind.value,
        one.arm_type.value if is_arm else "",
        one.make,
        one.model,
        one.serial_status.value if is_arm else "",
        one.region,
        one.agency,
        one.case_number,
        one.quantity,
    )
