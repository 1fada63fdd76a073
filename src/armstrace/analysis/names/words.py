"""Words that say little, and words that say the same: the tables of names.

They are made from general knowledge, small on purpose: near spellings are found by
``spelling`` without them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from armstrace.vocabulary.packaged import read_table

_DATA = resources.files("armstrace.analysis.names") / "data"


@dataclass(frozen=True, slots=True)
class LegalForm:
    code: str
    # Forms of one kin are near each other: GmbH and LLC are ``private``.
    kin: str


@lru_cache(1)
def settings() -> Mapping[str, Any]:
    """Give what a comparison weighs; see ``data/settings.toml``."""
    return read_table(__package__, "data/settings.toml")


def cut() -> float:
    """Give the score from which two names are proposed as the same."""
    return float(settings()["cut"])


@lru_cache(None)
def word_list(name: str) -> frozenset[str]:
    """Give the words of a list of ``data/words.toml``, such as ``titles``."""
    return frozenset(_lists()[name].split())


@lru_cache(1)
def streets() -> Mapping[str, str]:
    """Give the word for which each short form in an address stands."""
    table: dict[str, str] = _lists()["street"]
    return {
        form: word for word, forms in reversed(table.items()) for form in forms.split()
    }


@lru_cache(1)
def legal_forms() -> Mapping[tuple[str, ...], LegalForm]:
    """Give legal forms by the plain words in which they are written."""
    found: dict[tuple[str, ...], LegalForm] = {}
    for code, kin, spellings in _rows("forms.tsv"):
        for spelling in spellings.split("|"):
            found.setdefault(tuple(spelling.split()), LegalForm(code, kin))
    return found


@lru_cache(1)
def variants() -> Mapping[str, frozenset[int]]:
    """Give the classes in which a plain word is one form of a name."""
    found: dict[str, frozenset[int]] = {}
    for number, (forms,) in enumerate(_rows("variants.tsv")):
        for form in forms.split():
            found[form] = found.get(form, frozenset()) | {number}
    return found


def are_variants(one: str, other: str) -> bool:
    """Tell whether two plain words are forms of one name."""
    of = variants()
    return one in of and other in of and not of[one].isdisjoint(of[other])


@lru_cache(1)
def weights() -> Mapping[str, float]:
    """Give how much a frequent plain word weighs; one that is absent weighs 1."""
    stated = {
        word: float(weight)
        for weight, words in _rows("common.tsv")
        for word in words.split()
    }
    by_class: dict[int, float] = {}
    for word, weight in stated.items():
        for number in variants().get(word, ()):
            by_class[number] = min(weight, by_class.get(number, 1.0))
    spread = {
        form: min((by_class[n] for n in numbers if n in by_class), default=1.0)
        for form, numbers in variants().items()
    }
    return spread | stated


@lru_cache(1)
def _lists() -> dict[str, Any]:
    return read_table(__package__, "data/words.toml")


def _rows(name: str) -> Iterator[list[str]]:
    text = (_DATA / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    return (line.split("\t") for line in lines[1:])
