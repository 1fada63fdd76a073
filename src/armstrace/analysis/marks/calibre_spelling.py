"""Write a calibre so that its spellings meet: numbers, units, short forms."""

import re
from functools import lru_cache

from armstrace.analysis.marks import spelling

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00(?::00)?(?:\.0+)?)?\Z")
_PREFIX = re.compile(
    r"^(?:CALIBRE|CALIBER|CALIBRO|KALIBER|CAL|KAL|КАЛИБР|КАЛ)\b[ .:-]*"
)
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_TIMES = re.compile(r"(?<=\d)\s*(?:MM)?\s*[X*Х]\s*(?=\d)")
_MM = re.compile(r"(?<=\d)\s*(?:MM|ММ)\b\.?")
_RANGE = re.compile(r"(?<=\d)\s*[-/]\s*(?=\d)")
_POINT = re.compile(r"(?<![\d.])0?\.(?=\d)")
_JUNK = re.compile(r"[^A-Z0-9.\-Ѐ-ӿ]+")
_WORDS = {
    "SPECIAL": "SPL", "SPECIALE": "SPL", "ESPECIAL": "SPL", "SPEC": "SPL",
    "SPC": "SPL", "SP": "SPL", "SPECIAUX": "SPL", "SPEZIAL": "SPL",
    "MAGNUM": "MAG", "MAGNUN": "MAG", "MAGNUNS": "MAG", "MAGUNUM": "MAG", "MG": "MAG",
    "WINCHESTER": "WIN", "WINCH": "WIN", "REMINGTON": "REM", "REMIGTON": "REM",
    "REMMINGTON": "REM", "AUTOMATIC": "AUTO", "AUTOMATICO": "AUTO", "AUTOM": "AUTO",
    "PARABELLUM": "PARA", "PARABELUM": "PARA", "LUGER": "PARA", "PARABELO": "PARA",
    "PB": "PARA", "LUG": "PARA", "CURTO": "SHORT", "CURTA": "SHORT", "CORTO": "SHORT",
    "CORTA": "SHORT", "COURT": "SHORT", "KURZ": "SHORT", "LONGO": "LONG",
    "LANG": "LONG", "SMITH&WESSON": "SW", "S&W": "SW", "OTAN": "NATO",
    "WEATHERBY": "WBY", "KALASHNIKOV": "AK", "KALASHINIKOV": "AK", "PARABELL": "PARA",
    "SPRINGFIELD": "SPR", "LONGRIFLE": "LR",
}  # fmt: skip
_JOINED = (
    (re.compile(r"SMITH\s*(?:&|AND|E|Y|UND|ET)\s*WESSON"), "S&W"),
    (re.compile(r"S\s*(?:&|\.|/)\s*W\b\.?"), "S&W"),
    (re.compile(r"H\s*&\s*H\b"), "HH"),
    (re.compile(r"H\s*&\s*R\b"), "HR"),
    (re.compile(r"LONG\s+RIFLE"), "LR"),
    (re.compile(r"\bL\.\s?R\.?"), "LR"),
    (re.compile(r"A\.\s?C\.\s?P\.?"), "ACP"),
)
_SHORT_YEARS = range(1960, 1990)


@lru_cache(maxsize=16384)
def tidy(text: str) -> str:
    """Write a calibre plainly: upper case, points, ``AxB``, no prefix.

    A date that a spreadsheet made of a gauge and a chamber length ("12/70")
    becomes what was typed.
    """
    date = _DATE.match(text.strip())
    if date and date[3] == "01" and int(date[1]) in _SHORT_YEARS:
        return f"{int(date[2])}/{date[1][2:]}"
    plain = spelling.plain(text).strip(" ;:'\"")
    plain = _COMMA.sub(".", plain)
    plain = _PREFIX.sub("", plain)
    return _TIMES.sub("X", plain)


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """Make the key under which a calibre is looked up.

    Returns:
        Letters, digits, inner points and hyphens: ``38SPL``, ``9X19``,
        ``30-06``; empty where nothing is written.
    """
    written = tidy(text)
    for pattern, short in _JOINED:
        written = pattern.sub(short, written)
    written = _MM.sub(" ", written)
    written = _RANGE.sub("-", written)
    written = _POINT.sub("", written)
    words = [_WORDS.get(word.strip(".,"), word) for word in _split(written)]
    return _JUNK.sub("", "".join(words).replace("&", "")).strip("-.")


def _split(written: str) -> list[str]:
    """Part words from numbers and from each other."""
    return re.findall(r"[\d.\-]+(?:X[\d.]+)?|[^\W\d]+(?:&[^\W\d]+)*", written)
