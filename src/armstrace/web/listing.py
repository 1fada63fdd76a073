"""A list on a page, made from the query that gives its rows."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import HttpResponseBase

from armstrace.vocabulary.paging import Page, arguments_of
from armstrace.web import access, fields
from armstrace.web.lists import exports, pagination


def show(
    request: access.Request,
    template: str,
    rows: Callable[..., Page[Any]],
    filters: fields.FilterForm[Any] | None = None,
    *,
    file: exports.File | None = None,
    shown: Callable[[Sequence[Any]], Iterable[object]] | None = None,
    **more: object,
) -> HttpResponseBase:
    """Show one page of a list, or hand the whole list over as a file.

    Args:
        rows: The query; it is given of who asks, when and why what it takes.
        filters: What narrows the list.
        file: The whole list as a file; None where it is not handed over.
        shown: Gives rows as the template takes them; as found where None.
    """
    known: dict[str, object] = {
        "viewer": request.viewer,
        "at": request.at,
        "today": request.today,
        "page": pagination.page_request(request),
    }
    narrowed = [] if filters is None else [filters.to_filter()]
    if file is not None and exports.is_wanted(request):
        found = file.every(*narrowed, **arguments_of(file.every, known))
        return exports.hand_over(request, file.name, file.columns, found)
    page = rows(*narrowed, **arguments_of(rows, known))
    if filters is not None:
        more["filters"] = filters
    return pagination.show(
        request,
        template,
        page,
        rows=shown and shown(page.rows),
        exports=file is not None,
        **more,
    )
