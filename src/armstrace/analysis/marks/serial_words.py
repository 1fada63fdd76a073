"""Tell what the words in a serial number field say about the number."""

import re

from rapidfuzz.distance import OSA

from armstrace.analysis.marks import spelling, tables
from armstrace.vocabulary.codes import Code

_WORD = re.compile(r"[^\W\d_]{3,}")
_NO_TRACE = re.compile(
    r"\bSEM (?:VESTIGIOS?|SINAIS|EVIDENCIAS?|INDICIOS?)(?: \w+)?"
    r" DE (?:SUPRESSAO|REMOCAO|APOSICAO|RASPAGEM)(?: MECANICA)?"
)
_FORGIVING = 5


class Meaning(Code):
    """What a word in the field says."""

    ERASED = "ERASED", "taken off on purpose"
    GONE = "GONE", "no longer there, through wear where wear is named"
    WORN = "WORN", "gone through wear or rust"
    ILLEGIBLE = "ILLEGIBLE", "cannot be read"
    ABSENT = "ABSENT", "there is none"
    CRAFT = "CRAFT", "there never was one"
    UNKNOWN = "UNKNOWN", "not found or not stated"
    ALTERED = "ALTERED", "altered"
    RESTAMPED = "RESTAMPED", "stamped anew"
    RESTORED = "RESTORED", "made visible in a laboratory"
    PARTIAL = "PARTIAL", "in part"
    UNREAD = "UNREAD", "a character that could not be read"
    HEAD = "HEAD", "what stands at the beginning"
    TAIL = "TAIL", "what stands at the end"
    FRAME = "FRAME", "on the frame or receiver"
    SLIDE = "SLIDE", "on the slide, bolt or cylinder"
    BARREL = "BARREL", "on the barrel"
    OTHER_PART = "OTHER_PART", "on another part"
    PROPERTY = "PROPERTY", "a holder's property mark"
    NOISE = "NOISE", "says nothing about the number"


STATUS = frozenset({
    Meaning.ERASED, Meaning.GONE, Meaning.WORN, Meaning.ILLEGIBLE, Meaning.ABSENT,
    Meaning.CRAFT, Meaning.UNKNOWN, Meaning.ALTERED, Meaning.RESTAMPED,
    Meaning.RESTORED, Meaning.PARTIAL, Meaning.UNREAD,
})  # fmt: skip
PLACES = frozenset({Meaning.FRAME, Meaning.SLIDE, Meaning.BARREL, Meaning.OTHER_PART})


@tables.remember_results(16384)
def meanings(plain_text: str) -> frozenset[Meaning]:
    """Tell everything that the words of a text say.

    Args:
        plain_text: Text as ``spelling.plain`` writes it.
    """
    found = set()
    rest, traces = _NO_TRACE.subn(" ", plain_text)
    if traces:
        found.add(Meaning.CRAFT)
    for phrase, sense in _phrases(plain_text):
        if phrase in rest:
            rest = rest.replace(phrase, " ")
            found.add(sense)
    senses = (meaning_of_word(word) for word in _WORD.findall(rest))
    found.update(sense for sense in senses if sense is not None)
    if Meaning.GONE in found:
        found.remove(Meaning.GONE)
        if Meaning.WORN not in found:
            found.add(Meaning.ERASED)
    return frozenset(found)


@tables.remember_results(16384)
def meaning_of_word(word: str) -> Meaning | None:
    """Tell what one plainly written word says, None where it says nothing.

    A word with one slip in its stem is understood when the stem has at least
    five letters.
    """
    _, stems = _vocabulary()
    for phrase, sense in _single_phrases() if not word.isascii() else ():
        if phrase in word:
            return sense
    for stem, sense in stems:
        if word.startswith(stem):
            return sense
    if len(word) <= _FORGIVING:
        return None
    if not word.isascii():
        return None
    return next((sense for stem, sense in stems if _is_slip(word, stem)), None)


def _may_begin(word: str, stem: str) -> bool:
    """Tell whether one slip can lead from a stem to the beginning of a word."""
    return word[0] in stem[:2] or word[1] in stem[:2]


def _is_slip(word: str, stem: str) -> bool:
    size = len(stem)
    if size < _FORGIVING or not _may_begin(word, stem):
        return False
    heads = (word[:size], word[: size + 1], word[: size - 1])
    return any(OSA.distance(head, stem, score_cutoff=1) <= 1 for head in heads)


def _phrases(text: str) -> tuple[tuple[str, Meaning], ...]:
    phrases, _ = _vocabulary()
    return _ascii_phrases() if text.isascii() else phrases


@tables.remember_results(1)
def _ascii_phrases() -> tuple[tuple[str, Meaning], ...]:
    return tuple(entry for entry in _vocabulary()[0] if entry[0].isascii())


@tables.remember_results(1)
def _single_phrases() -> tuple[tuple[str, Meaning], ...]:
    """Give the phrases of one word, which stand in scripts without spaces."""
    return tuple(entry for entry in _vocabulary()[0] if " " not in entry[0])


@tables.remember_results(1)
def _vocabulary() -> tuple[
    tuple[tuple[str, Meaning], ...], tuple[tuple[str, Meaning], ...]
]:
    phrases: list[tuple[str, Meaning]] = []
    stems: list[tuple[str, Meaning]] = []
    for row in tables.rows("serial_words.tsv"):
        entry = (spelling.plain(row["word"]), Meaning(row["meaning"]))
        (phrases if row["match"] == "PHRASE" else stems).append(entry)
    return _longest_first(phrases), _longest_first(stems)


def _longest_first(
    entries: list[tuple[str, Meaning]],
) -> tuple[tuple[str, Meaning], ...]:
    return tuple(sorted(set(entries), key=lambda entry: -len(entry[0])))
