"""Read a model designation, so that its spellings meet.

Source:
    Mark taxonomy: a model can be confused with a calibre, a serial prefix or a
    catalogue number; a licensed copy keeps its own maker's designation. "Hand
    ejector" or "pump action" in the model field says how an arm works; on many
    makers' arms it would bring unlike models together.
"""

import re

from armstrace.analysis.marks import (
    make_names,
    make_words,
    readings,
    sounds,
    spelling,
    tables,
    unknown_words,
)
from armstrace.analysis.marks.make_words import Sense
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import message

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00(?::00)?(?:\.0+)?)?\Z")
_PREFIX = re.compile(r"^(?:MODELO|MODEL|MODELE|MODELL|MOD|MODELLO|МОДЕЛЬ|МОД)\b[ .:-]*")
_LONGEST = 200
_LONGEST_NAME = 6
_TOKEN = re.compile(r"\d+(?:[./]\d+)+|\d+|[^\W\d_]+|&")


@tables.remember_results(65536)
def read_model(
    text: str, make: str = "", arm_type: ArmType = ArmType.UNKNOWN
) -> readings.Reading:
    """Read a model designation.

    Args:
        text: The field as written; ``82.0`` and dates that a spreadsheet made
            of designations such as "24/7" are understood.
        make: Canonical make, whose own designations go first; may be empty.
        arm_type: Kind of arm; a bare number such as "838" is read to a pistol's
            designation on pistols only.

    Returns:
        The designation as its maker writes it where the table knows it, else
        letters and figures parted by single spaces. A field that only repeats
        the maker, or says how the arm works or looks, gives no model.
    """
    plain = _PREFIX.sub("", _undo_dates(text[:_LONGEST]))
    if not spelling.squash(plain):
        return readings.not_stated("model", text)
    if unknown_words.meaning(text):
        note = message("said to be not known, none or another")
        return readings.unread("model", text, "UNKNOWN_WORD", note)
    bare = _without_make(plain, make)
    designation = _without_action(bare)
    latin = sounds.romanise(designation)
    for written in (plain, sounds.romanise(plain), bare, designation, latin):
        listed = _find_in_list(written, make, arm_type)
        if listed:
            return readings.Reading("model", text, listed, Certainty.CERTAIN, "ALIAS")
    if rule := _no_model(bare, designation):
        return readings.unread("model", text, rule, _NOTES[rule])
    value = _by_head(latin, make, arm_type) or _add_spaces(latin)
    return readings.Reading("model", text, value, Certainty.LIKELY, "SPACED")


def _no_model(bare: str, designation: str) -> str:
    """Tell what a field says that names no model; empty where it names one."""
    if not bare:
        return "MAKE"
    if all(make_words.says(word, Sense.PLACE) for word in bare.split()):
        return "PLACE"
    words = [word for word in bare.split() if not make_words.says(word, Sense.KIND)]
    if not _without_action(" ".join(words)):
        return "ACTION" if words else "DESCRIPTION"
    return "DESCRIPTION" if _is_look(designation) else ""


_NOTES = {
    "MAKE": message("repeats the maker; no model is given"),
    "PLACE": message("names a place of makers; no model is given"),
    "ACTION": message("says how the arm works; no model is given"),
    "DESCRIPTION": message("describes the arm; no model is given"),
}


def _undo_dates(text: str) -> str:
    """Undo what a spreadsheet did to the designation."""
    stripped = text.strip()
    if spelling.is_number_from_spreadsheet(stripped):
        return stripped[:-2]
    date = _DATE.match(stripped)
    return f"{int(date[3])}/{int(date[2])}" if date else spelling.plain(stripped)


def _find_in_list(plain: str, make: str, arm_type: ArmType) -> str:
    key = spelling.squash(plain)
    own = _table().get((make, key)) if make else None
    model, only_for = own or _table().get(("", key), ("", ""))
    is_bare = key != spelling.squash(model)
    return "" if only_for and is_bare and only_for != arm_type else model


def _by_head(bare: str, make: str, arm_type: ArmType) -> str:
    """Read the longest known designation that the field begins with."""
    tokens = _TOKEN.findall(bare)
    for stop in range(len(tokens), 0, -1):
        head = _find_in_list(" ".join(tokens[:stop]), make, arm_type)
        if head:
            return " ".join((head, *tokens[stop:]))
    return ""


def _without_make(plain: str, make: str) -> str:
    """Take the maker's name off, which many write before the model."""
    if not make:
        return plain
    aliases = make_names.names().aliases
    words = plain.split()
    for size in range(min(len(words), _LONGEST_NAME), 0, -1):
        named = aliases.get(spelling.squash("".join(words[:size])))
        if named is None or named.name != make:
            continue
        if not _is_line_of_models(words[size - 1], make):
            return " ".join(words[size:])
    return plain


def _is_line_of_models(word: str, make: str) -> bool:
    """Tell whether a name of the maker is that of its models: Bersa's Thunder."""
    own = make_names.names().models.get(make, frozenset())
    return word in own and spelling.squash(word) not in spelling.squash(make)


def _add_spaces(plain: str) -> str:
    return " ".join(_TOKEN.findall(plain)) or plain


@tables.remember_results(1)
def _table() -> dict[tuple[str, str], tuple[str, str]]:
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for row in tables.rows("models.tsv"):
        for name in (row["model"], *tables.several(row["aliases"])):
            key = (row["make"], spelling.squash(name))
            found.setdefault(key, (row["model"], row["type"]))
    return found


def calibre_of(model: str, make: str) -> str:
    """Give the cartridge that a model was made for, where it is one alone.

    Args:
        model: Canonical designation, with or without what follows it; may be empty
            for a maker of one such cartridge alone.
    """
    calibres = _calibres()
    words = model.split()
    for stop in range(len(words), 0, -1):
        head = " ".join(words[:stop])
        found = calibres.get((make, head)) or calibres.get(("", head))
        if found:
            return found
    return calibres.get((make, ""), "") if make else ""


@tables.remember_results(1)
def _calibres() -> dict[tuple[str, str], str]:
    return {
        (row["make"], row["model"]): row["calibre"]
        for row in tables.rows("models.tsv")
        if row["calibre"]
    }


class _Sense(Code):
    """What a word in the model field says that names no model."""

    ACTION = "ACTION", "how the arm works"
    LOOK = "LOOK", "finish, length or state"


def _without_action(plain: str) -> str:
    """Take the words of an action, at its end, off a designation."""
    return _pattern(_Sense.ACTION).sub("", plain).strip(_BETWEEN)


def _is_look(plain: str) -> bool:
    """Tell whether a field says nothing but how the arm looks."""
    return not _pattern(_Sense.LOOK).sub("", plain).strip(_BETWEEN)


@tables.remember_results(None)
def _pattern(sense: _Sense) -> re.Pattern[str]:
    """Find the words of a sense, several after each other, at the end of a field."""
    written = {
        spelling.plain(words)
        for row in tables.rows("model_words.tsv")
        if row["sense"] == sense
        for words in tables.several(row["words"])
    }
    each = "|".join(map(_loosely, sorted(written, key=len, reverse=True)))
    return re.compile(rf"(?:(?:^|(?<=\W))(?:{each})[\W_]*)+\Z")


def _loosely(words: str) -> str:
    """Allow hyphens and no space between the words; ``#`` is a number."""
    parts = re.split(r"[\s-]+", words)
    return r"[\s-]*".join(r"\d+" if part == "#" else re.escape(part) for part in parts)


_BETWEEN = " -/.,;:()"
