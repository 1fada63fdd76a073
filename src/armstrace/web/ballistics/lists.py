"""The lists of the bench, one tab each."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render

from armstrace.vocabulary.paging import Page
from armstrace.web import access
from armstrace.web.lists import pagination


def answer[Row](
    request: access.Request,
    here: str,
    page: Page[Row],
    rows: Sequence[object] | None = None,
    **more: object,
) -> HttpResponse:
    """Show one page of a list.

    Args:
        request: The request.
        here: Name of the tab, and of its template.
        page: What was found.
        rows: The same as the template takes them; as found where None.
        more: What else the template shows.
    """
    context = {
        "rows": page.rows if rows is None else rows,
        "paging": pagination.paging(request, page),
        "here": here,
    }
    return render(request, f"ballistics/{here}.html", context | more)
