"""Make the key under which a serial number is searched.

Source:
    Mark taxonomy and traps: confusable Cyrillic and Greek letters, separators,
    a leading "SN" or "No"; unread positions (``?``, ``*``) are kept.
"""

import re
import unicodedata
from functools import lru_cache

_CONFUSABLE = str.maketrans(
    "АВЕЗКМНОРСТУХІЈЅҮԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹？＊",
    "ABE3KMHOPCTYXIJSYQWABEZHIKMNOPTYXC01234567890123456789?*",
)
LONGEST = 400
_NUMBER_SIGN = re.compile(r"[Nn][º°]|№")
_LEADING = re.compile(
    r"(?:#+"
    r"|S\s*[/.]?\s*N(?:[.:#]+|(?=[^A-Z0-9])|(?=[A-Z]*[0-9?*]))"
    r"|(?:SERIAL|SERIE|SER|SERIENNUMMER|NUMERO|NUMBER|NUM|NR|NO)(?:\s*[.:#]+\s*|\s+)"
    r")\s*"
)
_NOISE = re.compile(r"[^A-Z0-9?*]+")
_SN = re.compile(r"(?:SN)+(?=[A-Z]*[\d?*])")


def search_key(text: str) -> str:
    """Write a serial number as it is searched.

    Args:
        text: The serial number as marked, in any script.

    Returns:
        Upper-case letters and digits, look-alike letters of other scripts as
        Latin ones, without separators and without a leading "SN", "No", "Nº"
        or "#"; ``?`` and ``*`` stay. Empty where nothing of the kind is left.
        A key of a key is the key itself.
    """
    text = text[:LONGEST]
    if text.isascii() and text.isalnum():
        upper = text.upper()
        return upper if not upper.startswith("SN") else _SN.sub("", upper, count=1)
    return _search_key(text)


@lru_cache(maxsize=65536)
def _search_key(text: str) -> str:
    latin = latin_letters(text).strip(" .-_/:;,")
    previous = ""
    while latin != previous:
        previous = latin
        match = _LEADING.match(latin)
        rest = latin[match.end() :] if match else ""
        latin = rest if any(char.isalnum() or char in "?*" for char in rest) else latin
    key = _squash(latin)[:LONGEST]
    return _SN.sub("", key, count=1) if key.startswith("SN") else key


def latin_letters(text: str) -> str:
    signed = _NUMBER_SIGN.sub("#", text)
    parts = unicodedata.normalize("NFKD", signed).upper()
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    return unicodedata.normalize("NFKC", bare).translate(_CONFUSABLE)


def _squash(latin: str) -> str:
    if latin.isascii():
        return _NOISE.sub("", latin)
    return "".join(char for char in latin if char.isalnum() or char in "?*")
