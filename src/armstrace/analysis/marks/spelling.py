"""Bring spellings together: accents, case, scripts, punctuation."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ı": "I",
        "Ø": "O",
        "ø": "O",
        "Ł": "L",
        "ł": "L",
        "Đ": "D",
        "đ": "D",
        "Æ": "AE",
        "æ": "AE",
        "Œ": "OE",
        "œ": "OE",
        "’": "'",
        "´": "'",
        "`": "'",
        "–": "-",
        "—": "-",
        "−": "-",
        "×": "X",
    }
)
_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬",
    "01234567890123456789.,",  # Arabic and Persian digits and signs
)
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Write a text in upper case without accents or doubled spaces.

    Letters of other scripts stay what they are.
    """
    if text.isascii():
        return " ".join(text.upper().split())
    spaced = text.translate(_LETTERS)
    parts = unicodedata.normalize("NFKD", spaced).upper()
    kept = "".join(char for char in parts if not unicodedata.combining(char))
    recomposed = unicodedata.normalize("NFC", kept).translate(_DIGITS)
    return " ".join(recomposed.split())


@lru_cache(maxsize=65536)
def squash(text: str) -> str:
    """Keep only the letters and digits of a text, plainly written."""
    return _NOT_WORD.sub("", plain(text))


def is_number_from_spreadsheet(text: str) -> bool:
    """Tell whether a text is a number that a spreadsheet wrote, as ``82.0``."""
    return text.endswith(".0") and text[:-2].isdigit()
