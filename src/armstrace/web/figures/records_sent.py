"""The records behind a number, as a list and as rows of a file."""

from collections.abc import Callable, Iterator

from django.http import HttpResponseBase

from armstrace.indicators.queries import CountedRecord
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.web import access
from armstrace.web.lists import exports

HEAD = (
    *("number", "day", "kind", "item", "type", "make", "model", "serial_status"),
    *("region", "agency", "case_number", "quantity"),
)
AT_ONCE = 5_000

type Fetch = Callable[[PageRequest], Page[CountedRecord]]


def is_wanted(request: access.Request) -> bool:
    """Tell whether the list is wanted as a file."""
    return request.GET.get("format") in exports.WRITERS


def file(request: access.Request, name: str, fetch: Fetch) -> HttpResponseBase:
    """Hand over all records behind a number.

    Args:
        request: Who asks, and for which kind of file.
        name: File name without its ending.
        fetch: Gives a page of the list.
    """
    write = exports.WRITERS[request.GET["format"]]
    return write(name, HEAD, _rows(fetch(PageRequest(1, AT_ONCE)), fetch))


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
