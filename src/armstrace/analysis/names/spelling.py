"""How well two words agree: the same, another spelling, a transliteration.

Source:
    Damerau (1964) for the edits; the sounds are those that romanisations of Cyrillic,
    Arabic and Chinese write in several ways (ISO 9, ISO 233, ALA-LC, Wade-Giles).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from armstrace.analysis.names import words
from armstrace.analysis.names.reading import Kind, Script, Word

SOUNDS = (
    ("shch", "sx"), ("sch", "sx"), ("tch", "cx"), ("dzh", "j"),
    ("sh", "sx"), ("ch", "cx"), ("zh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"),
    ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("q", "k"), ("w", "v"),
    ("oe", "o"), ("ae", "a"), ("ue", "u"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("ei", "i"), ("ey", "i"), ("ie", "i"), ("iy", "i"), ("yi", "i"), ("ij", "i"),
    ("ya", "ia"), ("yu", "iu"), ("yo", "io"), ("y", "i"), ("ts", "z"), ("x", "ks"),
)  # fmt: skip
_C = re.compile(r"c(?![xeihy])")
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile("[aeiouvy]")


class How(StrEnum):
    """How two words meet."""

    SAME = "same"
    SPELLING = "spelling"
    VARIANT = "variant"
    SCRIPT = "script"
    MISSPELT = "misspelt"
    INITIAL = "initial"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well two words agree, 0 to 1, and how they meet."""

    value: float
    how: How


NONE = Agreement(0.0, How.NOT)
# Consonants with which two romanisations of one word may differ in vowels alone.
WHOLE = 4


def agree(one: Word, other: Word) -> Agreement:
    """Compare two words."""
    if Kind.INITIAL in (one.kind, other.kind) and one.plain != other.plain:
        return _initials(one, other)
    if Kind.NUMBER in (one.kind, other.kind):
        is_same = one.plain.lstrip("0") == other.plain.lstrip("0")
        return Agreement(1.0, How.SAME) if is_same else NONE
    if one.script == other.script == Script.SYLLABLES:
        return _spell(one.written, other.written, len(one.written) > 3)
    if one.script != other.script and Script.CONSONANTS in (one.script, other.script):
        return _skeletons(one.plain, other.plain)
    return spell(one.plain, other.plain)


@lru_cache(maxsize=262_144)
def spell(one: str, other: str) -> Agreement:
    """Compare two words in plain letters."""
    return _spell(one, other, may_err=True)


def _spell(one: str, other: str, may_err: bool) -> Agreement:  # noqa: FBT001
    rates = words.settings()["agreement"]
    if one == other:
        return Agreement(1.0, How.SAME)
    if words.are_variants(one, other):
        return Agreement(rates["variant"], How.VARIANT)
    if sound(one) == sound(other):
        return Agreement(rates["sounds"], How.SPELLING)
    return _misspelt(one, other) if may_err else NONE


def _misspelt(one: str, other: str) -> Agreement:
    best = 0.0
    for left, right in ((one, other), (sound(one), sound(other))):
        longest = max(len(left), len(right))
        allowed = max(
            (n for length, n in _edits() if longest >= length),
            default=0,
        )
        edits = OSA.distance(left, right, score_cutoff=allowed)
        if edits <= allowed:
            rate = words.settings()["agreement"]["edit"]
            best = max(best, 1 - rate * edits / longest)
    if best:
        return Agreement(best, How.MISSPELT)
    bones = skeleton(one)
    if len(bones) >= WHOLE and bones == skeleton(other):
        return Agreement(words.settings()["agreement"]["skeleton"], How.SPELLING)
    return NONE


@lru_cache(1)
def _edits() -> tuple[tuple[int, int], ...]:
    return tuple((int(k), n) for k, n in words.settings()["edits"].items())


@lru_cache(maxsize=262_144)
def sound(plain: str) -> str:
    """Fold what romanisations write in several ways."""
    for written, heard in SOUNDS:
        plain = plain.replace(written, heard)
    return _DOUBLE.sub(r"\1", _C.sub("k", plain))


def _skeletons(one: str, other: str) -> Agreement:
    """Compare a word without vowels with one that has them."""
    left, right = skeleton(one), skeleton(other)
    rate = words.settings()["agreement"]["skeleton"]
    if words.are_variants(one, other) or (left == right and left):
        return Agreement(rate, How.SCRIPT)
    longest = max(len(left), len(right))
    if longest > 3 and OSA.distance(left, right) == 1:
        return Agreement(rate - 1 / (2 * longest), How.SCRIPT)
    return NONE


def skeleton(plain: str) -> str:
    """Give the consonants of a word."""
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", sound(plain)))


def _initials(one: Word, other: Word) -> Agreement:
    first, second = sorted((one.plain, other.plain), key=len)
    if first and second.startswith(first) and not second.isdigit():
        return initial()
    return NONE


def initial() -> Agreement:
    """Give how well an initial agrees with the word it stands for."""
    return Agreement(words.settings()["agreement"]["initial"], How.INITIAL)
