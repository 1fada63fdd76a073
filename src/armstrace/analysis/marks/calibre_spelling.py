"""Write a calibre so that its spellings meet: numbers, units, short forms."""

import re

from armstrace.analysis.marks import spelling, tables

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00(?::00)?(?:\.0+)?)?\Z")
_PREFIX = re.compile(
    r"^(?:CALIBRE|CALIBER|CALIBRO|KALIBER|CAL|KAL|КАЛИБР|КАЛ|عيار|口径)(?![A-Z])[ .:-]*"
)
_SUFFIX = re.compile(r"(?<=\d)\s*(?:CALIBRE|CAL)\.?\Z")
_POINT_IN_WORDS = re.compile(r"^(?:PONTO|PTO|P)[. ]+(?=\d)")
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}[A-Z]?\.?")
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_TIMES = re.compile(r"(?<=\d)\s*(?:MM)?\s*[X*Х]\s*(?=\d)")
_UNIT = re.compile(
    r"(?<=\d)\s*(?:M\.\s?M|MIL[IÍ]METROS?|MILLIM[EÈ]TRES?|MILLIMETERS?|NM|MN|MMM|ММ|M"
    r"|ملم|مم|毫米)(?![A-Z\dА-Я])\.?"
)
_LETTER_O = re.compile(r"(?<=[\d.])O(?=\d|\Z|\s)")
_HYPHEN = re.compile(r"(?<=\d)\s*-\s*(?=[A-Z])|(?<=MM)\s*-\s*(?=[A-Z])")
_NO_POINT = re.compile(r"\b(?:(7)[- ](62|63|65)|(6)[- ](35)|(5)[- ](45|56))(?!\d)")
_MM = re.compile(r"(?<=\d)\s*(?:MM|ММ)\b\.?")
_RANGE = re.compile(r"(?<=\d)\s*[-/]\s*(?=\d)")
_POINT = re.compile(r"(?<![\d.])0?\.(?=\d)")
_JUNK = re.compile(r"[^A-Z0-9.\-Ѐ-ӿ]+")
_WORDS_FIRST = re.compile(r"([A-Z&][A-Z&. ]*?)\s+(\.?\d\S*)(?:\s*(MM))?\Z")
_JOINED = (
    (re.compile(r"SMITH\s*(?:&|AND|E|Y|UND|ET)\s*WESSON"), "S&W"),
    (re.compile(r"S\s*(?:&|\.|/)\s*W(?=\b|L)\.?"), "S&W "),
    (re.compile(r"H\s*&\s*H\b"), "HH"),
    (re.compile(r"H\s*&\s*R\b"), "HR"),
    (re.compile(r"LONG\s+RIFLE|\bL\s+R\b"), "LR"),
)
_SIMPLE = re.compile(r"\.?\d+(?:\.\d+)?(?:X\d+(?:\.\d+)?)?(?: MM| [ABD-LO-WYZ][A-Z]+)*")
_SHORT_YEARS = range(1960, 1990)
_LONGEST = 120


@tables.remembered(16384)
def tidy(text: str) -> str:
    """Write a calibre plainly: upper case, points, ``AxB``, no prefix.

    A date that a spreadsheet made of a gauge and a chamber length ("12/70")
    becomes what was typed.
    """
    date = _DATE.match(text.strip())
    if date and date[3] == "01" and int(date[1]) in _SHORT_YEARS:
        return f"{int(date[2])}/{date[1][2:]}"
    plain = spelling.plain(text[:_LONGEST]).strip(" ;:'\"")
    if _SIMPLE.fullmatch(plain):
        return plain
    plain = _COMMA.sub(".", plain)
    plain = _POINT_IN_WORDS.sub(".", _PREFIX.sub("", plain))
    plain = _DOTTED.sub(lambda match: match[0].replace(".", ""), plain)
    plain = _LETTER_O.sub("0", _SUFFIX.sub("", plain))
    plain = _NO_POINT.sub(lambda match: ".".join(filter(None, match.groups())), plain)
    plain = _HYPHEN.sub(" ", _UNIT.sub(" MM", plain))
    return _TIMES.sub("X", plain).strip()


@tables.remembered(16384)
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
    words = [_short(word.strip(".,")) for word in _split(written)]
    return _JUNK.sub("", "".join(words).replace("&", "")).strip("-.")


def number_first(text: str) -> str:
    """Put the number before the words, as in "LUGER 9 MM"; empty if it is."""
    match = _WORDS_FIRST.match(text)
    return f"{match[2]} {match[3] or ''} {match[1]}" if match else ""


def _short(word: str) -> str:
    short = _words().get(word, word)
    return "" if short == "-" else short


@tables.remembered(1)
def _words() -> dict[str, str]:
    return {
        word: row["short"]
        for row in tables.rows("calibre_words.tsv")
        for word in tables.several(row["words"])
    }


def _split(written: str) -> list[str]:
    """Part words from numbers and from each other."""
    return re.findall(r"[\d.\-]+(?:X[\d.]+)?|[^\W\d]+(?:&[^\W\d]+)*", written)
