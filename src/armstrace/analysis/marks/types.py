"""Read the word for an item: kind of arm, part or ammunition, how it was made.

Source:
    Vocabularies of the illicit arms flows questionnaire; typology of modified
    and non-industrial firearms.
"""

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from armstrace.analysis.marks import readings, spelling, tables, unknown_words
from armstrace.vocabulary.arms import AmmunitionKind, ArmType, ItemKind, ProductionClass
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import NOTHING, Message, message

_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")
_LONGEST = 200
_MOST_WORDS = 24
_ONE_SLIP = 6
_SHORTEST_HEAD = 6


@dataclass(frozen=True, slots=True)
class TypeReading:
    """The word for an item beside its reading.

    Args:
        item_kind: Arm, part or ammunition; an arm where nothing says otherwise.
        arm_type: Kind of arm.
        ammunition_kind: Kind of ammunition, for ammunition alone.
        production_class: How it was made, where the word says so.
        reading: The reading with its certainty, rule and note.
    """

    item_kind: ItemKind
    arm_type: ArmType
    ammunition_kind: AmmunitionKind
    production_class: ProductionClass
    reading: readings.Reading


@dataclass(frozen=True, slots=True)
class _Entry:
    item_kind: ItemKind
    arm_type: ArmType
    ammunition_kind: AmmunitionKind
    production_class: ProductionClass
    note: Message


@tables.remembered(16384)
def read_type(text: str) -> TypeReading:
    """Read the word for an item in the six UN languages and some others.

    Args:
        text: The field as written, or a code of the vocabulary.

    Returns:
        The kinds; not known where the words say nothing. A known word among
        others is found, the longest first, and the reading says so.
    """
    words = _words(text[:_LONGEST])
    if not words or unknown_words.meaning(text):
        rule = "UNKNOWN_WORD" if words else "EMPTY"
        return _read(text, _UNKNOWN, Certainty.NONE, rule)
    described = _read_code(words)
    if described:
        return _read(text, _entry_of(described), Certainty.LIKELY, "CODE")
    exact = _entries().get(words)
    if exact is not None:
        return _read(text, exact, Certainty.CERTAIN, "WORD")
    for search, rule in _SEARCHES:
        found = search(words)
        if found is not None:
            return _read(text, found, Certainty.LIKELY, rule)
    note = message("no known word for an arm, a part or ammunition")
    return _read(text, _UNKNOWN, Certainty.NONE, "NOT_UNDERSTOOD", note)


def _read_code(words: str) -> str:
    """Give what a code of the list in use stands for; its second letter is action."""
    codes = tables.codes("TYP.csv")
    kind = words[0] if len(words) == len("PI") else words
    return codes.get(words) or codes.get(kind, "")


def _entry_of(description: str) -> _Entry:
    """Give the kind that a list of codes describes."""
    words = _words(description)
    return _entries().get(words) or _among(words) or _UNKNOWN


def _words(text: str) -> str:
    """Part the words, without the Arabic article."""
    plain = spelling.plain(text)
    bare = plain if plain.isascii() else _ARTICLE.sub("", plain)
    return " ".join(_WORD.findall(bare))


_UNKNOWN = _Entry(
    ItemKind.ARM,
    ArmType.UNKNOWN,
    AmmunitionKind.UNKNOWN,
    ProductionClass.UNKNOWN,
    NOTHING,
)


def _read(
    text: str, entry: _Entry, certainty: Certainty, rule: str, note: Message = NOTHING
) -> TypeReading:
    value = _value(entry)
    sure = certainty
    if entry.note and certainty is Certainty.CERTAIN:
        sure = Certainty.LIKELY
    reading = readings.Reading("type", text, value, sure, rule, note or entry.note)
    return TypeReading(
        entry.item_kind,
        entry.arm_type,
        entry.ammunition_kind,
        entry.production_class,
        reading,
    )


def _value(entry: _Entry) -> str:
    if entry.item_kind is not ItemKind.ARM:
        return entry.item_kind.value
    return "" if entry.arm_type is ArmType.UNKNOWN else entry.arm_type.value


def _among(words: str) -> _Entry | None:
    """Find the longest known word or words among the words of a field."""
    parts = words.split(" ")[:_MOST_WORDS]
    runs = {
        " ".join(parts[start:stop])
        for start in range(len(parts))
        for stop in range(start + 1, len(parts) + 1)
    }
    found = [run for run in runs if run in _entries()]
    if not words.isascii():
        found += [word for word in _words_without_spaces() if word in words]
    return _entries()[max(found, key=_length)] if found else None


def _length(word: str) -> tuple[int, str]:
    return len(word), word


def _compound(words: str) -> _Entry | None:
    """Read a word that ends in a known one, as German builds them."""
    last = words.rsplit(" ", 1)[-1]
    for start in range(1, len(last) - _SHORTEST_HEAD + 1):
        entry = _entries().get(last[start:])
        if entry is not None and entry.item_kind is ItemKind.ARM:
            return entry
    return None


def _correct_slip(words: str) -> _Entry | None:
    if len(words) < _ONE_SLIP:
        return None
    near = {
        entry
        for word, entry in _entries().items()
        if len(word) >= _ONE_SLIP and OSA.distance(words, word, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


_SEARCHES = (
    (_among, "AMONG_WORDS"),
    (_compound, "COMPOUND"),
    (_correct_slip, "FUZZY"),
)


@tables.remembered(1)
def _words_without_spaces() -> tuple[str, ...]:
    """Give the words of scripts that are found without spaces around them."""
    return tuple(word for word in _entries() if not word.isascii())


@tables.remembered(1)
def _entries() -> dict[str, _Entry]:
    entries = {_words(row["word"]): _entry(row) for row in tables.rows("types.tsv")}
    for arm_type in ArmType:
        entry = _Entry(
            ItemKind.ARM,
            arm_type,
            AmmunitionKind.UNKNOWN,
            ProductionClass.UNKNOWN,
            NOTHING,
        )
        entries.setdefault(arm_type.value.replace("_", " "), entry)
    return entries


def _entry(row: dict[str, str]) -> _Entry:
    return _Entry(
        ItemKind(row["item"]),
        ArmType(row["type"]),
        AmmunitionKind(row["ammunition"] or "UNKNOWN"),
        ProductionClass(row["production"] or "UNKNOWN"),
        Message(row["note"]),
    )
