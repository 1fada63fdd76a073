"""Find the numbers among the words of a serial number field."""

import re
from dataclasses import dataclass

from armstrace.analysis.marks import search_keys, serial_words, tables

_UNREAD_X = re.compile(
    r"\b(?:ONDE|SENDO|WHERE|WITH|SIENDO|DONDE)\s+(?:O\s+)?X+\b"
    r"|[,(]\s*X+\s+(?:REPRESENTA|ALGARISMO|CARACTER|DIGITO|LETRA|STANDS|=|NAO)"
)
_FOOTNOTE = re.compile(r"\(\s*\*+\s*[^)]*\)?|\*+\s*NAO \w+")
X_RUN = re.compile(r"(?<=\d)X{2,}\b|\bX{3,}(?=\d)", re.IGNORECASE)
_FOOTNOTE_MARK = "(*)"
# “(Lauf: FAB1239)”: the brackets hold another number and where it stands.
_BRACKETED_PLACE = re.compile(r"\((?=\s*[^\W\d_]{3,}\s*(?:NR\.?)?\s*:\s*[A-Z0-9])")
_OPEN_MARK = re.compile(r"\(\s*([?*])\s*\)")
_SMALL_X = re.compile(r"(?<=[A-Z0-9?])x+(?=\b|[A-Z0-9?])|\bx{2,}(?=\d)")
_DASHES = re.compile(r"(?<=[A-Z0-9])[-_]{2,}(?!\w)|_+")
_DOTS = re.compile(r"\.{3,}|…")
_HASHES = re.compile(r"(?<=[A-Z0-9])#+")
_LEADING_HASHES = re.compile(r"#+(?=[A-Z0-9])")
_HASH_EXPLAINED = re.compile(r"\b(?:SENDO|ONDE|WHERE)\s+(?:O\s+)?#")
_NUMBER_SIGN = re.compile(r"\bN[°º]S?\.?|\b(?:ال)?رقم\b", re.IGNORECASE)
_STARS = re.compile(r"\*{2,}")
_STUCK = re.compile(
    r"(?<=[A-Z0-9])(?:SUPRIMID|ELIMINAD|RASPAD|REMOVID)[OA]S?(?=[A-Z0-9]*\b)"
)
_TOKEN = re.compile(r"[^\W_]*[?*#][\w?*#]*|[^\W_]+|[()\[\],;:/.=+\"-]|\s+")
_PARENTHESIS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_JOINS = frozenset("-.")
_TIGHT_JOINS = frozenset(":")
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_CODE_RUN = 5
_SHORTEST = 3
_LETTERS_AT_MOST = 5
_SMALL_WORDS = (
    "E Y ET UND AND OU OR DE NO NA DO DA EM AO SO CM MM O N OS AS COM SER POR QUE TEM"
    " SEM UM UMA MAS NOS NAS DOS DAS SUB LADO FACE SERIE BASE PARTE PARA ONDE CON LOS"
    " LAS DEL EL LA LE LES DES SUR AVEC MIT DER DIE DAS THE FOR WITH ON OF IS READS"
    " LER ARMA RESTA CANO"
)
_AND = frozenset(_SMALL_WORDS.split())
# Words that lead from a number to where it stands; before one they may be its letters.
AFTER_NUMBER = _AND | frozenset({"A", "AL", "AM", "AU", "EN", "IM", "SU"})
_SPELLED = {
    "ZERO": "0", "UM": "1", "DOIS": "2", "TRES": "3", "QUATRO": "4",
    "CINCO": "5", "SEIS": "6", "SETE": "7", "OITO": "8", "NOVE": "9",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A number found among words."""

    # Search key of the number; unread positions as ``?`` or ``*``.
    code: str
    start: int
    end: int


@tables.remember_results(16384)
def unread_marked(text: str) -> str:
    """Write every way of showing an unread character as ``?`` or ``*``.

    A run of stars counts its characters; a single star stands for any number.

    Args:
        text: The field with case kept, accents off.
    """
    marked = _SMALL_X.sub(lambda run: "?" * len(run[0]), text)
    upper = _NUMBER_SIGN.sub(" ", marked).upper()
    if _UNREAD_X.search(upper):
        head, *rest = re.split(r"(?=[,(]|\s-\s)", upper, maxsplit=1)
        upper = re.sub(r"X", "?", head) + "".join(rest)
    upper = X_RUN.sub(lambda run: "?" * len(run[0]), upper)
    if upper.count(_FOOTNOTE_MARK) > 1:
        upper = upper.replace(_FOOTNOTE_MARK, " ")
    upper = _BRACKETED_PLACE.sub(",", upper)
    upper = _OPEN_MARK.sub(r"\1", upper)
    upper = _FOOTNOTE.sub(" ", upper)
    upper = _DOTS.sub("*", upper)
    upper = _DASHES.sub(lambda run: "?" * len(run[0]), upper)
    upper = _HASHES.sub(lambda run: "?" * len(run[0]), upper)
    if _HASH_EXPLAINED.search(upper):
        upper = _LEADING_HASHES.sub(lambda run: "?" * len(run[0]), upper)
    upper = _STUCK.sub("*", upper)
    return _STARS.sub(lambda run: "?" * len(run[0]), upper)


def read_spelling(plain_text: str) -> str:
    """Read a number given character by character, parted by commas.

    Returns:
        The pattern, ``?`` for each character said to be erased or illegible;
        empty where the text is something else.
    """
    parts = [part.strip(" .") for part in plain_text.split(",")]
    if len(parts) < _SHORTEST + 1:
        return ""
    chars = [_character(part) for part in parts]
    pattern = "".join(chars)
    is_pattern = all(chars) and any(char != "?" for char in chars)
    return pattern if is_pattern else ""


def find(marked: str) -> tuple[Found, ...]:
    """Find the numbers in a text, those outside brackets before any inside.

    Args:
        marked: The field as ``unread_marked`` writes it.
    """
    outside = _PARENTHESIS.sub(lambda part: "(" + " " * (len(part[0]) - 1), marked)
    return _groups(outside) or _groups(marked)


def _character(part: str) -> str:
    if len(part) == 1 and (part.isalnum() or part == "?"):
        return "?" if part == "X" else part
    if part in _SPELLED:
        return _SPELLED[part]
    sense = serial_words.meaning_of_word(part) if part.isalpha() else None
    return "?" if sense in serial_words.STATUS else ""


def _groups(text: str) -> tuple[Found, ...]:
    found = []
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    index = 0
    while index < len(tokens):
        begins = tokens[index][0][0] in "?*" or tokens[index][0][0].isalnum()
        stop = _group_end(tokens, index) if begins else index
        if stop > index:
            start, end = tokens[index][1], tokens[stop - 1][2]
            code = search_keys.search_key(text[start:end])
            if _is_number(code) and not _is_ordinal(text, end, code):
                found.append(Found(code, start, end))
        index = max(stop, index + 1)
    return tuple(found)


def _is_number(code: str) -> bool:
    return len(code) >= _SHORTEST and code.strip("0") != ""


def _is_ordinal(text: str, end: int, code: str) -> bool:
    return text[end : end + 1] in {"°", "º"} and code.isdigit()


def _group_end(tokens: list[tuple[str, int, int]], start: int) -> int:
    """Give the index after the last token of the number that begins here."""
    last = start
    index = start
    while index < len(tokens):
        token = tokens[index][0]
        if _is_code(token):
            last = index + 1
        elif not _continues(tokens, index, start, has_code=last > start):
            break
        elif token.isalpha() and last > start and index + 1 == len(tokens):
            last = index + 1
        index += 1
    return last


def _continues(
    tokens: list[tuple[str, int, int]], index: int, start: int, *, has_code: bool
) -> bool:
    token = tokens[index][0]
    following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
    if token.isspace() or (token in _JOINS and index > start):
        return True
    if token in _TIGHT_JOINS:
        return index > start and _is_code(following)
    if index == 0 and following == "-" and token.isalpha() and len(token) <= 2:
        return True
    if _is_last_letter(tokens, index):
        return True
    return _is_prefix(token, first=not has_code)


def _is_last_letter(tokens: list[tuple[str, int, int]], index: int) -> bool:
    """Tell whether a letter ends the number, as in 4417-O, though it may be a word."""
    token, start, _ = tokens[index]
    if len(token) > 1 or not token.isalpha() or index + 1 < len(tokens) or index < 2:
        return False
    code, dash = tokens[index - 2], tokens[index - 1]
    return dash[0] == "-" and dash[2] == start and _is_code(code[0])


def _is_code(token: str) -> bool:
    if not any(char.isdigit() or char in "?*" for char in token):
        return False
    return not any(_is_word(run) for run in _LETTERS.findall(token))


def _is_word(letters: str) -> bool:
    return serial_words.meaning_of_word(letters) is not None or len(letters) > _CODE_RUN


def _is_prefix(token: str, *, first: bool) -> bool:
    longest = _LETTERS_AT_MOST if first else 2
    if not token.isalpha() or len(token) > longest or token in _AND:
        return False
    return serial_words.meaning_of_word(token) is None
