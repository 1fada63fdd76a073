"""Read the marks that a description names: “pistol make Glock, serial no. AB123”.

Only what a word names is taken, and only where the file has no column for it; the
description itself stays as it was written.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from armstrace.intake.tables.heading_words import meanings
from armstrace.vocabulary.messages import Message, message

NAMED = {"SERIAL": "serial", "MAKE": "make", "MODEL": "model", "CALIBRE": "calibre"}
FIELDS = tuple(NAMED.values())
_PARTS = re.compile(r"[,;()\n]")
_DIGIT = re.compile(r"\d")
_LEAST_WORDS, _MOST_WORDS, _LONGEST_STATEMENT = 4, 3, 2


@dataclass(slots=True)
class Described:
    """A file's column of descriptions, and what is read from it."""

    # Marks that have no column.
    wanted: frozenset[str] = frozenset()
    # The first row where it names one, and what is read there.
    first: tuple[int, list[str]] | None = None

    @classmethod
    def of(cls, places: Mapping[str, Sequence[int]]) -> Self:
        """Give that of a file without a column of serial numbers."""
        is_described = bool(places.get("arm_type")) and not places.get("serial")
        lacking = (name for name in FIELDS if not places.get(name))
        return cls(frozenset(lacking) if is_described else frozenset())

    def fill(self, values: dict[str, str], row: int) -> None:
        """Fill in what the description of a row names."""
        named = marks_in(values["arm_type"], self.wanted) if self.wanted else {}
        if named and self.first is None:
            self.first = (row, list(named.values()))
        values.update(named)

    def remarks(self) -> list[Message]:
        """Say that marks were read from descriptions, with one of them."""
        if self.first is None:
            return []
        row, texts = self.first
        said = message(
            "Marks without a column of their own are read from the descriptions that "
            "name them, as in row %(row)s: %(texts)s.",
            row=row,
            texts=texts,
        )
        return [said]


def marks_in(description: str, wanted: Collection[str]) -> dict[str, str]:
    """Give the marks that a description names, as they stand in it.

    Args:
        wanted: Which of ``FIELDS`` are looked for.
    """
    if len(description.split()) < _LEAST_WORDS:
        return {}
    found: dict[str, str] = {}
    for part in _PARTS.split(description):
        for name, words in _names_in(part):
            text = _serial(words) if name == "serial" else _name(words)
            if name in wanted and text:
                found.setdefault(name, text)
    return found


def _names_in(part: str) -> Iterator[tuple[str, list[str]]]:
    """Give each word that names a mark, with the words after it."""
    name, words = "", list[str]()
    for word in part.split():
        said = set() if _DIGIT.search(word) else meanings(word).found
        label = next((NAMED[each] for each in said if each in NAMED), "")
        if label:
            yield name, words
            name, words = label, []
        elif words or not said & {"NUMBER", "ID"}:
            words.append(word)
    yield name, words


def _serial(words: list[str]) -> str:
    """Give the number, with the letters about it; what is said of it where none is."""
    numbered = [bool(_DIGIT.search(word)) for word in words]
    if True not in numbered:
        return _bare(words) if len(words) <= _LONGEST_STATEMENT else ""
    first = numbered.index(True)
    begin, end = first, first + 1
    while begin and words[begin - 1].isupper():
        begin -= 1
    while end < len(words) and (numbered[end] or words[end].isupper()):
        end += 1
    return _bare(words[begin:end])


def _name(words: list[str]) -> str:
    """Give a name: its words up to one that is written as no part of a name."""
    ends = (at for at, word in enumerate(words) if word[0].islower() and word != "mm")
    return _bare(words[: min(next(ends, len(words)), _MOST_WORDS)])


def _bare(words: list[str]) -> str:
    return " ".join(words).lstrip(" :#").rstrip(" .:")
