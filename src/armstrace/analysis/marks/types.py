"""Read the word for an item: kind of arm, part or ammunition, how it was made.

Source:
    Vocabularies of the illicit arms flows questionnaire; typology of modified
    and non-industrial firearms.
"""

import re
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from armstrace.analysis.marks import readings, tables, type_entries, unknown_words
from armstrace.analysis.marks.type_entries import Entry, Kinds, TypeSense
from armstrace.vocabulary.arms import ArmType, ItemKind, ProductionClass
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.packaged import read_table

NOT_AN_ARM = type_entries.NOT_AN_ARM

_LONGEST = 200
_MOST_WORDS = 24
_ONE_SLIP = 6
_SHORTEST_HEAD = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeReading(Kinds):
    """The word for an item beside its reading."""

    # Its value is ``NOT_AN_ARM`` for a knife, a vest, a grenade or another object.
    reading: readings.Reading


@tables.remember_results(16384)
def read_type(text: str) -> TypeReading:
    """Read the word for an item in the six UN languages and some others.

    Args:
        text: The field as written, or a code of the vocabulary.

    Returns:
        The kinds; not known where the words say nothing. A known word among
        others is found, and the reading says so; words beside it can make an air
        arm, an alarm device, a replica or a home-made arm of it.
    """
    words = type_entries.words_of(text[:_LONGEST])
    exact = type_entries.entries().get(words)
    if not words or (exact is None and unknown_words.meaning(text)):
        rule = "UNKNOWN_WORD" if words else "EMPTY"
        return _read(text, _UNKNOWN, Certainty.NONE, rule)
    described = _read_code(words)
    if described:
        return _read(text, _entry_of(described), Certainty.LIKELY, "CODE")
    if exact is not None:
        return _read(text, exact, Certainty.CERTAIN, "WORD")
    return _read_words(text, words)


# Words for a long gun of any kind, which the dictionary gives as a rifle.
_LONG_GUN = re.compile(r"fusil|fucile|pu[sš]k[aë]|pushk[eë]|pu[sșş]c[aă]|пушка", re.I)


def by_bore(read: TypeReading, calibre: str) -> TypeReading:
    """Take a "fusil" or "fucile" in a gauge for the shotgun that it is.

    Args:
        calibre: Canonical calibre.
    """
    is_open = _LONG_GUN.fullmatch(read.reading.as_written.strip()) is not None
    if not is_open or not calibre.endswith(" gauge"):
        return read
    said = message("a long gun in a gauge of shotguns")
    value, kind = ArmType.SHOTGUN.value, ArmType.SHOTGUN
    reading = replace(read.reading, value=value, certainty=Certainty.LIKELY, note=said)
    return replace(read, arm_type=kind, reading=reading)


_BESIDE = read_table(__package__, "type_grammar.toml")
_OF, _ENDS_COMPOUND = (
    frozenset(_BESIDE[name].split()) for name in ("of", "ends_a_compound")
)
_NUMBERS = {
    word: int(number)
    for number, words in _BESIDE["numbers"].items()
    for word in words.split()
}
_COUNTED = re.compile(
    r"\s*(\d{1,3}|[^\W\d_]{3,5})\s*[x×]?\s+([^\W\d_]+)", re.IGNORECASE
)


def count_of(text: str) -> int:
    """Give how many arms a word for them counts, as "2 Pistolen" does.

    Returns:
        The number; 0 where none stands before the word for an arm.
    """
    found = _COUNTED.match(text)
    if found is None:
        return 0
    number, following = found[1], text[found.end(1) :]
    if not number.isdecimal():
        count = _NUMBERS.get(number.casefold(), 0)
    # “12 Flinte” and “22 Rifle” may be calibres; a plural or a small number is not.
    elif int(number) < _LEAST_CALIBRE or "x" in following[:2]:
        count = int(number)
    else:
        count = 0
    return count if count and _is_word_for_arm(found[2]) else 0


_LEAST_CALIBRE = 9


def _is_word_for_arm(word: str) -> bool:
    return any(
        read_type(each).reading.value in ArmType.__members__
        for each in (word, word.removesuffix("s"))
    )


def _read_words(text: str, words: str) -> TypeReading:
    senses = type_entries.senses(words)
    for search, rule in _SEARCHES:
        found = search(words)
        if found is not None:
            return _read(text, _change(found, senses), Certainty.LIKELY, rule)
    if senses - {TypeSense.CONVERTED}:
        return _read(text, _change(_UNKNOWN, senses), Certainty.LIKELY, "BESIDE")
    note = message("no known word for an arm, a part or ammunition")
    return _read(text, _UNKNOWN, Certainty.NONE, "NOT_UNDERSTOOD", note)


def _change(entry: Entry, senses: frozenset[TypeSense]) -> Entry:
    """Give what the words beside it make of an arm."""
    if not entry.is_arm or not senses:
        return entry
    if TypeSense.TOY in senses and TypeSense.CONVERTED not in senses:
        return replace(entry, arm_type=ArmType.UNKNOWN, is_another_object=True)
    made = next((_MADE[sense] for sense in _MADE if sense in senses), None)
    note = next((_NOTES[sense] for sense in _NOTES if sense in senses), entry.note)
    if senses == {TypeSense.CONVERTED} or entry.arm_type is ArmType.LIGHT_WEAPON:
        return replace(
            entry, note=note, production_class=made or entry.production_class
        )
    return replace(
        entry,
        arm_type=ArmType.OTHER_FIREARM,
        production_class=made or entry.production_class,
        note=note,
    )


_MADE = {
    TypeSense.PRINTED: ProductionClass.PMF_3D,
    TypeSense.RUDIMENTARY: ProductionClass.RUDIMENTARY,
    TypeSense.CRAFT: ProductionClass.CRAFT,
}
_NOTES = {
    TypeSense.CONVERTED: message("said to be converted"),
    TypeSense.ALARM: message(
        "an alarm or signal device: examine whether it was converted"
    ),
    TypeSense.REPLICA: message("a replica: examine whether it fires"),
    TypeSense.AIR: message("an air arm: national law says whether it is a firearm"),
    TypeSense.FLOBERT: message(
        "a Flobert arm: national law says whether it is a firearm"
    ),
}


def _read_code(words: str) -> str:
    """Give what a code of the list in use stands for; its second letter is action."""
    codes = tables.codes("TYP.csv")
    kind = words[0] if len(words) == len("PI") else words
    return codes.get(words) or codes.get(kind, "")


def _entry_of(description: str) -> Entry:
    """Give the kind that a list of codes describes."""
    words = type_entries.words_of(description)
    return type_entries.entries().get(words) or _among(words) or _UNKNOWN


_UNKNOWN = Entry()


def _read(
    text: str, entry: Entry, certainty: Certainty, rule: str, note: Message = NOTHING
) -> TypeReading:
    sure = certainty
    if entry.note and certainty is Certainty.CERTAIN:
        sure = Certainty.LIKELY
    said = note or entry.note or (_IS_NO_ARM if entry.is_another_object else NOTHING)
    reading = readings.Reading("type", text, _value(entry), sure, rule, said)
    return TypeReading(
        item_kind=entry.item_kind,
        arm_type=entry.arm_type,
        ammunition_kind=entry.ammunition_kind,
        production_class=entry.production_class,
        reading=reading,
    )


_IS_NO_ARM = message("no arm, no part of one and no ammunition")


def _value(entry: Entry) -> str:
    if entry.is_another_object:
        return NOT_AN_ARM
    if entry.item_kind is not ItemKind.ARM:
        return entry.item_kind.value
    return "" if entry.arm_type is ArmType.UNKNOWN else entry.arm_type.value


def _among(words: str) -> Entry | None:
    """Find the item among the words of a field: the longest word for an arm.

    A part, ammunition or another object is meant where it is one of an arm, as in
    "carregador de pistola", or ends an English compound, as in "pistol magazine".
    """
    runs = _runs(words.split(" ")[:_MOST_WORDS])
    if not runs:
        return _without_spaces(words)
    arms = [run for run in runs if run[1].is_arm]
    (first_words, first), (last_words, last) = runs[0], runs[-1]
    if not arms or (not first.is_arm and _is_of_an_arm(words, first_words)):
        return first
    is_joined = len(runs) > 1 and words.endswith(f"{runs[-2][0]} {last_words}")
    if not last.is_arm and is_joined and last_words in _ENDS_COMPOUND:
        return last
    return max(arms, key=_told)[1]


def _is_of_an_arm(words: str, first: str) -> bool:
    """Tell "cano de espingarda" and "ствол винтовки" from "bolt action rifle"."""
    following = words.partition(first)[2].split(" ")[1:2]
    return not first.isascii() or bool(following and following[0] in _OF)


def _told(run: tuple[str, Entry]) -> tuple[bool, int, str]:
    return run[1].arm_type is not ArmType.UNKNOWN, len(run[0]), run[0]


def _runs(parts: list[str]) -> list[tuple[str, Entry]]:
    """Give the known words from left to right, each as long as can be."""
    runs = []
    place = 0
    while place < len(parts):
        run = _run(parts, place)
        if run is not None:
            runs.append(run)
        place += len(run[0].split(" ")) if run else 1
    return runs


def _run(parts: list[str], place: int) -> tuple[str, Entry] | None:
    known = type_entries.entries()
    for stop in range(len(parts), place, -1):
        run = " ".join(parts[place:stop])
        if run in known:
            return run, known[run]
    stem = type_entries.by_stem(parts[place])
    return (parts[place], stem) if stem else None


def _without_spaces(words: str) -> Entry | None:
    """Find the longest word of a script that parts no words, or joins articles."""
    if words.isascii():
        return None
    found = [word for word in type_entries.words_without_blanks() if word in words]
    return type_entries.entries()[max(found, key=_length)] if found else None


def _length(word: str) -> tuple[int, str]:
    return len(word), word


def _compound(words: str) -> Entry | None:
    """Read a word that ends in a known one, as German builds them."""
    last = words.rsplit(" ", 1)[-1]
    for start in range(1, len(last) - _SHORTEST_HEAD + 1):
        entry = type_entries.entries().get(last[start:])
        if entry is not None and entry.item_kind is ItemKind.ARM:
            return entry
    return None


def _correct_slip(words: str) -> Entry | None:
    if len(words) < _ONE_SLIP:
        return None
    near = {
        entry
        for word, entry in type_entries.entries().items()
        if len(word) >= _ONE_SLIP and OSA.distance(words, word, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


_SEARCHES = (
    (_among, "AMONG_WORDS"),
    (_compound, "COMPOUND"),
    (_correct_slip, "FUZZY"),
)
