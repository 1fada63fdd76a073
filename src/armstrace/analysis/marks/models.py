"""Read a model designation, so that its spellings meet.

Source:
    Mark taxonomy: a model can be confused with a calibre, a serial prefix or a
    catalogue number; a licensed copy keeps its own maker's designation.
"""

import re
from functools import lru_cache

from armstrace.analysis.marks import (
    makes,
    readings,
    spelling,
    tables,
    unknown_words,
)
from armstrace.vocabulary.marks import Certainty

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00(?::00)?(?:\.0+)?)?\Z")
_PREFIX = re.compile(r"^(?:MODELO|MODEL|MODELE|MODELL|MOD|MODELLO|МОДЕЛЬ|МОД)\b[ .:-]*")
_TOKEN = re.compile(r"\d+(?:[./]\d+)+|\d+|[^\W\d_]+|&")


@lru_cache(maxsize=65536)
def read_model(text: str, make: str = "") -> readings.Reading:
    """Read a model designation.

    Args:
        text: The field as written; ``82.0`` and dates that a spreadsheet made
            of designations such as "24/7" are understood.
        make: Canonical make, whose own designations go first; may be empty.

    Returns:
        The designation as its maker writes it where the table knows it, else
        letters and figures parted by single spaces. A field that only repeats
        the maker gives no model.
    """
    plain = _PREFIX.sub("", _typed(text))
    if not spelling.squash(plain):
        return readings.not_stated("model", text)
    if unknown_words.meaning(text):
        note = "said to be not known, none or another"
        return readings.Reading("model", text, "", Certainty.NONE, "UNKNOWN_WORD", note)
    listed = _listed(plain, make)
    if listed:
        return readings.Reading("model", text, listed, Certainty.CERTAIN, "ALIAS")
    bare = _without_make(plain, make)
    if not bare:
        note = "repeats the maker; no model is given"
        return readings.Reading("model", text, "", Certainty.NONE, "MAKE", note)
    value = _listed(bare, make) or _spaced(bare)
    return readings.Reading("model", text, value, Certainty.LIKELY, "SPACED")


def _typed(text: str) -> str:
    """Undo what a spreadsheet did to the designation."""
    stripped = text.strip()
    if spelling.is_number_from_spreadsheet(stripped):
        return stripped[:-2]
    date = _DATE.match(stripped)
    return f"{int(date[3])}/{int(date[2])}" if date else spelling.plain(stripped)


def _listed(plain: str, make: str) -> str:
    key = spelling.squash(plain)
    own = _table().get((make, key), "") if make else ""
    return own or _table().get(("", key), "")


def _without_make(plain: str, make: str) -> str:
    """Take the maker's name off, which many write before the model."""
    if not make:
        return plain
    named = makes.read_make(plain)
    if named.name == make and named.reading.rule == "ALIAS":
        return ""
    first, _, rest = plain.partition(" ")
    return rest if rest and makes.read_make(first).name == make else plain


def _spaced(plain: str) -> str:
    return " ".join(_TOKEN.findall(plain)) or plain


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in tables.rows("models.tsv"):
        for name in (row["model"], *tables.several(row["aliases"])):
            found.setdefault((row["make"], spelling.squash(name)), row["model"])
    return found
