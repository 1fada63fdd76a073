"""Numbers of records, as in R12, and the pages that they name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from armstrace.audit.declarations import Number, apps_declared
from armstrace.records import scope
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import Message

REFERENCE = re.compile(r"([A-Za-z])([1-9][0-9]{0,17})")
LONGEST = 18
"""Digits of the longest number that a record can have."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A record that a text also names, and the words of the link to it."""

    address: str
    words: str


def reference_of(text: str) -> tuple[str, int] | None:
    """Give the page that a record's number names, None for anything else."""
    found = _parse(text)
    return (found[1].url_name, found[2]) if found else None


def identity_of(text: str) -> tuple[str, int] | None:
    """Give the table and key that a record's number names, None for anything else."""
    found = _parse(text)
    return (f"{found[0]}.{found[1].model}", found[2]) if found else None


def find_record(text: str, *, viewer: Actor) -> Offered | None:
    """Give the record that a text names; None unless it is there to be seen.

    A serial number may read like a record's number: it is offered, never assumed.
    """
    found = _parse(text)
    if found is None:
        return None
    app, named, number = found
    if not scope.is_visible(app, named.model, number, viewer=viewer):
        return None
    words = Message(named.words.template, {"number": text.strip().upper()})
    return Offered(reverse(named.url_name, args=[number]), translate(words))


def key_of(text: str) -> int | None:
    """Give the key that a request names in digits, None for anything else."""
    is_key = text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return int(text) if is_key else None


def number_of(label: str) -> Number | None:
    """Give how the records of a table are numbered, None where they are not."""
    return next(
        (named for app, named in _numbers() if f"{app}.{named.model}" == label), None
    )


def _numbers() -> Iterator[tuple[str, Number]]:
    return ((app.label, named) for app in apps_declared() for named in app.numbers)


def _parse(text: str) -> tuple[str, Number, int] | None:
    found = REFERENCE.fullmatch(text.strip())
    if found is None:
        return None
    return next(
        (
            (app, named, int(found[2]))
            for app, named in _numbers()
            if named.letter == found[1].upper()
        ),
        None,
    )
