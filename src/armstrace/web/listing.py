"""A list on a page, made from the query that gives its rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponseBase

from armstrace.vocabulary.paging import Page, arguments_of
from armstrace.web import access, acting, fields
from armstrace.web.lists import exports, pagination
from armstrace.web.templatetags import formatting

say = formatting.say


@dataclass(frozen=True, slots=True)
class Table:
    """A list of plain cells, which needs no template of its own."""

    title: str
    # What is said of it.
    lead: str
    # By their heads; the first names a row and leads to its page.
    columns: exports.Columns
    # Gives the address of the page of a row; empty where it has none.
    address: Callable[[Any], str] = lambda _row: ""

    def shown(self, rows: Sequence[Any]) -> list[tuple[str, list[str]]]:
        """Give each row as its address and its cells."""
        gets = exports.getters(self.columns)
        return [(self.address(row), [say(get(row)) for get in gets]) for row in rows]


def show_table(
    request: access.Request,
    table: Table,
    rows: Callable[..., Page[Any]],
    filters: fields.FilterForm[Any] | None = None,
    **more: Any,  # noqa: ANN401 - as show() takes it
) -> HttpResponseBase:
    """Show one page of a list of plain cells, with the form beneath, if any."""
    told: dict[str, Any] = {"listed": table, "shown": table.shown} | more
    response = show(request, "parts/table_list.html", rows, filters, **told)
    if isinstance(form := more.get("form"), forms.Form):
        response.status_code = acting.status_of(form)
    return response


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
