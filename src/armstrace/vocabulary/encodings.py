"""Tell in which encoding a text file was written.

A byte-order mark or valid UTF-8 decides, and so does Chinese in the national
encoding. Otherwise each single-byte encoding is tried, and the one whose words look
most like words wins: letters of one script a word, capitals at the front or
throughout, no symbols inside words.
"""

import codecs
import itertools
import re
from collections import Counter

CANDIDATES = (
    *("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1256"),
    *("cp874", "mac-roman", "iso-8859-1"),
)
SAMPLE_BYTES = 400_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_WESTERN = frozenset("áéíóúàèìòùâêîôûãõñçäöüåæøßëïýÁÉÍÓÚÀÈÌÒÙÂÊÎÔÛÃÕÑÇÄÖÜÅÆØË")
# Letters of other encodings of Latin; those in the places of º and ª are not told.
_COMMON_LATIN = {
    "cp1250": frozenset(
        "ąćęłńóśźżčšžřěůťďňđáéíúýäöüőűăâîĄĆĘŁŃÓŚŹŻČŠŽŘĚŮŤĎŇĐÁÉÍÚÝÄÖÜŐŰ"
    ),
    "cp1254": frozenset("çğıöşüâîûÇĞİÖŞÜÂÎÛ"),
}
_COMMON_SIGNS = frozenset("¼½¾ºª°§«»“”‘’–—•…€£·´\u00a0№،؛؟")


def encoding_of(sample: bytes) -> str:
    """Name the encoding of a text, by Python's name for it.

    Returns:
        Such as ``utf-8-sig`` or ``cp1252``; ``iso-8859-1`` where nothing fits.
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    wide = _utf16_without_mark(sample)
    if wide:
        return wide
    if _decode(sample, "utf-8") is not None or _is_damaged_utf8(sample):
        return "utf-8"
    if _is_chinese(sample):
        return "gb18030"
    words = Counter(_WORD.findall(sample))
    return max(CANDIDATES, key=lambda name: _score(words, name))


def decode(content: bytes) -> str:
    """Give the text of a file, in whatever encoding it was written."""
    name = encoding_of(content)
    return content.decode(name, errors="replace").removeprefix("\ufeff")


def _utf16_without_mark(sample: bytes) -> str:
    head = sample[:4000]
    if len(head) < 4 or b"\0" not in head:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return ""


def _is_damaged_utf8(sample: bytes) -> bool:
    """Tell whether a text is in UTF-8 but for a few bytes of another encoding.

    In other encodings letters side by side seldom happen to be a character of UTF-8.
    """
    whole = len(_UTF8.findall(sample))
    other = sum(map(len, _HIGH.findall(_UTF8.sub(b"", sample))))
    return whole >= 2 * other


_UTF8 = re.compile(
    rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}"
)
_HIGH = re.compile(rb"[\x80-\xff]+")


def _is_chinese(sample: bytes) -> bool:
    """Tell whether a text is Chinese in GB 18030 and its forerunners.

    Text of a single-byte encoding that decodes by chance falls outside the common
    characters, which the standard of 1980 sorts before all others.
    """
    text = _decode(sample, "gb18030") or ""
    pairs = [char.encode("gb18030") for char in text if char > "\x7f"]
    common = sum(
        len(pair) == 2 and pair[0] in _COMMON_LEADS and pair[1] >= _LEAST_TRAIL
        for pair in pairs
    )
    return common >= _LEAST_PAIRS and common * 5 >= len(pairs) * 4


_COMMON_LEADS = frozenset({*range(0xA1, 0xA4), *range(0xB0, 0xD8)})
_LEAST_TRAIL, _LEAST_PAIRS = 0xA1, 4


def _decode(sample: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return None


def _score(words: Counter[bytes], encoding: str) -> float:
    total, common = 0.0, _COMMON_LATIN.get(encoding, _WESTERN)
    for word, times in words.most_common(2000):
        try:
            # French has its œ before u alone, and writes é as often.
            text = word.decode(encoding).replace("œu", "éu")
        except UnicodeDecodeError:
            total -= 3 * times
            continue
        total += _word_score(text, common) * min(times, 20)
    return total


def _word_score(text: str, common: frozenset[str]) -> float:
    foreign = [char for char in text if char > "\x7f"]
    scripts = {_script(char) for char in text}
    if "control" in scripts:
        return -4.0
    signs = [char for char in foreign if _script(char) == "sign"]
    score = -sum(0.1 if char in _COMMON_SIGNS else 1.0 for char in signs)
    letters = scripts - {"sign"}
    if len(text) == 1:  # a letter alone may as well be a sign of another encoding
        return score - 0.3 * len(letters)
    if len(letters) > 1:
        return score - 2.0
    if letters & {"cyrillic", "greek", "arabic", "thai"}:
        is_word = _is_cased_well(text) and ("thai" not in letters or _is_thai(text))
        return score + (1.0 if is_word else -1.5) * len(foreign)
    if letters:
        told = [char for char in foreign if char not in signs]
        score += sum(0.8 if char in common else -0.3 for char in told)
        if not _is_cased_well(text):
            score -= 2.0
        if len(foreign) > 2 and len(foreign) * 2 > len(text):
            score -= len(foreign)
    return score


def _script(char: str) -> str:
    code = ord(char)
    if 0x80 <= code < 0xA0:
        return "control"
    if _THAI_BEGIN <= char <= _THAI_END:
        return "thai"
    if not char.isalpha() or char in "ºª":
        return "sign"
    places = (each for each in _SCRIPTS if code < each[0])
    return next(places, (0, "latin"))[1]


# Where each script ends.
_SCRIPTS = (
    *((0x370, "latin"), (0x400, "greek"), (0x530, "cyrillic"), (0x600, "latin")),
    (0x700, "arabic"),
)


_THAI_BEGIN, _THAI_END = "\u0e01", "\u0e5b"
# A vowel before or after its consonant, with what stands above or below it.
_THAI = re.compile(
    r"(?:[\u0e40-\u0e44]?[\u0e01-\u0e2e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*"
    r"[\u0e30\u0e32\u0e33\u0e45]?[\u0e2f\u0e46]?)+|[\u0e50-\u0e59]+"
)


def _is_thai(text: str) -> bool:
    """Tell whether the vowels of a text stand beside consonants, as in Thai."""
    return _THAI.fullmatch(text) is not None


def _is_cased_well(text: str) -> bool:
    """Tell whether capitals stand as in words: ABC, Abc or abc, never aBc."""
    letters = [char for char in text if char.isalpha()]
    return all(
        not (before.islower() and after.isupper())
        for before, after in itertools.pairwise(letters)
    )
