"""Read what the words of a heading mean, in the languages of those who send files.

The words stand in ``words/words.toml``, and which of their meanings together name a
field in ``words/patterns.toml``. A heading is taken apart into meanings, so that
"Fecha de incautación", "date_seized" and "Beschlagnahmedatum" are one thing, and a
meaning that does not belong ("SaleDate") speaks against a field.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from armstrace.intake.fields import FIELDS, IntakeKind
from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.packaged import read_table

NOTHING = "NOTHING"
# Meanings that may stand beside those of a field and change little.
_BESIDE = frozenset({"WEAPON", "NUMBER", "NAME", "ITEM", "CODE", "OTHER"})
# What all rows of a kind have been through says little: "city of recovery" is a city.
_WHAT_HAPPENED = {
    IntakeKind.RECOVERIES: frozenset({"TAKE", "RECOVER", "FIND", "EVENT"}),
    IntakeKind.LOSSES: frozenset({"LOSE", "STEAL", "EVENT"}),
}
_LONGEST_PHRASE = 4
_LEAST_PART = 3
_LINKS = ("", "s", "es", "n", "en", "e", "er")
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ARABIC_ARTICLE = re.compile(r"^(?:[وبلك]?ال|لل)(?=\w{2})")
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0e7f\u3400-\u9fff]")
_SIGNS = str.maketrans({"ة": "ه", "ى": "ي", "ʼ": "", "’": "'", "#": " no "})
_WITH_MARKS = frozenset({IntakeKind.RECOVERIES, IntakeKind.REGISTRY, IntakeKind.LOSSES})
ANOTHER_MATTER = frozenset(
    {"BIRTH", "DESTROY", "LOOK", "OFFICER", "SALE", "VALUE", "WEIGHT"}
)
_STRANGER, _BESIDE_TOO = 0.85, 0.95
_MORE_THAN_ITS_OWN, _NOT_ITS_OWN = 0.65, 0.4


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the words of a heading mean."""

    # Meanings, as ``words.toml`` names them.
    found: frozenset[str]
    # How many of its words are not known.
    strangers: int


@dataclass(slots=True)
class _Words:
    exact: dict[str, str] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=4096)
def meanings(heading: str) -> Meanings:
    """Read the words of a heading; those that say nothing are left out.

    What is as long as a page is no heading, and means nothing.
    """
    if len(heading) > _A_PAGE:
        return Meanings(frozenset(), 1)
    found: set[str] = set()
    strangers = 0
    for known in _taken_apart(_plain(_CAMEL.sub(" ", heading)).split()):
        if known is None:
            strangers += 1
        else:
            found |= known
    return Meanings(frozenset(found - {NOTHING}), strangers)


@lru_cache(maxsize=16384)
def name_score(heading: str, name: str, kind: IntakeKind, also: str = "") -> float:
    """Score how surely a heading names a field, from 0 to 1.

    Args:
        also: A meaning that its values add to its words.
    """
    if fold(heading) == fold(name):
        return 1.0
    said = meanings(heading)
    if also:
        said = Meanings(said.found | {also}, said.strangers)
    scores = (
        weight * _fit(said, wanted, kind)
        for weight, wanted in _patterns(kind).get(name, ())
    )
    return max(scores, default=0.0)


@lru_cache(maxsize=4096)
def names_a_field(heading: str) -> bool:
    """Tell whether a text is the heading of some field, rather than a value."""
    if len(heading) > _LONGEST or not meanings(heading).found:
        return False
    return any(
        name_score(heading, each.name, kind) >= _CLEAR
        for kind in IntakeKind
        for each in FIELDS[kind]
    )


_CLEAR = 0.5
_LONGEST = 120
_LONGEST_WORD = 80
_A_PAGE = 2_000
_INFLECTED = frozenset({"ru", "uk"})
_LEAST_INFLECTED = 5
_ENDINGS = "аеиоуыэюяьй"


def _fit(said: Meanings, wanted: frozenset[str], kind: IntakeKind) -> float:
    if not wanted <= said.found:
        return 0.0
    fit = _STRANGER ** min(said.strangers, 2)
    for more in said.found - wanted:
        is_said_anyway = more in _WHAT_HAPPENED.get(kind, ())
        if more in _BESIDE or is_said_anyway:
            fit *= _BESIDE_TOO
        elif more in ANOTHER_MATTER or len(wanted) == 1:
            fit *= _NOT_ITS_OWN
        else:
            fit *= _MORE_THAN_ITS_OWN
    return fit


def _plain(text: str) -> str:
    return fold(text.translate(_SIGNS)).casefold()


def _taken_apart(words: list[str]) -> Iterator[frozenset[str] | None]:
    """Give the meanings of each phrase or word; None for a stranger."""
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            known = _words().exact.get(" ".join(words[at : at + length]))
            if known:
                yield frozenset({known})
                break
        else:
            length = 1
            yield _parts(words[at])
        at += length


def _parts(word: str) -> frozenset[str] | None:
    """Take a word apart that is several written as one."""
    if word.isdecimal():
        return frozenset()
    if len(word) > _LONGEST_WORD and not _WITHOUT_SPACES.search(word):
        return None
    bare = _ARABIC_ARTICLE.sub("", word)
    if bare != word and (known := _meaning(bare)):
        return frozenset({known})
    if _WITHOUT_SPACES.search(word):
        return _find_contained(word)
    stem = _meaning(word)
    return _part_glued(word) or (frozenset({stem}) if stem else None)


@lru_cache(maxsize=4096)
def _part_glued(word: str) -> frozenset[str] | None:
    for cut in range(len(word) - _LEAST_PART, _LEAST_PART - 1, -1):
        head, tail = _meaning(word[:cut]), word[cut:]
        if not head:
            continue
        for link in _LINKS:
            if not tail.startswith(link):
                continue
            rest = tail[len(link) :]
            known = _meaning(rest) if len(rest) >= _LEAST_PART else ""
            if known:
                return frozenset({head, known})
            more = _part_glued(rest) if len(rest) >= 2 * _LEAST_PART else None
            if more:
                return more | {head}
    return None


def _find_contained(word: str) -> frozenset[str] | None:
    """Find the words of a script without spaces, the longest first."""
    found = set()
    for known in _words_without_blanks():
        if known in word:
            found.add(_words().exact[known])
            word = word.replace(known, " ")
    return frozenset(found) or None


def _meaning(word: str) -> str:
    known = _words()
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        if form in known.exact:
            return known.exact[form]
    for length in range(len(word), _LEAST_PART - 1, -1):
        if word[:length] in known.stems:
            return known.stems[word[:length]]
    return ""


@cache
def _words() -> _Words:
    words = _Words()
    inflected: dict[str, str] = {}
    for meaning, languages in read_table(__package__, "words/words.toml").items():
        for language, text in languages.items():
            for word in text.split():
                plain = _plain(word.rstrip("*"))
                kept = words.stems if word.endswith("*") else words.exact
                kept.setdefault(plain, meaning)
                if language in _INFLECTED and len(plain) >= _LEAST_INFLECTED:
                    inflected.setdefault(plain.rstrip(_ENDINGS), meaning)
    words.stems = inflected | words.stems
    return words


@cache
def _words_without_blanks() -> tuple[str, ...]:
    words = (word for word in _words().exact if _WITHOUT_SPACES.search(word))
    return tuple(sorted(words, key=len, reverse=True))


@cache
def _patterns(
    kind: IntakeKind,
) -> Mapping[str, tuple[tuple[float, frozenset[str]], ...]]:
    told = read_table(__package__, "words/patterns.toml")
    found: dict[str, tuple[tuple[float, frozenset[str]], ...]] = {}
    for part in ("marks", kind.value) if kind in _WITH_MARKS else (kind.value,):
        for name, lines in told[part].items():
            read = tuple(map(_pattern, lines))
            found[name] = (*found.get(name, ()), *read)
    return found


def _pattern(line: str) -> tuple[float, frozenset[str]]:
    weight, *wanted = line.split()
    return float(weight), frozenset(wanted)
