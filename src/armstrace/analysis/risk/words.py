"""Read descriptions and addresses by whole words, in six languages.

The words stand in ``data/words.toml``. A word counts whole: “barrelhouse” holds no
barrel. What is compared has no case, accents, plural s, Arabic article or, in
Cyrillic, ending.

Source:
    CBP, seizures of conversion kits and of “100 Steel Pin Samples” (instruments,
    5.6, CU-06 and CU-07); the list is this design's.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from armstrace.vocabulary.packaged import read_table

NAMED, NEAR, HARMLESS, PLAIN = "NAMED", "NEAR", "HARMLESS", "PLAIN"
_WORD = re.compile(r"[^\W_]+")
_SIGNS = str.maketrans(
    {"ى": "ي", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ـ": "", "ё": "е"}
)
_ARTICLE = re.compile(r"^(?:[وبلك]?ال|لل)(?=\w{3})")
_VOWELS = "аеиоуыэюяь"
_CASES = re.compile(r"(?<=...)(?:ов|ев|ам|ям|ах|ях|ом|ем|ым|им|ых|их)$")
_LEAST = 4
_LINKS = frozenset({
    "of", "for", "de", "du", "des", "para", "pour", "the", "and", "et", "y", "e", "в",
    "для", "no", "nr",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    # Whether its words name arms, or their parts in such a company.
    names_arms: bool
    # Kinds of part, by the names of ``data/words.toml``.
    parts: frozenset[str]
    # Other kinds, such as ``BLANK``.
    kinds: frozenset[str]
    # Whether it says nothing but such words as “metal parts”.
    is_plain: bool
    found: tuple[str, ...]
    years: tuple[int, ...]


@lru_cache(maxsize=1 << 16)
def read(description: str) -> Said:
    """Read a description."""
    words = _words(description)
    by_label: dict[str, list[str]] = {}
    for labels, phrase in _find(words, _table("goods")):
        for label in labels:
            by_label.setdefault(label, []).append(phrase)
    parts = by_label.keys() & _data()["parts"].keys()
    named = by_label.get(NAMED, [])
    if NEAR in by_label:
        named = named + [phrase for part in sorted(parts) for phrase in by_label[part]]
    plain = sum(len(phrase.split()) for phrase in by_label.get(PLAIN, ()))
    content = sum(word not in _LINKS and not word.isdecimal() for word in words)
    return Said(
        names_arms=bool(named),
        parts=frozenset(parts),
        kinds=frozenset(by_label.keys() & _data()["kinds"].keys()),
        is_plain=0 < content <= plain,
        found=tuple(dict.fromkeys(named)),
        years=tuple(int(each) for each in words if _is_year(each)),
    )


@lru_cache(maxsize=1 << 16)
def address_kinds(address: str) -> frozenset[str]:
    """Tell of what kind an address is: a box, a locker, a forwarder, a vacant lot."""
    found = _find(_words(address), _table("addresses"))
    return frozenset(label for labels, _ in found for label in labels)


@lru_cache(maxsize=1 << 16)
def key(text: str) -> str:
    """Give what two ways of writing one name or address have in common.

    Only sameness is asked: nothing is read from a name about its bearer.
    """
    return " ".join(_words(text))


@lru_cache(maxsize=1 << 16)
def _words(text: str) -> tuple[str, ...]:
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_SIGNS))
        plain = "".join(char for char in plain if not unicodedata.combining(char))
        return tuple(map(_stem, _WORD.findall(plain)))
    return tuple(
        word[:-1] if len(word) >= _LEAST and word[-1] == "s" else word
        for word in _WORD.findall(plain)
    )


def _stem(word: str) -> str:
    if len(word) < _LEAST or word.isdecimal():
        return word
    if "а" <= word[0] <= "я":
        return _CASES.sub("", word.rstrip(_VOWELS)) or word
    if word[-1] == "s":
        return word[:-1]
    return _ARTICLE.sub("", word)


type Phrases = dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]


def _find(
    words: tuple[str, ...], table: Phrases
) -> Iterable[tuple[tuple[str, ...], str]]:
    """Give the longest phrase that begins at each word, with its labels."""
    at, last = 0, len(words)
    while at < last:
        for phrase, labels in table.get(words[at], ()):
            if words[at : at + len(phrase)] == phrase:
                yield labels, " ".join(phrase)
                at += len(phrase) - 1
                break
        at += 1


def _is_year(word: str) -> bool:
    return len(word) == _LEAST and word.isdecimal() and "1500" <= word <= "2100"


@cache
def _table(name: str) -> Phrases:
    told = _data()
    labelled: dict[tuple[str, ...], set[str]] = {}
    groups = told["addresses"] if name == "addresses" else _goods(told)
    for label, phrases in groups.items():
        for phrase in phrases:
            labelled.setdefault(_words(phrase), set()).add(label)
    table: Phrases = {}
    for words, labels in labelled.items():
        table.setdefault(words[0], []).append((words, tuple(sorted(labels))))
    for each in table.values():
        each.sort(key=lambda pair: -len(pair[0]))
    return table


def _goods(told: dict[str, Any]) -> dict[str, list[str]]:
    said = {NAMED: told["names"], NEAR: told["near"], HARMLESS: told["harmless"]}
    return {**said, **told["parts"], **told["kinds"]}


@cache
def _data() -> dict[str, Any]:
    return read_table(__package__, "data/words.toml")
