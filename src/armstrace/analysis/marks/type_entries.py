"""The words for arms, parts, ammunition and other objects, as the table has them.

Source:
    Vocabularies of the illicit arms flows questionnaire; words of police records.
"""

import re
from dataclasses import dataclass

from armstrace.analysis.marks import spelling, tables
from armstrace.vocabulary.arms import AmmunitionKind, ArmType, ItemKind, ProductionClass
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.messages import NOTHING, Message

NOT_AN_ARM = "NOT_AN_ARM"

_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")
_PARTED = re.compile(r"[A-ZͰ-ԯ0-9 ]+")
_STEM = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """What an item is."""

    # An arm where nothing says otherwise.
    item_kind: ItemKind = ItemKind.ARM
    arm_type: ArmType = ArmType.UNKNOWN
    # For ammunition alone.
    ammunition_kind: AmmunitionKind = AmmunitionKind.UNKNOWN
    # How it was made, where the word says so.
    production_class: ProductionClass = ProductionClass.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Kinds):
    """What a word means."""

    # What the person at the desk should know.
    note: Message = NOTHING
    # A knife, a vest, a grenade: no arm, part or ammunition.
    is_another_object: bool = False

    @property
    def is_arm(self) -> bool:
        """Tell an arm from a part, ammunition and other objects."""
        return self.item_kind is ItemKind.ARM and not self.is_another_object


def words_of(text: str) -> str:
    """Part the words, without the Arabic article."""
    plain = spelling.plain(text)
    bare = plain if plain.isascii() else _ARTICLE.sub("", plain)
    return " ".join(_WORD.findall(bare))


@tables.remember_results(1)
def entries() -> dict[str, Entry]:
    """Give every entry by its words, the codes of the vocabulary among them."""
    found: dict[str, Entry] = {}
    for row in tables.rows("types.tsv"):
        found.setdefault(words_of(row["word"]), _entry(row))
    for arm_type in ArmType:
        words = arm_type.value.replace("_", " ")
        found.setdefault(words, Entry(arm_type=arm_type))
    return found


def _entry(row: dict[str, str]) -> Entry:
    is_another = row["item"] == NOT_AN_ARM
    return Entry(
        item_kind=ItemKind.ARM if is_another else ItemKind(row["item"]),
        arm_type=ArmType(row["type"]),
        ammunition_kind=AmmunitionKind(row["ammunition"] or "UNKNOWN"),
        production_class=ProductionClass(row["production"] or "UNKNOWN"),
        note=Message(row["note"]),
        is_another_object=is_another,
    )


@tables.remember_results(1)
def words_without_blanks() -> tuple[str, ...]:
    """Give the words of scripts in which a word may stand without spaces around."""
    return tuple(word for word in entries() if not _PARTED.fullmatch(word))


def by_stem(word: str) -> Entry | None:
    """Give the entry of which a Cyrillic word is a form: винтовки, рушницею."""
    if word.isascii() or len(word) < _STEM:
        return None
    for length in range(len(word), _STEM - 2, -1):
        entry = _stems().get(word[:length])
        if entry is not None:
            return entry
    return None


@tables.remember_results(1)
def _stems() -> dict[str, Entry]:
    """Give single Cyrillic words without the vowel in which they end."""
    found: dict[str, Entry] = {}
    for word, entry in entries().items():
        is_word = " " not in word and not word.isascii() and _PARTED.fullmatch(word)
        stem = word.rstrip("АЯОЕИІЬЙ")
        if is_word and len(stem) >= _STEM - 1:
            found.setdefault(stem, entry)
    return found


class TypeSense(Code):
    """What a word beside the word for an arm makes of it: a gas revolver is none."""

    AIR = "AIR", "shoots by air or gas pressure"
    ALARM = "ALARM", "gives an alarm, a signal or gas"
    REPLICA = "REPLICA", "only looks like an arm"
    TOY = "TOY", "a toy or an imitation"
    FLOBERT = "FLOBERT", "made for Flobert cartridges"
    CRAFT = "CRAFT", "made by a craftsman"
    RUDIMENTARY = "RUDIMENTARY", "made at home"
    PRINTED = "PRINTED", "printed"
    CONVERTED = "CONVERTED", "converted"


def senses(words: str) -> frozenset[TypeSense]:
    """Tell what the words beside say, of a field as ``words_of`` parts it."""
    padded = f" {words} "
    return frozenset(
        sense
        for pattern, sense in _words()
        if pattern in padded or (pattern.strip() in words and _is_unparted(pattern))
    )


def _is_unparted(pattern: str) -> bool:
    return pattern.strip() in _words_without_blanks()


@tables.remember_results(1)
def _words() -> tuple[tuple[str, TypeSense], ...]:
    found = []
    for row in tables.rows("type_words.tsv"):
        for word in tables.several(row["words"]):
            plain = words_of(word)
            end = "" if word.endswith("*") else " "
            found.append((f" {plain}{end}", TypeSense(row["sense"])))
    return tuple(found)


@tables.remember_results(1)
def _words_without_blanks() -> frozenset[str]:
    return frozenset(
        plain
        for row in tables.rows("type_words.tsv")
        for word in tables.several(row["words"])
        if (plain := words_of(word)) and plain[0] >= "֐"
    )
