"""Read the serial number field: a number, a status, or both.

Source:
    Firearms Protocol, art. 8; mark taxonomy and traps (a status is never a
    serial; patent, inventory and procedure numbers are not serials).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from armstrace.analysis.marks import (
    folding,
    manufacture_marks,
    other_numbers,
    readings,
    search_keys,
    serial_codes,
    serial_places,
    serial_words,
    serial_years,
    signs,
    spelling,
    tables,
    unknown_words,
)
from armstrace.analysis.marks.serial_places import OtherNumber
from armstrace.analysis.marks.serial_words import Meaning
from armstrace.vocabulary.marks import Certainty, MarkKind, SerialStatus
from armstrace.vocabulary.messages import NOTHING, Message, join, message

search_key = search_keys.search_key

LONGEST = 60
_SPLIT_NUMBER = re.compile(
    r"(?:[A-Z]{1,5}[ ./-]{0,3})?\d[\dA-Z]*(?:[ ./-]\s?\d[\dA-Z]*)*"
)


@dataclass(frozen=True, slots=True)
class SerialReading:
    """What stands in the serial number field."""

    status: SerialStatus
    # Search key; empty where there is no number.
    search: str
    # The key with look-alikes folded.
    folded: str
    # ``SERIAL``, or the kind of mark that the number rather is.
    kind: MarkKind
    # Year of manufacture that the number tells, where a rule is known.
    year: int | None
    # The reading with its certainty, rule and note.
    reading: readings.Reading
    # Other numbers in the field, each with its kind and place.
    others: tuple[OtherNumber, ...] = ()


def read_serial(text: str, make: str = "") -> SerialReading:
    """Read what stands in the serial number field.

    Args:
        text: The field exactly as written; the reading keeps it verbatim.
        make: Canonical make, for rules of single makers; may be empty.

    Returns:
        A status, and a search key where a number is given. A status word never
        becomes a number; a text that gives both yields both.
    """
    if text.isascii() and text.isalnum() and _is_plain_number(text):
        return _read_number(text, make)
    return _read_text(text, make)


def _is_plain_number(text: str) -> bool:
    if not _SHORT <= len(text) <= LONGEST or not text.strip("0xX"):
        return False
    return any(map(str.isdigit, text)) and not _NEEDS_READING.search(text)


_NEEDS_READING = re.compile(
    r"x|XX|[A-Za-z]{5,}|^(?:PTB|BKA)\d|^\d{1,3}[Mm][Mm]\Z", re.ASCII
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_SHORT = 3
_LABELS = frozenset({"SN", "N", "NO", "NR", "NUM", "SERIE", "SERIAL"})
_PREFIX = 4


def _read_number(text: str, make: str) -> SerialReading:
    key = search_keys.search_key(text)
    year = serial_years.year_of(key, make) if make else None
    reading = readings.Reading("serial", text, key, Certainty.CERTAIN, "NUMBER")
    status = SerialStatus.COMPLETE
    return SerialReading(status, key, folding.fold(key), MarkKind.SERIAL, year, reading)


@tables.remember_results(65536)
def _read_text(text: str, make: str) -> SerialReading:
    visible = signs.CONTROL.sub(" ", text[: search_keys.LONGEST]).strip()
    plain = spelling.plain(visible)
    composed = _read_manufacture_mark(text, plain)
    if composed is not None:
        return composed
    read = _wrong_number(text, plain) or _read_plain(text, visible, plain)
    notes = [read.reading.note, *signs.notes(text, longest=LONGEST, key=read.search)]
    note = join(notes, "; ")
    year = serial_years.year_of(read.search, make)
    return replace(read, year=year, reading=replace(read.reading, note=note))


def _read_plain(text: str, visible: str, plain: str) -> SerialReading:
    key = search_keys.search_key(visible)
    nothing = _nothing_stated(text, visible, key)
    if nothing is not None:
        return nothing
    sheet = _written_by_spreadsheet(text, plain)
    if sheet is not None:
        return sheet
    if not key.strip("?*X"):
        return _status(text, SerialStatus.OBLITERATED, "NO_CHARACTER_READ")
    is_number = _SPLIT_NUMBER.fullmatch(plain) and not serial_codes.X_RUN.search(plain)
    if is_number and not serial_words.meanings(plain):
        return _short_or_full(text, key)
    return _read_statement(text, visible, plain)


def _written_by_spreadsheet(text: str, plain: str) -> SerialReading | None:
    if spelling.is_number_from_spreadsheet(plain):
        note = message("a spreadsheet read it as a number: leading zeros may be lost")
        return _serial(text, SerialStatus.COMPLETE, plain[:-2], ("SHEET", note))
    if _THOUSANDS.fullmatch(plain):
        note = message("a spreadsheet wrote it with signs between the thousands")
        return _serial(text, SerialStatus.COMPLETE, plain, ("THOUSANDS", note))
    return None


def _nothing_stated(text: str, visible: str, key: str) -> SerialReading | None:
    filler = unknown_words.meaning(visible)
    if not key or not key.strip("0") or filler == "OTHER":
        note = _ZEROS if key and not key.strip("0") else NOTHING
        if not key and any(map(signs.is_sign, visible)):
            note = message("no letter or digit is in it")
        return _status(text, SerialStatus.UNKNOWN, "EMPTY", note)
    if key in _LABELS or (filler == "UNKNOWN" and len(key) <= _SHORT):
        return _status(text, SerialStatus.UNKNOWN, "UNKNOWN", _NOT_NONE)
    return None


_ZEROS = message("zeros only: taken as a filler, not as a number")


def _short_or_full(text: str, key: str) -> SerialReading:
    if len(key) >= _SHORT:
        return _serial(text, SerialStatus.COMPLETE, key, ("NUMBER", NOTHING))
    note = message("very short: perhaps an assembly number")
    return _serial(text, SerialStatus.COMPLETE, key, ("SHORT", note))


def _read_statement(text: str, visible: str, plain: str) -> SerialReading:
    spelled = serial_codes.read_spelling(plain)
    if spelled:
        return _serial(text, SerialStatus.PARTIAL, spelled, ("SPELLED_OUT", NOTHING))
    senses = serial_words.meanings(plain)
    marked = serial_codes.unread_marked(_case_kept(visible))
    found = serial_codes.find(marked)
    if not found:
        found = _letters_before_status(plain, senses)
    if not found:
        return _statement_alone(text, senses)
    return _statement_with_number(text, marked, found)


def _case_kept(visible: str) -> str:
    """Take the accents off and keep the case, which tells a small x from an X."""
    if visible.isascii():
        return visible
    return "".join(
        char if char.isascii() else spelling.plain(char) or " " for char in visible
    )


def _letters_before_status(
    plain: str, senses: frozenset[Meaning]
) -> tuple[serial_codes.Found, ...]:
    """Find letters that were read before the rest was found erased."""
    words = plain.replace(",", " ").split()
    head = words[0] if words else ""
    shortest = 1 if Meaning.HEAD in senses else 2
    is_written = head.isalnum() if Meaning.HEAD in senses else head.isalpha()
    is_code = is_written and head.isascii() and shortest <= len(head) <= _PREFIX
    gone = senses & {Meaning.ERASED, Meaning.ALTERED, Meaning.HEAD}
    if not (is_code and gone) or head in _NOT_LETTERS:
        return ()
    if serial_words.meaning_of_word(head) is not None:
        return ()
    return (serial_codes.Found(head + "*", 0, len(head)),)


_SMALL_WORDS = (
    "A E O NUM NO NA SER SEM COM FOI SO NAO TEM FACE POR DE DO DA EM SN ESTA"
    " THE NOT ALL SERIAL MARK ARMA LIMA"
)
_NOT_LETTERS = frozenset(_SMALL_WORDS.split())


def _statement_alone(text: str, senses: frozenset[Meaning]) -> SerialReading:
    for sense, status, note in _STATUS_ALONE:
        if sense in senses:
            certainty = Certainty.LIKELY if note else Certainty.CERTAIN
            return _status(text, status, sense.value, note, certainty)
    note = message("the field holds words, no number")
    return _status(text, SerialStatus.UNKNOWN, "WORDS", note, Certainty.DOUBTFUL)


_NOT_NONE = message("not found or not stated; this is not the same as none")
_STATUS_ALONE = (
    (Meaning.RESTAMPED, SerialStatus.RESTAMPED, NOTHING),
    (
        Meaning.PARTIAL,
        SerialStatus.PARTIAL,
        message("the characters read are not given"),
    ),
    (Meaning.ERASED, SerialStatus.OBLITERATED, NOTHING),
    (Meaning.ALTERED, SerialStatus.ALTERED, NOTHING),
    (Meaning.CRAFT, SerialStatus.NEVER_MARKED, NOTHING),
    (
        Meaning.WORN,
        SerialStatus.ILLEGIBLE,
        message("gone through wear or rust; not said to be deliberate"),
    ),
    (
        Meaning.ILLEGIBLE,
        SerialStatus.ILLEGIBLE,
        message("cannot be read; not said to be deliberate"),
    ),
    (
        Meaning.ABSENT,
        SerialStatus.NEVER_MARKED,
        message("said to have none; whether it ever had one is not said"),
    ),
    (Meaning.UNKNOWN, SerialStatus.UNKNOWN, _NOT_NONE),
    (
        Meaning.RESTORED,
        SerialStatus.RESTORED,
        message("the characters restored are not given"),
    ),
)


def _statement_with_number(
    text: str, marked: str, found: Sequence[serial_codes.Found]
) -> SerialReading:
    chosen = serial_places.best_placed(marked, found)
    senses = serial_words.meanings(marked)
    near = serial_places.near_places(marked, chosen, found)
    if serial_places.is_whole_on_frame(marked, chosen):
        senses = frozenset({Meaning.FRAME})
    status, pattern = _status_of_number(senses, near, chosen.code)
    others = tuple(dict.fromkeys(serial_places.others(marked, chosen, found)))
    notes = [message("also reads %(others)s", others=[o.code for o in others])]
    notes = [*notes[: len(others)], *serial_places.place_notes(near, senses)]
    is_unread = status is SerialStatus.PARTIAL
    is_doubtful = others or senses or is_unread
    certainty = Certainty.LIKELY if is_doubtful else Certainty.CERTAIN
    is_alone = len(found) == 1 and not senses and not _beside(marked, chosen)
    rule = "NUMBER_PARTLY_READ" if is_unread and is_alone else "NUMBER_IN_WORDS"
    reading = readings.Reading(
        "serial", text, pattern, certainty, rule, join(notes, "; ")
    )
    folded = folding.fold(pattern)
    return SerialReading(
        status, pattern, folded, MarkKind.SERIAL, None, reading, others
    )


def _beside(marked: str, chosen: serial_codes.Found) -> str:
    """Give what stands beside the number in its field."""
    return (marked[: chosen.start] + marked[chosen.end :]).strip()


def _status_of_number(
    senses: frozenset[Meaning], near: frozenset[Meaning], code: str
) -> tuple[SerialStatus, str]:
    if "?" in code or "*" in code:
        return SerialStatus.PARTIAL, code
    for sense, status in _STATUS_BESIDE:
        if sense in senses:
            opened = sense is Meaning.ALTERED and Meaning.PARTIAL in senses
            return status, _mark_missing(senses, code) if opened else code
    if not senses & _GONE:
        places = near & serial_words.PLACES
        is_elsewhere = places and Meaning.FRAME not in places
        # Of the arm's own number nothing is said.
        return SerialStatus.PARTIAL if is_elsewhere else SerialStatus.COMPLETE, code
    elsewhere = senses & serial_words.PLACES and Meaning.PARTIAL not in senses
    if elsewhere and Meaning.UNREAD not in senses:
        return SerialStatus.OBLITERATED, code
    return SerialStatus.PARTIAL, _mark_missing(senses, code)


_STATUS_BESIDE = (
    (Meaning.RESTAMPED, SerialStatus.RESTAMPED),
    (Meaning.RESTORED, SerialStatus.RESTORED),
    (Meaning.ALTERED, SerialStatus.ALTERED),
)
_GONE = frozenset(
    {
        Meaning.ERASED,
        Meaning.WORN,
        Meaning.ILLEGIBLE,
        Meaning.PARTIAL,
        Meaning.UNREAD,
    }
)


def _mark_missing(senses: frozenset[Meaning], code: str) -> str:
    """Add a star where characters are said to be missing."""
    before = "" if Meaning.HEAD in senses else "*"
    after = "" if Meaning.TAIL in senses and Meaning.HEAD not in senses else "*"
    return f"{before}{code}{after}"


def _read_manufacture_mark(text: str, plain: str) -> SerialReading | None:
    """Read the serial number, and the year, out of a manufacturer's mark."""
    mark = manufacture_marks.read_manufacture_mark(plain)
    if mark is None:
        return None
    read = _serial(
        text,
        SerialStatus.COMPLETE,
        mark.serial,
        ("MANUFACTURE_STRING", mark.in_words()),
    )
    return replace(read, year=mark.year)


def _wrong_number(text: str, plain: str) -> SerialReading | None:
    found = other_numbers.kind_and_note(plain)
    if found is None:
        return None
    kind, note = found
    return _other(text, kind, message("%(what)s, not a serial number", what=note))


def _other(text: str, kind: MarkKind, note: Message) -> SerialReading:
    reading = readings.unread("serial", text, "NOT_A_SERIAL", note)
    number = search_keys.search_key(text)
    is_kept = kind is MarkKind.INVENTORY and any(map(str.isdigit, number))
    others = (OtherNumber(number[:LONGEST], kind),) if is_kept else ()
    return SerialReading(SerialStatus.UNKNOWN, "", "", kind, None, reading, others)


def _serial(
    text: str, status: SerialStatus, code: str, rule_and_note: tuple[str, Message]
) -> SerialReading:
    rule, note = rule_and_note
    key = search_keys.search_key(code)
    certainty = Certainty.LIKELY if note else Certainty.CERTAIN
    reading = readings.Reading("serial", text, key, certainty, rule, note)
    return SerialReading(status, key, folding.fold(key), MarkKind.SERIAL, None, reading)


def _status(
    text: str,
    status: SerialStatus,
    rule: str,
    note: Message = NOTHING,
    certainty: Certainty = Certainty.CERTAIN,
) -> SerialReading:
    sure = Certainty.NONE if status is SerialStatus.UNKNOWN else certainty
    reading = readings.Reading("serial", text, "", sure, rule, note)
    return SerialReading(status, "", "", MarkKind.SERIAL, None, reading)
