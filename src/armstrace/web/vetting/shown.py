"""What pages of one record show, as facts and states in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from armstrace.web import access, acting, fields, listing

type Facts = Iterable[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class State:
    """One state of a record in time."""

    at: datetime
    words: str
    by: str
    reason: str


def states(
    versions: Iterable[Any], words: Callable[[Any], object], by: str
) -> list[State]:
    """Give the states of a record.

    Args:
        words: Gives what a state comes to.
        by: The column that says by whom.
    """
    return [
        State(each.known_at, listing.say(words(each)), getattr(each, by), each.reason)
        for each in versions
    ]


def show_page(
    request: access.Request,
    form: fields.DeskForm | None,
    *,
    facts: Facts = (),
    template: str = "vetting/page.html",
    **more: object,
) -> HttpResponse:
    told = [(name, listing.say(value)) for name, value in facts]
    context = {"facts": told, **more}
    if form is None:
        return render(request, template, context)
    return acting.show(request, template, form, context)
