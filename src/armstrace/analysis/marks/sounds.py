"""Write a name as it sounds, so that spellings by ear meet.

Source:
    Spellings that clerks hear alike in Portuguese, Spanish, English and German:
    Y and I, K and hard C, PH and F, S, SS, Z and soft C, doubled letters, mute H,
    N before B and P.
"""

import re

_ROMAN = str.maketrans(
    {
        **dict(zip("АБВГҐДЕЁЄЗИІЇЙКЛМНОПРСТУФХЫЭЎЈЉЊЋ",
                   "ABVGGDEEEZIIIIKLMNOPRSTUFHIEUILNC", strict=True)),
        "Ж": "ZH", "Ц": "TS", "Ч": "CH", "Ш": "SH", "Щ": "SH", "Ъ": "", "Ь": "",
        "Ю": "IU", "Я": "IA", "Ђ": "DJ", "Џ": "DJ",
    }
)  # fmt: skip

_SOUNDS = (
    (re.compile(r"PH"), "F"),
    (re.compile(r"SCH|SH|CH"), "X"),
    (re.compile(r"TZ|CZ"), "Z"),
    (re.compile(r"CK|QU(?=[EI])|Q|C(?![EIY])"), "K"),
    (re.compile(r"C(?=[EIY])|Z"), "S"),
    (re.compile(r"GU(?=[EI])"), "G"),
    (re.compile(r"W"), "V"),
    (re.compile(r"Y|J(?=[^AEIOU])"), "I"),
    (re.compile(r"N(?=[BP])|N\Z"), "M"),
    (re.compile(r"(?<=[A-Z])H|H(?=[^AEIOU])"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def sound(key: str) -> str:
    """Give the sound of a name in upper-case Latin letters; vowels stay."""
    for pattern, written in _SOUNDS:
        key = pattern.sub(written, key)
    return key


def romanise(text: str) -> str:
    """Write upper-case Cyrillic letters as Latin ones that sound so; others stay."""
    return text if text.isascii() else text.translate(_ROMAN)
