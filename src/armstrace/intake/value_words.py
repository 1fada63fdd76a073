"""Read the words of coded columns in the languages of those who send files."""

from dataclasses import dataclass, field
from functools import cache, lru_cache

from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.packaged import read_table

_LEAST_STEM = 3


@dataclass(slots=True)
class _Words:
    exact: dict[str, str] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=16384)
def code_of(name: str, text: str) -> str:
    """Give the code that the whole of a value stands for; empty where none."""
    words = _vocabulary().get(name)
    if words is None:
        return ""
    plain = fold(text)
    if plain in words.exact:
        return words.exact[plain]
    if " " in plain:
        return ""
    for length in range(len(plain), _LEAST_STEM - 1, -1):
        if plain[:length] in words.stems:
            return words.stems[plain[:length]]
    return ""


@cache
def _vocabulary() -> dict[str, _Words]:
    found: dict[str, _Words] = {}
    for name, codes in read_table(__package__, "value_words.toml").items():
        words = found.setdefault(name, _Words())
        for code, listed in codes.items():
            for word in listed:
                is_stem = word.endswith("*") and " " not in word
                kept = words.stems if is_stem else words.exact
                kept.setdefault(fold(word), code)
    return found
