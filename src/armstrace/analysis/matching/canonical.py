"""Turn descriptions as written into what is compared.

Readings of marks are taken where they are sure; what the tables of makes and
calibres do not know is compared as it is written, so that a registry of makes
that nobody listed is matched as well.
"""

import re
from functools import lru_cache

from armstrace.analysis.marks import (
    calibres,
    import_marks,
    makes,
    models,
    places,
    search_keys,
    serials,
    spelling,
    types,
    unknown_words,
)
from armstrace.analysis.marks.description import Description
from armstrace.analysis.matching.cards import Card, Query
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.marks import Certainty, MarkKind, SerialStatus

MOST_LETTERS = 8
FEWEST_DIGITS = 2
FEWEST_READ = 2

_CUT_SHORT = re.compile(r"\.{3,}|…")
_WILD = re.compile(r"[?*]")

_SURE = frozenset({Certainty.CERTAIN, Certainty.LIKELY})
_NO_NUMBER = frozenset(
    {SerialStatus.OBLITERATED, SerialStatus.ILLEGIBLE, SerialStatus.NEVER_MARKED}
)


def card(registry_id: str, written: Description, *, import_country: str = "") -> Card:
    """Read a registered arm as written.

    Args:
        written: The registry's text, field by field.
        import_country: Where it was imported, in any words.
    """
    fields = _fields(
        written.type, written.make, written.model, written.calibre, written.country
    )
    # Millions of cards are made; to replace in a copy takes a tenth longer.
    return Card(
        registry_id,
        *fields[1:5],
        serial=serial_of(written.serial),
        country=fields.country,
        import_country=_country(import_country),
        ends=search_keys.ends(written.serial),
        others=other_numbers(written.serial),
    )


def query(query_id: str, written: Description, *, import_country: str = "") -> Query:
    """Read what was seen on an arm as written down; see ``card``."""
    read = card(query_id, written, import_country=import_country)
    number = import_number(written.import_mark)
    return Query(*read[:8], import_number=number, ends=read.ends, others=read.others)


def other_numbers(text: str) -> tuple[str, ...]:
    """Give the search keys of further numbers that stand in a serial field."""
    if text.isalnum():
        return ()
    return tuple(one.code for one in serials.read_serial(text).others)


def import_number(mark: str) -> str:
    """Give the search key of the number that an import mark carries, if any."""
    return serials.search_key(import_marks.read_import_mark(mark).serial)


def serial_of(text: str) -> str:
    """Give the search key of a serial field; empty where it holds none.

    Args:
        text: What stands in the field: a number, a pattern with ``?`` and ``*``,
            or words such as "erased".
    """
    if text.isascii() and text.isalnum() and _digits(text) >= FEWEST_DIGITS:
        key = serials.search_key(text)
        return key if key.strip("0") else ""
    return _serial_in_words(text)


@lru_cache(maxsize=4096)
def _serial_in_words(text: str) -> str:
    reading = serials.read_serial(text)
    if reading.search and not _CUT_SHORT.search(text):
        return reading.search
    if reading.status in _NO_NUMBER or reading.kind is not MarkKind.SERIAL:
        return ""
    key = serials.search_key(_CUT_SHORT.sub("*", text))
    if _WILD.search(key) and len(_WILD.sub("", key)) >= FEWEST_READ:
        return key
    is_short_code = key.isalnum() and len(key) <= MOST_LETTERS and key == text.strip()
    if _digits(key) >= FEWEST_DIGITS or is_short_code:
        return key if key.strip("0") else ""
    return ""


@lru_cache(maxsize=65_536)
def _fields(type: str, make: str, model: str, calibre: str, country: str) -> Card:  # noqa: A002 - the field's name
    arm_type = types.read_type(type).arm_type
    read_make = _make(make)
    return Card(
        "",
        type="" if arm_type is ArmType.UNKNOWN else arm_type.value,
        make=read_make,
        model=models.read_model(model, read_make, arm_type).value,
        calibre=_calibre(calibre, arm_type),
        country=_country(country),
    )


def _make(text: str) -> str:
    reading = makes.read_make(text)
    if reading.name and reading.reading.certainty in _SURE:
        return reading.name
    return spelling.plain(text) if _is_stated(reading.reading.rule) else ""


def _calibre(text: str, arm_type: ArmType) -> str:
    reading = calibres.read_calibre(text, arm_type)
    if reading.value and reading.certainty in _SURE:
        return reading.value
    return spelling.plain(text) if _is_stated(reading.rule) else ""


def _country(text: str) -> str:
    if unknown_words.meaning(text):
        return ""
    return places.country_code(text) or spelling.plain(text)


def _is_stated(rule: str) -> bool:
    return rule not in {"EMPTY", "UNKNOWN_WORD"}


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
