"""Covert names: how they are sealed, and that no text which others read holds one."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import batched, permutations

from armstrace.analysis.names import reading
from armstrace.analysis.names import words as weighed
from armstrace.analysis.names.spelling import agree
from armstrace.audit import keys
from armstrace.techniques import rules
from armstrace.techniques.models import CoverIdentity, Operation, OperationPerson
from armstrace.vocabulary.actors import Actor

READ_AT_ONCE = 20
# The words of a name stand as near as this to each other, in words.
NEAR = 12
# Names of more words are looked for as they stand.
IN_ANY_ORDER = 4
UNSEEN = {"Cf", "Mn"}
RIGHT_TO_LEFT_OVERRIDE = "\u202e"


def refuse_covers(by: Actor, texts: Callable[[], Iterable[str]]) -> None:
    """Refuse texts that hold a covert name: joined, apart, accented, in any script.

    A name of one word may be a word of the language, so it is refused as a whole
    word alone. Only names that are for the writer are looked for: of others a
    refusal would tell that there are such names. A programme knows what its person
    knows, whatever its token opens.

    Raises:
        RuleBroken: ``TE-30``, a covert name stands there.
    """
    if not (by.is_programme or by.may("technique.work")):
        return
    named = OperationPerson.objects.current().filter(person=by.name, sees_covers=True)
    covers = CoverIdentity.objects.filter(operation__in=named.values("operation"))
    sought = [_words(open_cover(one)) for one in covers]
    if sought:
        found = [_words(seen) for text in texts() for seen in _shown(text)]
        is_held = any(_stands_in(text, name) for text in found for name in sought)
        rules.UNCOVERED.require((not is_held,))


def _shown(text: str) -> Iterator[str]:
    """Give a text as it is written and, where a sign turns it round, as it is read."""
    yield text
    if RIGHT_TO_LEFT_OVERRIDE in text:
        yield text[::-1]


def _words(text: str) -> list[reading.Word]:
    signs = unicodedata.normalize("NFKD", text)
    seen = "".join(each for each in signs if unicodedata.category(each) not in UNSEEN)
    found = re.findall(r"\w+", unicodedata.normalize("NFKC", seen))
    return [
        word
        for some in batched(found, READ_AT_ONCE, strict=False)
        for word in reading.tokens(" ".join(some), is_person=True)
    ]


def _stands_in(text: list[reading.Word], name: list[reading.Word]) -> bool:
    if not text or not name:
        return False
    if _is_written_out(text, name):
        return True
    if len(name) == 1:
        other = [word for word in text if not word.written.isascii()]
        return any(_are_one(name[0], word) for word in other)
    return any(
        all(
            any(_are_one(word, each) for each in text[start : start + NEAR])
            for word in name
        )
        for start in range(max(1, len(text) - NEAR + 1))
    )


def _is_written_out(text: list[reading.Word], name: list[reading.Word]) -> bool:
    """Tell whether whole words of a text, put together, are the name."""
    plain, ends = "", [0]
    for word in text:
        plain += word.plain
        ends.append(len(plain))
    is_end = set(ends)
    orders = permutations(name) if len(name) < IN_ANY_ORDER else (name,)
    for order in orders:
        whole = "".join(word.plain for word in order)
        found = re.finditer(f"(?={re.escape(whole)})", plain)
        if any({at.start(), at.start() + len(whole)} <= is_end for at in found):
            return True
    return False


def _are_one(one: reading.Word, other: reading.Word) -> bool:
    return agree(one, other).value >= weighed.cut()


def open_cover(cover: CoverIdentity) -> str:
    """Give a covert name in clear."""
    sealed_as = about(cover.operation, cover.number)
    return keys.unseal(cover.sealed, sealed_as).decode()


def about(operation: Operation, number: int) -> str:
    """Give what the seal of a covert name is bound to."""
    return f"cover {number} of operation {operation.pk}"
