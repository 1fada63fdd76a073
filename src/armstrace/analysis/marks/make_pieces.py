"""Part what was written together: "TAURUSPT100", "ROSSI38", "PISTOLAGLOCK".

Source:
    Fields of seizure tables into which make, model, calibre and kind of arm were
    typed without a space, or were joined by a program.
"""

import re
from collections.abc import Iterator

from armstrace.analysis.marks import make_words, spelling
from armstrace.analysis.marks.make_names import Names
from armstrace.analysis.marks.make_words import Sense

_CHUNK = re.compile(r"[^\W\d_]+|\d+")
_SHORTEST_NAME = 3
_SHORTEST_SURE_NAME = 5
_SHORTEST_WORD = 2
_SHORTEST_WORD_BESIDE = 4
_BESIDE = (
    *(Sense.KIND, Sense.FORM, Sense.GENERIC, Sense.NOTE, Sense.NATION),
    *(Sense.PLACE, Sense.CRAFT, Sense.COPY),
)


def part(names: Names, plain: str) -> str:
    """Part the words of a field where letters meet figures and where a name ends.

    Args:
        names: The makers that may stand at the head or the end of a word.
        plain: The field, plainly written.

    Returns:
        The field with spaces between the parts. A word is parted only where
        each part says something: a maker's name on one side, and on the other
        a designation of that maker, a kind of arm or the like.
    """
    return " ".join(
        piece
        for word in make_words.words(plain)
        for chunk in _CHUNK.findall(word)
        for piece in _pieces(names, chunk)
    )


def _pieces(names: Names, chunk: str) -> list[str]:
    if chunk in names.aliases or _says_something(chunk):
        return [chunk]
    return next(_partings(names, chunk), [chunk])


def _partings(names: Names, chunk: str) -> Iterator[list[str]]:
    """Give each parting of a word, the longest name first."""
    for size in range(len(chunk) - 1, _SHORTEST_NAME - 1, -1):
        head, tail = chunk[:size], chunk[size:]
        if _is_of(names, head, tail):
            yield [head, tail]
        head, tail = chunk[:-size], chunk[-size:]
        is_word = len(head) >= _SHORTEST_WORD_BESIDE and _says_something(head)
        if is_word and tail in names.aliases:
            yield [head, tail]


def _is_of(names: Names, head: str, tail: str) -> bool:
    """Tell whether a word begins with a name beside which the rest may stand."""
    make = names.aliases.get(head)
    if make is None or _says_something(head):
        return False
    own = names.models.get(make.name, frozenset())
    patterns = names.models.get("", frozenset())
    is_pattern = len(tail) >= _SHORTEST_WORD and tail in patterns
    if tail in own or is_pattern or names.aliases.get(tail) == make:
        return True
    if len(head) >= _SHORTEST_SURE_NAME <= len(tail) and tail in names.aliases:
        return True
    is_sure = len(head) >= _SHORTEST_SURE_NAME or head in names.familiar_keys
    return (is_sure or len(tail) >= _SHORTEST_WORD_BESIDE) and _says_something(tail)


def _says_something(key: str) -> bool:
    return len(key) >= _SHORTEST_WORD and make_words.says(key, *_BESIDE)


def series_maker(names: Names, plain: str) -> str:
    """Give the maker whose series of models a field names, as "PT 100" or "ТОЗ-34".

    Args:
        plain: The field, plainly written.

    Returns:
        The canonical name; empty where the field names no such series.
    """
    chunks = _CHUNK.findall(spelling.plain(plain))
    for stop in range(len(chunks), 0, -1):
        make = names.by_model.get("".join(chunks[:stop]))
        if make is not None and all(map(_is_suffix, chunks[stop:])):
            return make.name
    if len(chunks) > 1 and chunks[1].isdigit():
        return make_words.value(chunks[0], Sense.SERIES)
    return ""


_LONGEST_SUFFIX = 4


def _is_suffix(chunk: str) -> bool:
    return chunk.isdigit() or len(chunk) <= _LONGEST_SUFFIX or _says_something(chunk)
