"""Covert names: how they are sealed, and whether a text that others read holds one."""

from itertools import batched

from armstrace.analysis.names import reading, words
from armstrace.analysis.names.spelling import agree
from armstrace.audit import keys
from armstrace.techniques.models import CoverIdentity, Operation, OperationPerson
from armstrace.vocabulary.actors import Actor

READ_AT_ONCE = 20


def holds_cover(text: str, by: Actor) -> bool:
    """Tell whether a text holds a covert name, in any order and in any script.

    Only names that are for the writer are looked for: of others a refusal would tell
    that there are such names.
    """
    named = OperationPerson.objects.current().filter(person=by.name, sees_covers=True)
    covers = CoverIdentity.objects.filter(operation__in=named.values("operation"))
    sought = [_words(open_cover(one)) for one in covers]
    found = _words(text) if sought else []
    return any(
        name and all(any(_are_one(word, each) for each in found) for word in name)
        for name in sought
    )


def _words(text: str) -> list[reading.Word]:
    return [
        word
        for some in batched(text.split(), READ_AT_ONCE, strict=False)
        for word in reading.tokens(" ".join(some), is_person=True)
    ]


def _are_one(one: reading.Word, other: reading.Word) -> bool:
    return agree(one, other).value >= words.cut()


def open_cover(cover: CoverIdentity) -> str:
    """Give a covert name in clear."""
    sealed_as = about(cover.operation, cover.number)
    return keys.unseal(cover.sealed, sealed_as).decode()


def about(operation: Operation, number: int) -> str:
    """Give what the seal of a covert name is bound to."""
    return f"cover {number} of operation {operation.pk}"
