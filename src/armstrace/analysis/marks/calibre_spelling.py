"""Write a calibre so that its spellings meet: numbers, units, short forms."""

import re

from armstrace.analysis.marks import spelling, tables

_PREFIX = re.compile(
    r"^(?:(?:CALIBRES?|CALIBERS?|CALIBROS?|CALIBRO|CALIB|CALBRE|CALLIBRE|CALIBE|KALIBER"
    r"|KALIBAR|CAL|KAL|CLB|CALIBRE NOMINAL|NOMINAL|КАЛИБР[А-Я]?|КАЛІБР[А-Я]?|КАЛ|К"
    r"|GAUGE|ÇAP|CAP|عيار|口径|N[º°O]?)(?![^\W\d_])[ .:º°-]*)+"
)
_SUFFIX = re.compile(r"(?<=\d)\s*(?:CALIBRE|CALIBER|CALIBRO|KALIBER|CAL|KAL)\.?\Z")
_CYRILLIC_CALIBRE = re.compile(
    r"(?<=\d)\s*-?\s*(?:ИИ|ГО|ОГО|И|Я)?\s*(?:КАЛИБР\w*|КАЛІБР\w*|КАЛ|К)(?![^\W\d_])\.?"
)
_POINT_IN_WORDS = re.compile(r"^(?:PONTO|PTO|P|PUNTO|POINT|PUNKT)[. ]+(?=\d)")
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.\s?){2,}(?:[^\W\d_](?![\w]))?\.?")
_COMMA = re.compile(r"(?<=\d)[,;](?=\d)|(?<![\w.]),(?=\d)")
_POINT_APART = re.compile(r"(?<![\d.])[.,]+\s*(?=\d)")
_ZEROS = re.compile(r"(?<![\d.])0+\.(?=\d)")
_TIMES = re.compile(r"(?<=\d)\s*(?:MM\b|MM(?=[X*Х]))?\s*[X*Х]\s*(?=\.?\d)")
_UNIT = re.compile(
    r"(?<=\d)[\s.]*(?:M\.\s?M|MIL[IÍ]METROS?|MILLIM[EÈ]TRES?|MILLIMETERS?|MILLIMETER"
    r"|MILIM|MILS?|NM|MN|MMM|MM|MLM|ММ|М|M|ملم|مم|毫米|公厘)(?![A-Z\dА-ЯІ])\.?"
)
_LETTER_O = re.compile(r"(?<=[\d.])O(?=\d|\Z|\s)|(?<![^\W_])O(?=\.\d)")
_HYPHEN = re.compile(r"(?<=\d)\s*[-/]\s*(?=[^\W\d_])|(?<=MM)\s*[-/]\s*(?=[^\W\d_])")
_NO_POINT = re.compile(
    r"(?<![\d.X/-])(?:(7)[-/ ](62|63|65|92)|(6)[-/ ](35)|(5)[-/ ](45|56)|(11)[-/ ](43)"
    r"|(12)[-/](7))(?![\d.])"
)
_TWO_POINTS = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2})[./-](\d\d|1\d\d)(?![\d.])")
_MM = re.compile(r"(?<=\d)\s*(?:MM|ММ)\b\.?")
_RANGE = re.compile(r"(?<=\d)\s*[-/]\s*\.?(?=\d)")
_POINT = re.compile(r"(?<![\d.])0?\.(?=\d)")
_JUNK = re.compile(r"[^A-Z0-9.\-Ѐ-ӿ]+")
_JOINED = (
    (re.compile(r"SMITH\s*(?:&|AND|E|Y|UND|ET)?\s*(?:WESSON|WESSOM|WESON)"), "S&W"),
    (re.compile(r"\bS\s*(?:&|\.|/|E|-|\+)\s*W(?=\b|L|S)\.?"), "S&W "),
    (re.compile(r"H\s*&\s*H\b"), "HH"),
    (re.compile(r"H\s*&\s*R\b"), "HR"),
    (re.compile(r"LONG\s+RIFLE|\bL\s+R\b"), "LR"),
    (re.compile(r"\bSEMI[\s-]?AUTO\w*"), ""),
    (
        re.compile(
            r"\b(?:CANO|CANON|CANAO|CANNA|BARREL|LAUF|СТВОЛ)\s+"
            r"(?:CURT|LONG|CORT|LARG|SHORT|COURT|KURZ|LANG)\w*"
            r"|\b(?:LONG|SHORT)\s+BARREL\w*"
        ),
        "",
    ),
)
_SIMPLE = re.compile(r"\.?\d+(?:\.\d+)?(?:X\d+(?:\.\d+)?)?(?: MM| [ABD-LO-WYZ][A-Z]+)*")
_QUOTES = re.compile(r"[\"'“”„«»´`‘’]+")
_LONGEST = 120


@tables.remember_results(16384)
def tidy(text: str) -> str:
    """Write a calibre plainly: upper case, points, ``AxB``, no prefix."""
    plain = spelling.plain(text[:_LONGEST]).strip(" ;:'\"")
    if _SIMPLE.fullmatch(plain):
        return plain
    plain = _COMMA.sub(".", _QUOTES.sub("", plain))
    plain = _ZEROS.sub(".", _POINT_APART.sub(".", plain))
    plain = _POINT_IN_WORDS.sub(".", _PREFIX.sub("", plain))
    plain = _DOTTED.sub(_together, plain)
    plain = _LETTER_O.sub("0", _CYRILLIC_CALIBRE.sub(" CAL", plain))
    plain = _UNIT.sub(" MM", _SUFFIX.sub("", plain))
    plain = _NO_POINT.sub(lambda match: ".".join(filter(None, match.groups())), plain)
    plain = _TWO_POINTS.sub(r"\1X\2", plain)
    return _TIMES.sub("X", _HYPHEN.sub(" ", plain)).strip(" ;:")


def _together(match: re.Match[str]) -> str:
    return match[0].replace(".", "").replace(" ", "") + " "


@tables.remember_results(16384)
def key(text: str) -> str:
    """Make the key under which a calibre is looked up.

    Returns:
        Letters, digits, inner points and hyphens: ``38SPL``, ``9X19``,
        ``30-06``; empty where nothing is written.
    """
    written = join_words(tidy(text))
    written = _MM.sub(" ", written)
    written = _RANGE.sub("-", written)
    written = _POINT.sub("", written)
    words = [_short(word.strip(".,")) for word in _split(written)]
    return _JUNK.sub("", "".join(words).replace("&", "")).strip("-.")


def join_words(written: str) -> str:
    """Write names of several words as one: S&W, LR."""
    for pattern, short in _JOINED:
        written = pattern.sub(short, written)
    return written


def sense(word: str) -> str:
    """Give the short form of a word, or the sign for what it says.

    Returns:
        A short form such as ``SPL``; ``-`` for a word that says nothing, ``+`` for
        a load, ``#`` for what a number before it counts, ``>`` and ``<`` for a
        calibre that is now, and was; ``~`` for a change; empty for a word that is
        not in the list.
    """
    return _words().get(word, "")


def _short(word: str) -> str:
    short = _words().get(word, word)
    if short == "-":
        return ""
    return word if short in SIGNS else short


SIGNS = frozenset("-+#<>~")


@tables.remember_results(1)
def _words() -> dict[str, str]:
    return {
        spelling.plain(word): row["short"]
        for row in tables.rows("calibre_words.tsv")
        for word in tables.several(row["words"])
    }


@tables.remember_results(1)
def telling() -> frozenset[str]:
    """Give the short forms that tell one cartridge of a bore from another."""
    return frozenset(_words().values()) - SIGNS


def _split(written: str) -> list[str]:
    """Part words from numbers and from each other."""
    return re.findall(r"[\d.\-]+(?:X[\d.]+)?|[^\W\d]+(?:&[^\W\d]+)*", written)
