"""Numbers of records, as in R12, and the pages that they name."""

from dataclasses import dataclass

from django.urls import reverse

from armstrace.audit import declarations
from armstrace.audit.declarations import Number
from armstrace.records import scope
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import Message

# Digits of the longest number that a record can have.
LONGEST = 18


@dataclass(frozen=True, slots=True)
class Offered:
    """A record that a text also names, and the words of the link to it."""

    address: str
    words: str
    # Whether nothing else can be meant; the papers of an arm bear numbers like marks.
    is_meant: bool = True


def reference_of(text: str) -> tuple[str, int] | None:
    """Give the page that a record's number names, None for anything else."""
    found = declarations.identify(text)
    return (found.number.url_name, found.key) if found else None


def address_of(text: str) -> str:
    """Give the address of the page that a record's number names, "" for none."""
    found = reference_of(text)
    return reverse(found[0], args=[found[1]]) if found else ""


def address_for(text: str, viewer: Actor) -> str:
    """Give the address of a record's page, "" where the viewer may open none such."""
    found = declarations.identify(text)
    if found is None or not scope.is_open(found.app, found.number.model, viewer=viewer):
        return ""
    return reverse(found.number.url_name, args=[found.key])


def identity_of(text: str) -> tuple[str, int] | None:
    """Give the table and key that a record's number names, None for anything else."""
    found = declarations.identify(text)
    return (found.label, found.key) if found else None


def find_record(text: str, *, viewer: Actor) -> Offered | None:
    """Give the record that a text names; None unless it is there to be seen.

    A serial number may read like a record's number: it is offered, never assumed.
    """
    found = declarations.identify(text)
    if found is None:
        return None
    named = found.number
    if not scope.is_visible(found.app, named.model, found.key, viewer=viewer):
        return None
    address = reverse(named.url_name, args=[found.key])
    return Offered(address, _words(named, found.written))


def find_on_paper(text: str, *, viewer: Actor) -> list[Offered]:
    """Give the records on whose papers a number stands: of a case, seal or licence."""
    if not text.strip():
        return []
    return [
        Offered(
            reverse(named.url_name, args=[key]),
            _words(named, named.written(key) if named.letter else text.strip()),
            is_meant=not named.is_marked,
        )
        for app, named in declarations.numbers_declared()
        if named.on_paper
        for key in scope.keys_on_paper(app, named, text.strip(), viewer=viewer)
    ]


def _words(named: Number, written: str) -> str:
    return translate(Message(named.words.template, {"number": written}))


def key_of(text: str) -> int | None:
    """Give the key that a request names in digits, None for anything else."""
    is_key = text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return int(text) if is_key else None


def number_of(label: str) -> Number | None:
    """Give how the records of a table are numbered, None where they are not."""
    return next(
        (
            named
            for app, named in declarations.numbers_declared()
            if f"{app}.{named.model}" == label
        ),
        None,
    )
