"""Read a maker's name, in the spellings of the world, to one canonical name.

Source:
    Mark taxonomy: a maker is not its importer, brand or licensed copy; two
    companies of nearly one name stay two.
"""

import re
from dataclasses import dataclass

from armstrace.analysis.marks import (
    calibres,
    make_names,
    make_pieces,
    make_search,
    make_slips,
    make_words,
    readings,
    serial_words,
    sounds,
    spelling,
    tables,
    types,
    unknown_words,
)
from armstrace.analysis.marks.make_names import Names
from armstrace.analysis.marks.make_words import Sense
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.texts import shorten

Make = make_names.Make
MakeRole = make_names.MakeRole
MAKES_ARMS = frozenset({MakeRole.MAKER, MakeRole.ARSENAL})

_LONGEST = 200
_INITIALS = 2
_HEAD = re.compile(r"(?<=[a-z.)])(?=[A-Z])|[,/;(]")


@dataclass(frozen=True, slots=True)
class MakeReading:
    """A make as written beside its reading."""

    # Canonical name; empty where not known.
    name: str
    # ISO 3166-1 alpha-2 of the maker, or of manufacture where the field names a country
    # alone; empty where not certain.
    country: str
    role: MakeRole
    # The reading with its certainty, rule and note.
    reading: readings.Reading


@tables.remember_results(65536)
def read_make(text: str) -> MakeReading:
    """Read a maker's name.

    Returns:
        The canonical name with the maker's country and role. A word such as
        "not identified", a country, a kind of arm or a calibre gives an empty
        name with a note, and so does a name that is in no table: its text is
        kept beside. What was written together is parted. A name cut short or
        mistyped is read where one maker alone explains it well, the more so
        the more common the maker is.
    """
    return read_among(make_names.names(), text)


def read_among(names: Names, text: str) -> MakeReading:
    """Read a maker's name among the makers of a table; see ``read_make``."""
    plain = spelling.plain(text[:_LONGEST])
    key = spelling.squash(plain)
    if not key:
        return _unknown(text, "EMPTY", NOTHING)
    filler = unknown_words.meaning(plain)
    if filler and key not in names.aliases:
        return _unknown(text, "UNKNOWN_WORD", _FILLERS[filler])
    found = make_search.by_alias(names, plain)
    if found is not None:
        return _read(text, found)
    coded = _by_code(names, text, key)
    return coded or _no_maker(text, plain) or _search(names, text, plain)


def _by_code(names: Names, text: str, key: str) -> MakeReading | None:
    """Read a code of the list of makes, where the user has one in use."""
    described = tables.codes("MAK.csv").get(key)
    if described is None:
        return None
    make = names.by_code.get(key)
    if make is None:
        head = spelling.plain(_HEAD.split(described, maxsplit=1)[0])
        found = make_search.by_alias(names, head)
        make = found.make if found else Make(head, (), MakeRole.UNKNOWN, key)
    note = message("code %(code)s of the list in use", code=key)
    return _read(text, make_search.Found(make, Certainty.LIKELY, "CODE", note))


def imply_maker(model: str, make: MakeReading) -> MakeReading:
    """Read the maker from the model, where the field of the make names none.

    Args:
        make: Reading of the field of the make; it stays where it says anything.

    Returns:
        The maker that stands in the model field, or that alone has such a model,
        as an implied value that is never certain.
    """
    said = make.reading.as_written
    is_open = not make.country and (
        make.reading.rule == "EMPTY"
        or (make.reading.rule == "UNKNOWN_WORD" and _is_not_known(said))
    )
    plain = spelling.plain(model[:_LONGEST]) if is_open else ""
    if not plain or unknown_words.meaning(plain):
        return make
    names = make_names.names()
    found = make_search.within(names, plain)
    is_named = found is not None and found.make.name in names.familiar
    if found is None or not is_named:
        found = make_search.by_model(names, plain)
    if found is None or found.make.role not in MAKES_ARMS:
        return make
    certainty = Certainty.LIKELY if is_named else Certainty.DOUBTFUL
    note = message(
        "implied by the model “%(model)s”; the make is not stated",
        model=shorten(model, 40),
    )
    reading = readings.Reading(
        "make", said, found.make.name, certainty, "IMPLIED", note
    )
    return MakeReading(found.make.name, "", found.make.role, reading)


def _is_not_known(text: str) -> bool:
    """Tell "not known" from "has none" and from one that is on no list."""
    return unknown_words.meaning(spelling.plain(text)) == "UNKNOWN"


def make_named(name: str) -> Make | None:
    """Give the line of a canonical name, None where there is none."""
    return make_names.names().makes.get(name)


_FILLERS = {
    "UNKNOWN": message("said to be not known"),
    "NONE": message("said to have none"),
    "OTHER": message("said to be one that is not on the writer's list"),
}


def _search(names: Names, text: str, plain: str) -> MakeReading:
    parted = make_pieces.part(names, plain)
    found = (
        make_slips.by_look(names, plain)
        or make_search.by_parts(names, plain)
        or _find(names, parted)
    )
    if found is None and serial_words.meanings(plain) & serial_words.STATUS:
        return _unknown(text, "STATEMENT", message("says how the mark stands, no name"))
    if found is None and not plain.isascii():
        parted = make_pieces.part(names, sounds.romanise(plain))
        found = _find(names, parted)
    found = (
        found
        or make_slips.by_slip(names, parted)
        or make_slips.by_consonants(names, plain)
    )
    return _read(text, found) if found else _unknown(text, NOT_LISTED, _NOT_LISTED)


def _find(names: Names, plain: str) -> make_search.Found | None:
    searches = (search(names, plain) for search in _SEARCHES)
    return next((found for found in searches if found is not None), None)


# The rule of a name that may be a maker's all the same.
NOT_LISTED = "NOT_LISTED"
_NOT_LISTED = message("not in the table of makers; only the text is kept")
_SEARCHES = (
    make_search.by_alias,
    make_search.by_words,
    make_search.within,
    make_search.by_model,
)


def _no_maker(text: str, plain: str) -> MakeReading | None:
    """Read a field that holds something else than a name."""
    found = make_words.words(plain)
    if not any(map(str.isalpha, plain)) or _is_one_sign(plain):
        return _unknown(text, "NO_NAME", message("the field holds no name"))
    country = make_words.nation(found)
    if country:
        note = message("names a country, no maker")
        reading = readings.unread("make", text, "COUNTRY", note)
        return MakeReading("", country, MakeRole.UNKNOWN, reading)
    rest = [word for word in found if not make_words.says(word, *_EMPTY_WORDS)]
    if not rest:
        if any(make_words.says(word, Sense.CRAFT) for word in found):
            return _unknown(text, "HOME_MADE", message("said to be home made"))
        return _unknown(text, "NO_NAME", message("holds no name of a maker"))
    return _of_another_field(text, plain)


def _is_one_sign(plain: str) -> bool:
    key = spelling.squash(plain)
    return len(set(key)) == 1 and (len(key) != _INITIALS or key[0] in "X0")


_EMPTY_WORDS = (
    *(Sense.KIND, Sense.CRAFT, Sense.GENERIC, Sense.FORM, Sense.NOTE, Sense.MARKED),
    *(Sense.HEDGE, Sense.COPY),
)


def _of_another_field(text: str, plain: str) -> MakeReading | None:
    calibre = calibres.read_calibre(plain)
    is_sure = calibre.certainty in {Certainty.CERTAIN, Certainty.LIKELY}
    if is_sure and plain[0] in ".0123456789":
        note = message("holds a calibre (%(calibre)s), no maker", calibre=calibre.value)
        return _unknown(text, "CALIBRE", note)
    if types.read_type(plain).reading.certainty is Certainty.CERTAIN:
        return _unknown(text, "TYPE", message("holds a kind of arm, no maker"))
    return None


def _unknown(text: str, rule: str, note: Message) -> MakeReading:
    reading = readings.unread("make", text, rule, note)
    return MakeReading("", "", MakeRole.UNKNOWN, reading)


def _read(text: str, found: make_search.Found) -> MakeReading:
    make = found.make
    reading = readings.Reading(
        "make", text, make.name, found.certainty, found.rule, found.note
    )
    return MakeReading(make.name, make.country, make.role, reading)
