"""Make the key under which a serial number is searched.

Source:
    Mark taxonomy and traps: confusable Cyrillic and Greek letters, separators,
    a leading "SN" or "No"; unread positions (``?``, ``*``) are kept.
"""

import re
from functools import lru_cache

from armstrace.vocabulary.look_alikes import latin_letters

LONGEST = 400
_NUMBER_SIGN = re.compile(r"[Nn][º°]|№")
_LEADING = re.compile(
    r"(?:#+"
    r"|S\s*[/.]?\s*N(?:[.:#]+|(?=[^A-Z0-9])|(?=[A-Z]*[0-9?*]))"
    r"|(?:SERIAL|SERIE|SER|SERIENNUMMER|NUMERO|NUMBER|NUM|NR|NO)(?:\s*[.:#]+\s*|\s+)"
    r")\s*"
)
_NOISE = re.compile(r"[^A-Z0-9?*]+")
_PARTING = re.compile(r"[\s./\\_-]+")
_DIGIT, _WORD = re.compile(r"\d"), re.compile(r"[^\W\d_]{6,}")
_LONGEST_PARTED, _MOST_PARTS, _SHORTEST_END = 40, 5, 3
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
    latin = _latin(text).strip(" .-_/:;,")
    previous = ""
    while latin != previous:
        previous = latin
        match = _LEADING.match(latin)
        rest = latin[match.end() :] if match else ""
        latin = rest if any(char.isalnum() or char in "?*" for char in rest) else latin
    key = _squash(latin)[:LONGEST]
    return _SN.sub("", key, count=1) if key.startswith("SN") else key


def ends(text: str) -> tuple[str, ...]:
    """Give the beginnings and ends of a serial number that is written in parts.

    One who copies ``382-78832`` may stop at the separator, or begin after it.

    Returns:
        Search keys, each of the first parts or of the last ones; none where the text
        is not parted, or holds words.
    """
    if text.isalnum() or len(text) > _LONGEST_PARTED:
        return ()
    latin, key = _latin(text), search_key(text)
    parts = [part for part in map(_squash, _PARTING.split(latin)) if part]
    if len(parts) > 1 and "".join(parts[1:]) == key:  # "SN 382-78832"
        parts = parts[1:]
    if "".join(parts) != key or not 1 < len(parts) <= _MOST_PARTS or _WORD.search(key):
        return ()
    places = range(1, len(parts))
    heads = ("".join(parts[:place]) for place in places)
    tails = ("".join(parts[place:]) for place in places)
    found = dict.fromkeys((*heads, *tails))
    return tuple(
        end for end in found if len(end) >= _SHORTEST_END and _DIGIT.search(end)
    )


def _latin(text: str) -> str:
    return latin_letters(_NUMBER_SIGN.sub("#", text))


def _squash(latin: str) -> str:
    if latin.isascii():
        return _NOISE.sub("", latin)
    return "".join(char for char in latin if char.isalnum() or char in "?*")
