"""Read an import mark: the importing State, the year, the importer.

Source:
    Firearms Protocol, art. 8, para. 1 (b); MOSAIC 05.30; 27 CFR 478.92
    (importer, city and State of the Union on the arm).
"""

import re
from dataclasses import dataclass

from armstrace.analysis.marks import makes, places, readings, spelling, tables
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import NOTHING, message

_ORIGIN = re.compile(r"(?:MADE IN|FABRICADO E[MN]|FABRIQUE EN|HERGESTELLT IN)\b")
_CODE_AND_YEAR = re.compile(
    r"(?:IMP(?:ORT(?:ED)?)?\.?\s*)?([A-Z]{2,3})\s*[-/. ]?\s*((?:19|20)\d\d|\d\d)\Z"
)
_CODE_YEAR_SERIAL = re.compile(
    r"([A-Z]{2})[-/. ]((?:19|20)\d\d|\d\d)[-/. ]+([A-Z]{0,4}\d[A-Z0-9]{2,14})\Z"
)
_IMPORTED = re.compile(
    r"\b(?:IMPORTED|IMPORTER|IMPORT|IMP|IMPORTADO|IMPORTADA|IMPORTADOR|IMPORTE"
    r"|IMPORTEUR|EINGEFUHRT)\b\.?\s*(?:BY|POR|PAR|DURCH|VON|:)?\s*"
)
_YEAR = re.compile(r"\b(19[5-9]\d|20\d\d)\b")
_AMERICAN = re.compile(
    r"(?:^|[\s,.])(AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI"
    r"|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV"
    r"|WI|WY|VIRGINIA|VERMONT|FLORIDA|GEORGIA|TEXAS|CALIFORNIA)"
    r"(?:[\s,.]+\d{5})?(?:[\s,.]+(?:USA|U\.S\.A\.?))?\s*\Z"
)
_FIRST_SHORT_YEAR = 60
_WORDS_AT_LEAST = 2

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class ImportReading:
    """An import mark as written beside its reading."""

    # ISO 3166-1 alpha-2 of the importing State; empty if not known.
    country: str
    year: int | None
    # Canonical name of the importer, where the mark names it.
    importer: str
    # The reading with its certainty, rule and note.
    reading: readings.Reading
    # Search key of the serial number given at import to an arm that was not adequately
    # marked; empty where none is.
    serial: str = ""


@tables.remember_results(16384)
def read_import_mark(text: str) -> ImportReading:
    """Read an import mark such as "BE 2021", "DE19" or "CAI GEORGIA VT".

    Returns:
        The importing State, which is the first hop of a trace; it says nothing
        of the country of manufacture. A two-figure year from 60 on is of the
        last century.
    """
    plain = spelling.plain(text[:_LONGEST]).strip(" .")
    if not plain:
        return ImportReading("", None, "", readings.not_stated("import_mark", text))
    if _ORIGIN.match(plain):
        note = message("a mark of the country of origin, not of import")
        unread = readings.unread("import_mark", text, "ORIGIN", note)
        return ImportReading("", None, "", unread)
    coded = _read_code(text, plain)
    if coded is not None:
        return coded
    year = _YEAR.search(plain)
    rest = _IMPORTED.sub("", _YEAR.sub(" ", plain)).strip(" ,.-")
    country, rule = _country(rest, imported=_IMPORTED.search(plain) is not None)
    importer = _importer(rest)
    certainty = Certainty.LIKELY if country else Certainty.NONE
    note = NOTHING if country else message("no importing State can be read")
    reading = readings.Reading("import_mark", text, country, certainty, rule, note)
    return ImportReading(country, int(year[1]) if year else None, importer, reading)


def _read_code(text: str, plain: str) -> ImportReading | None:
    with_serial = _CODE_YEAR_SERIAL.match(plain)
    match = with_serial or _CODE_AND_YEAR.match(plain)
    country = places.country_code(match[1]) if match else ""
    if match is None or not country:
        return None
    year = _full_year(match[2])
    serial = with_serial[3] if with_serial else ""
    rule = "COUNTRY_YEAR_SERIAL" if serial else "COUNTRY_YEAR"
    note = (
        message("the serial number %(serial)s was given at import", serial=serial)
        if serial
        else NOTHING
    )
    reading = readings.Reading(
        "import_mark", text, f"{country} {year}", Certainty.CERTAIN, rule, note
    )
    return ImportReading(country, year, "", reading, serial)


def _full_year(digits: str) -> int:
    number = int(digits)
    if len(digits) == len("2021"):
        return number
    return number + (1900 if number >= _FIRST_SHORT_YEAR else 2000)


def _country(rest: str, *, imported: bool) -> tuple[str, str]:
    words = rest.split()
    many = len(words) >= _WORDS_AT_LEAST
    if many and _AMERICAN.search(rest):
        return "US", "STATE_OF_THE_UNION"
    named = makes.read_make(rest)
    if named.role is makes.MakeRole.IMPORTER and named.country:
        return named.country, "IMPORTER"
    for part in (rest, words[-1] if words else "", *re.split(r"[,;]", rest)):
        code = places.country_code(part)
        if code and (len(part) > len("BE") or imported or not many):
            return code, "COUNTRY"
    return "", "NOT_UNDERSTOOD"


def _importer(rest: str) -> str:
    named = makes.read_make(rest)
    if named.role is makes.MakeRole.IMPORTER:
        return named.name
    first = makes.read_make(rest.split(",")[0])
    return first.name if first.role is makes.MakeRole.IMPORTER else ""
