"""Long lists: which page, how many in all, where the next page and exports are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from armstrace.vocabulary.paging import Page, PageRequest

THIN = "\u202f"
LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Paging:
    """The line beneath a list."""

    # Such as "1 to 50 of 5 000".
    words: str
    # Query string of the page before, empty for none.
    previous: str = ""
    # Query string of the page after, empty for none.
    next: str = ""
    # Query string of the whole list as CSV, empty for none.
    csv: str = ""
    # Query string of the whole list as a workbook, empty for none.
    xlsx: str = ""


def page_request(request: HttpRequest, name: str = "page") -> PageRequest:
    """Read which page is wanted; what cannot be read is the first one.

    Args:
        name: What the page is called in the address, where there are several lists.
    """
    number = request.GET.get(name, "1")
    if not (number.isascii() and number.isdecimal() and len(number) < 7):
        return PageRequest()
    return PageRequest(number=min(max(int(number), 1), LAST_PAGE))


def show(
    request: HttpRequest,
    template: str,
    page: Page[object],
    *,
    rows: Iterable[object] | None = None,
    exports: bool = False,
    **more: object,
) -> HttpResponse:
    """Show one page of a list.

    Args:
        rows: The same as the template takes them; as found where None.
        exports: Whether the whole list can be had as a file.
    """
    context = {
        "rows": page.rows if rows is None else rows,
        "paging": paging(request, page, exports=exports),
    }
    return render(request, template, context | more)


def paging(
    request: HttpRequest, page: Page[Any], *, exports: bool = False, name: str = "page"
) -> Paging:
    """Give the line beneath one page of a list.

    Args:
        name: What the page is called in the address, where there are several lists.
    """
    return Paging(
        words=_words(page),
        previous=_query(request, **{name: page.number - 1})
        if page.has_previous
        else "",
        next=_query(request, **{name: page.number + 1}) if page.has_next else "",
        csv=_query(request, page=None, format="csv") if exports else "",
        xlsx=_query(request, page=None, format="xlsx") if exports else "",
    )


def older(
    request: HttpRequest, last: int | None, *, count: int, exports: bool = False
) -> Paging:
    """Give the line beneath a list that goes back in time.

    Args:
        last: Number of the last row shown, None where nothing follows.
        exports: Whether the whole list can be had as a file.
    """
    following = "" if last is None else _query(request, before=last)
    return Paging(
        words=gettext("%(count)s shown") % {"count": count},
        next=following,
        csv=_query(request, before=None, format="csv") if exports else "",
        xlsx=_query(request, before=None, format="xlsx") if exports else "",
    )


@dataclass(frozen=True, slots=True)
class Sorting:
    """The head of a column that the list can be sorted by."""

    # Query string of the list sorted the other way.
    href: str
    # ``ascending``, ``descending``, or empty where sorted otherwise.
    order: str


def sorting(request: HttpRequest, now: str, names: Iterable[str]) -> dict[str, Sorting]:
    """Give the heads of the columns that an index sorts.

    Args:
        now: The present order, a name with ``-`` before it where descending.
    """
    heads = {}
    for name in names:
        is_here = now.removeprefix("-") == name
        descends = now.startswith("-")
        order = ("descending" if descends else "ascending") if is_here else ""
        turned = name if is_here and descends else f"-{name}"
        heads[name] = Sorting(_query(request, page=None, sort=turned), order)
    return heads


def _words(page: Page[object]) -> str:
    if not page.rows:
        return gettext("none")
    total = f"{page.total:,}".replace(",", THIN)
    shown = {"first": page.first, "last": page.last, "total": total}
    if page.is_counted:
        return gettext("%(first)s to %(last)s of %(total)s") % shown
    return gettext("%(first)s to %(last)s of more than %(total)s") % shown


def _query(request: HttpRequest, **changes: object) -> str:
    values = request.GET.copy()
    for name, value in changes.items():
        values.pop(name, None)
        if value is not None:
            values[name] = str(value)
    return "?" + values.urlencode()
