"""Read marks that were typed into one box, in any order of words.

An officer types "glock 19 RVU646" or "RVU646 Glock 9mm". Words that are types, makes,
calibres or models are taken as such wherever they stand; what is left with figures
in it is the serial number.

Source:
    Rule of this design; the words are those of the vocabularies of marks.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from armstrace.analysis.marks import (
    calibre_scan,
    calibres,
    makes,
    models,
    serial_codes,
    serials,
    spelling,
    types,
)
from armstrace.analysis.marks.description import Description
from armstrace.analysis.marks.readings import Reading
from armstrace.analysis.marks.search_keys import LONGEST, search_key
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.marks import Certainty, SerialStatus

_PARTS = re.compile(r"[\s;]+|,(?!\d)|(?<!\d),")
_WITHIN = re.compile(r"[-_/:]+")
_SIGNS = re.compile(r"[-–_/:.]+")
_GLUED = re.compile(r"([^\W\d_]{4,})[-.]?(\.?\d.*)")
_FIGURE = re.compile(r"[\d?*]")
_UNREAD = re.compile(r"[?*]")
# A figure with a point, a length or a unit, and no other figure in later words.
_CALIBRE = re.compile(r"[.,]\d.*|\d+[.,x×/]\d.*|\d+[.,]?\d*\s*[^\W\d_][^\d]*")
_ONE_NUMBER = re.compile(r"\S+\s*(?:mm)?\.?", re.IGNORECASE)
_FROM_NUMBER_ALONE = frozenset({"BARE", "ARM_TYPE"})
_MOST_WORDS = 24
_LONGEST_SPAN = 4
# Pieces into which a serial number may be parted where it is tried as one.
_MOST_PIECES = 6
_SHORTEST_SERIAL = 5
_SHORTEST_WHOLE = 4
# Letters that stand before or after a number as part of it, as in RVU 646.
_LONGEST_LETTERS = 4
_SHORTEST_MISSPELT = 5
_SURE = frozenset({Certainty.CERTAIN, Certainty.LIKELY})
_TOLD_IN_WORDS = frozenset(
    {
        SerialStatus.OBLITERATED,
        SerialStatus.NEVER_MARKED,
        SerialStatus.PARTIAL,
        SerialStatus.ILLEGIBLE,
    }
)


@dataclass(frozen=True, slots=True)
class TypedMarks:
    """Marks sorted into their fields."""

    # What was typed, each word in the field that it belongs to.
    description: Description
    unused: tuple[str, ...] = ()


@dataclass(slots=True)
class _Sorting:
    words: list[str]
    taken: dict[int, str] = field(default_factory=dict)

    def spans(self, longest: int = _LONGEST_SPAN) -> Iterator[tuple[range, str]]:
        """Give runs of words that nothing took yet, the longest first."""
        for size in range(min(longest, len(self.words)), 0, -1):
            for start in range(len(self.words) - size + 1):
                places = range(start, start + size)
                if not any(place in self.taken for place in places):
                    yield places, " ".join(self.words[place] for place in places)

    def take(self, name: str, accepts: Callable[[str, range], bool]) -> str:
        """Take the first run that is accepted, and give it."""
        for places, text in self.spans():
            if not _UNREAD.search(text) and accepts(text, places):
                self.taken |= dict.fromkeys(places, name)
                return text
        return ""

    def has_serial_beside(self, places: range) -> bool:
        """Tell whether a serial number, or what became of it, is left but for some."""
        return "serial" in self.taken.values() or any(
            place not in self.taken
            and place not in places
            and (_FIGURE.search(word) or _tells_of_serial(word))
            for place, word in enumerate(self.words)
        )

    def may_go(self, text: str, places: range) -> bool:
        """Tell whether words with figures may be other than the serial number."""
        is_short = len(search_key(text)) < _SHORTEST_SERIAL
        return self.has_serial_beside(places) or is_short


def read_typed(text: str) -> TypedMarks:
    """Sort the words of a line into type, make, model, calibre and serial number.

    Args:
        text: As typed; ``?`` stands for a character that was not read.

    Returns:
        The marks by field. One word with figures is a serial number whatever else
        it may be, and a line without a known word is one whole serial number.
    """
    text = text[:LONGEST].strip()
    words = _words(text)
    if len(words) > _MOST_WORDS or (len(words) == 1 and _is_serial(words[0])):
        return TypedMarks(Description(serial=text))
    sorting = _Sorting(words)
    sorted_words = _sort(sorting)
    return sorted_words if sorting.taken else TypedMarks(Description(serial=text))


def serials_within(text: str) -> dict[str, list[range]]:
    """Give every run of words that may be one serial number, typed in pieces.

    Returns:
        Places of the runs, by search key; none that holds an unread character, for
        what they are asked for is who bears exactly such a number.
    """
    words = _words(text[:LONGEST].strip())
    found: dict[str, list[range]] = {}
    if not 1 < len(words) <= _MOST_WORDS:
        return found
    for size in range(1, min(_MOST_PIECES, len(words)) + 1):
        for start in range(len(words) - size + 1):
            run = " ".join(words[start : start + size])
            if _FIGURE.search(run) and not _UNREAD.search(run):
                key = search_key(run)
                if len(key) >= _SHORTEST_WHOLE:
                    found.setdefault(key, []).append(range(start, start + size))
    return found


def read_around(text: str, places: range) -> TypedMarks:
    """Sort the words of a line of which some are known to be the serial number.

    Args:
        places: A run that ``serials_within`` gave.
    """
    sorting = _Sorting(_words(text[:LONGEST].strip()))
    sorting.taken |= dict.fromkeys(places, "serial")
    read = _sort(sorting)
    beside = tuple(filter(None, (read.description.serial, *read.unused)))
    serial = " ".join(sorting.words[place] for place in places)
    return TypedMarks(replace(read.description, serial=serial), beside)


def _words(text: str) -> list[str]:
    parts = [part for part in _PARTS.split(text) if part and not _SIGNS.fullmatch(part)]
    return [word for part in parts for word in _part(part)]


def _sort(sorting: _Sorting) -> TypedMarks:
    kind, arm_type = _type(sorting)
    make_text = sorting.take("make", lambda t, p: _is_make(sorting, t, p))
    make = makes.read_make(make_text).name if make_text else ""
    calibre = sorting.take("calibre", lambda t, p: _is_calibre(sorting, t, p, arm_type))
    model = sorting.take("model", lambda t, p: _is_model(sorting, t, p, make, arm_type))
    calibre = calibre or sorting.take(
        "calibre", lambda t, p: _is_bare_calibre(sorting, t, p, arm_type)
    )
    serial, unused = _serial(sorting)
    return TypedMarks(
        Description(
            type=kind, make=make_text, model=model, calibre=calibre, serial=serial
        ),
        unused,
    )


def _part(word: str) -> Iterator[str]:
    """Part a make that is glued to what follows it, or joined to it by a sign."""
    if (glued := _GLUED.fullmatch(word)) and _names_a_maker(glued[1]):
        yield from glued.groups()
        return
    pieces = [piece for piece in _WITHIN.split(word) if piece]
    if len(pieces) > 1 and any(map(_names_a_maker, pieces)):
        yield from pieces
        return
    yield word


def _names_a_maker(word: str) -> bool:
    return (
        word.isalpha()
        and len(word) >= _LONGEST_LETTERS
        and makes.read_make(word).reading.certainty is Certainty.CERTAIN
    )


def _is_serial(word: str) -> bool:
    """Tell a word with figures, unless it is a calibre with its unit or point."""
    if not _FIGURE.search(word):
        return False
    read = calibres.read_calibre(word, ArmType.UNKNOWN)
    return read.certainty not in _SURE or not _is_with_unit(word)


def _is_with_unit(text: str) -> bool:
    more = text.split()[1:]
    is_one = not any(_FIGURE.search(word) for word in more)
    return is_one and bool(_CALIBRE.fullmatch(text))


def _tells_of_serial(text: str) -> bool:
    return serials.read_serial(text, "").status in _TOLD_IN_WORDS


def _type(sorting: _Sorting) -> tuple[str, ArmType]:
    def accepts(text: str, places: range) -> bool:
        del places
        known = types.read_type(text).reading.certainty is Certainty.CERTAIN
        return known and not _FIGURE.search(text)

    text = sorting.take("type", accepts)
    return text, types.read_type(text).arm_type if text else ArmType.UNKNOWN


def _is_make(sorting: _Sorting, text: str, places: range) -> bool:
    read = makes.read_make(text)
    if not read.name or read.reading.certainty not in _SURE:
        return False
    if _FIGURE.search(text):
        return len(places) == 1 and sorting.has_serial_beside(places)
    if read.reading.rule == "ALIAS":
        return True
    return len(places) == 1 and len(text) >= _SHORTEST_MISSPELT


def _is_calibre(sorting: _Sorting, text: str, places: range, arm_type: ArmType) -> bool:
    """Take what has a unit, a point or words with it, as 9mm, .38 or 45 ACP."""
    if not _is_with_unit(text) or not sorting.may_go(text, places):
        return False
    read = calibres.read_calibre(text, arm_type)
    return read.certainty in _SURE and _is_all_calibre(text, read)


def _is_all_calibre(text: str, read: Reading) -> bool:
    """Tell whether no word is left over, as JTD is in "17 JTD"."""
    if read.rule in _FROM_NUMBER_ALONE and not _ONE_NUMBER.fullmatch(text):
        return False
    return not calibre_scan.has_words_beside(read.note)


def _is_bare_calibre(
    sorting: _Sorting, text: str, places: range, arm_type: ArmType
) -> bool:
    return (
        len(places) == 1
        and text.isdecimal()
        and sorting.has_serial_beside(places)
        and calibres.read_calibre(text, arm_type).certainty in _SURE
    )


def _is_model(
    sorting: _Sorting, text: str, places: range, make: str, arm_type: ArmType
) -> bool:
    """Take a designation that the maker is known to give."""
    if not _FIGURE.search(text) and not make:
        return False
    read = models.read_model(text, make, arm_type)
    return (
        read.rule == "ALIAS"
        and bool(read.value)
        and (
            sorting.may_go(text, places) if make else sorting.has_serial_beside(places)
        )
    )


def _serial(sorting: _Sorting) -> tuple[str, tuple[str, ...]]:
    """Give the serial number of what nothing took, and the words that are no part."""
    left = {n: w for n, w in enumerate(sorting.words) if n not in sorting.taken}
    left = {n: w for n, w in left.items() if not _is_label(w)}
    figures = {n for n, w in left.items() if _FIGURE.search(w)}
    if not figures:
        said = " ".join(left.values())
        return (
            (said, ()) if said and _tells_of_serial(said) else ("", (*left.values(),))
        )
    beside = {
        n
        for n, word in left.items()
        if len(word) <= _LONGEST_LETTERS
        and (n + 1 in figures or (n - 1 in figures and not _leads_on(word)))
    }
    kept = figures | beside
    serial = " ".join(word for n, word in left.items() if n in kept)
    return serial, tuple(word for n, word in left.items() if n not in kept)


def _leads_on(word: str) -> bool:
    """Tell a word that leads to where a number stands, as "on" in "12345 on slide"."""
    return spelling.plain(word) in serial_codes.AFTER_NUMBER


def _is_label(word: str) -> bool:
    """Tell a word that only says that a serial number follows, as SN or No."""
    return not _FIGURE.search(word) and search_key(f"{word} 1") == "1"
