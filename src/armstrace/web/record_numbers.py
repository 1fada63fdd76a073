"""Numbers of records, and the pages that they name."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from armstrace.ballistics import queries as ballistics
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries as registry
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import NotFound, NotPermitted

REFERENCE = re.compile(r"([ARBKSarbks])([1-9][0-9]{0,17})")
PAGES = {
    "A": "arm",
    "R": "recovery",
    "B": "ballistic-mark",
    "K": "comparison",
    "S": "mark-search-run",
}
WORDS = {
    "arm": _("Open arm %(number)s"),
    "recovery": _("Open recovery %(number)s"),
    "ballistic-mark": _("Open mark %(number)s"),
    "comparison": _("Open comparison %(number)s"),
    "mark-search-run": _("Open search %(number)s"),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """A record that a text also names, and the words of the link to it."""

    address: str
    words: str


def reference_of(text: str) -> tuple[str, int] | None:
    """Give the page that a record's number names, None for anything else."""
    found = REFERENCE.fullmatch(text.strip())
    return (PAGES[found[1].upper()], int(found[2])) if found else None


def offered(text: str, *, viewer: Actor) -> Offered | None:
    """Give the record that a text names; None unless it is there to be seen.

    A serial number may read like a record's number: it is offered, never assumed.
    """
    named = reference_of(text)
    if named is None:
        return None
    page, number = named
    try:
        OPENED[page](number, viewer)
    except (NotFound, NotPermitted):
        return None
    words = str(WORDS[page]) % {"number": text.strip().upper()}
    return Offered(reverse(page, args=[number]), words)


def _recovery(number: int, viewer: Actor) -> object:
    if recoveries.item_kind_of(number, viewer=viewer) is ItemKind.ARM:
        return recoveries.current_record(number, viewer=viewer)
    return recoveries.recovered_item(number, viewer=viewer)


def _arm(number: int, viewer: Actor) -> object:
    if found := registry.arms_by_id([number], viewer=viewer):
        return found
    raise NotFound(f"The register has no arm A{number}; check the number.")


OPENED: dict[str, Callable[[int, Actor], object]] = {
    "arm": _arm,
    "recovery": _recovery,
    "ballistic-mark": lambda number, by: ballistics.mark_row(number, viewer=by),
    "comparison": lambda number, by: ballistics.comparison_page(number, viewer=by),
    "mark-search-run": lambda number, by: ballistics.search_row(number, viewer=by),
}
