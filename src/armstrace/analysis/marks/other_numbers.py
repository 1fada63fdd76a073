"""Tell a number that is no serial number: patent, model, inventory, procedure.

Source:
    Mark taxonomy: patent, model, assembly and inventory numbers are confused with
    serial numbers; police and court numbers are written into the field as well.
"""

import re

from armstrace.analysis.marks import spelling, tables
from armstrace.analysis.marks.search_keys import search_key
from armstrace.vocabulary.marks import MarkKind
from armstrace.vocabulary.messages import Message, message

_PROCEDURE = re.compile(
    r"\b\d{3}-\d{4,6}/(?:19|20)\d\d\b"
    r"|^(?:IP|BO|RO|TCO|APF|PJ|REDS|BOPM)\b[ .:Nº°#-]*\d+\s*[/-]\s*(?:19|20)?\d\d\Z"
    r"|\b\d{7}-\d\d\.\d{4}\.\d\.\d\d\.\d{4}\b"
)
_APPROVED = re.compile(r"^PTB[ -]?\d{1,4}\Z|^BKA[ -]\d{1,4}\Z")
_PATENT = re.compile(
    r"\b(?:PATENTS?|PATENTE|PAT|BREVETE?|BREV|D\.?\s?R\.?\s?(?:G\.?\s?M|P))\b"
)
_SHORT = re.compile(r"^SSPRJ\d+")
_MEASURE = re.compile(r"^\d{1,3}(?:[.,]\d+)?\s?(?:CM|MM|POL|IN)\b")
_NAMES_SERIAL = re.compile(
    r"\b(?:SERIE|SERIAL|SERIENN?UMMER|MATRICULA)\b|СЕРИЙН|序列|تسلسل"
)
_DIGIT = re.compile(r"\d")
_LETTERS_OF_SERIALS = 3
_FEW = 3
_MARKS = re.compile(r"\s*[;,]\s*")
INVENTORY = (MarkKind.INVENTORY, message("an inventory number"))
_WORD = re.compile(r"[^\W\d_]+")


def kind_and_note(plain: str) -> tuple[MarkKind, Message] | None:
    """Tell what a number is when it is no serial number.

    Returns:
        The kind of mark and what the number is, or None where nothing says that
        it is no serial number.
    """
    for pattern, kind, note in _PATTERNS if _DIGIT.search(plain) else ():
        if pattern.search(plain):
            return kind, note
    return _by_first_words(plain)


_PATTERNS = (
    (_MEASURE, MarkKind.OTHER, message("a measure")),
    (_PROCEDURE, MarkKind.OTHER, message("a procedure number")),
    (_APPROVED, MarkKind.INVENTORY, message("an approval number")),
    (_SHORT, MarkKind.INVENTORY, message("an inventory number")),
    (_PATENT, MarkKind.PATENT, message("a patent number")),
)


def _by_first_words(plain: str) -> tuple[MarkKind, Message] | None:
    first = _WORD.match(plain)
    if first is None or _NAMES_SERIAL.search(plain):
        return None
    for words in _candidates(first[0]):
        kind, note = _table()[words]
        if plain.startswith(words) and _is_said(words, plain[len(words) :]):
            return kind, note
    return None


def _is_said(words: str, rest: str) -> bool:
    """Tell a word from the letters with which a serial number begins."""
    if not words.isascii():
        return True
    if rest[:1].isalnum():
        return False
    if len(words) > _LETTERS_OF_SERIALS:
        return True
    return rest[:1] in {".", ":", "º", "°"} or sum(map(str.isdigit, rest)) <= _FEW


def _candidates(first: str) -> tuple[str, ...]:
    return _by_first_letters().get(first[0], ())


def inventory_number(text: str) -> str:
    """Give the inventory number among further marks, as it is searched.

    Args:
        text: Marks as written, parted by semicolons or commas.

    Returns:
        The number, headed INV whatever word it has; empty where no mark is called
        one.
    """
    for part in _MARKS.split(spelling.plain(text)):
        first = _WORD.match(part)
        for words in _candidates(first[0]) if first else ():
            rest = part[len(words) :]
            kind, note = _table()[words]
            is_word = part.startswith(words) and not rest[:1].isalpha()
            if is_word and _DIGIT.search(rest) and (kind, note) == INVENTORY:
                return f"INV{search_key(rest)}"
    return ""


@tables.remember_results(1)
def _by_first_letters() -> dict[str, tuple[str, ...]]:
    """Give the words by their first letter, the longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for words in sorted(_table(), key=len, reverse=True):
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


@tables.remember_results(1)
def _table() -> dict[str, tuple[MarkKind, Message]]:
    return {
        spelling.plain(words): (MarkKind(row["kind"]), Message(row["note"]))
        for row in tables.rows("other_numbers.tsv")
        for words in tables.several(row["words"])
    }
