"""What lists and pages of vetting show, as rows of words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from armstrace.translation import translate
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.paging import Page
from armstrace.web import access, acting, fields
from armstrace.web.lists import pagination
from armstrace.web.templatetags import formatting

type Facts = Iterable[tuple[str, object]]


WORDS: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (Code, lambda code: gettext(code.label)),
    (datetime, formatting.moment),
    (date, formatting.day),
    (Message, translate),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: what leads to its page, and its cells."""

    address: str
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list is called, what is said of it, and the heads of its columns."""

    title: str
    lead: str
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """One state of a record in time."""

    at: datetime
    words: str
    by: str
    reason: str


def say(value: object) -> str:
    """Write a value in the reader's language; nothing is “not known”."""
    if isinstance(value, tuple):
        value = ", ".join(map(str, value))
    told = next((told for kind, told in WORDS if isinstance(value, kind)), None)
    return str(told(value) if told else formatting.known(value))


def row(address: str, name: str, *cells: object) -> Row:
    """Make a row of a list."""
    return Row(address, name, tuple(map(say, cells)))


def show_list(
    request: access.Request,
    page: Page[Any],
    rows: Iterable[Row],
    listed: Listed,
    **more: object,
) -> HttpResponse:
    """Show a list of one of these kinds; it can be exported where ``exports`` is."""
    exports = bool(more.get("exports"))
    context = {
        "listed": listed,
        "rows": [
            (each, list(zip(listed.heads[1:], each.cells, strict=True)))
            for each in rows
        ],
        "paging": pagination.paging(request, page, exports=exports),
        **more,
    }
    status = (
        acting.status_of(form)
        if isinstance(form := more.get("form"), fields.DeskForm)
        else 200
    )
    return render(request, "vetting/list.html", context, status=status)


def show_page(
    request: access.Request,
    form: fields.DeskForm | None,
    *,
    facts: Facts = (),
    template: str = "vetting/page.html",
    **more: object,
) -> HttpResponse:
    """Show one record, or a form alone."""
    told = [(name, say(value)) for name, value in facts]
    context = {"facts": told, **more}
    if form is None:
        return render(request, template, context)
    return acting.show(request, template, form, context)
