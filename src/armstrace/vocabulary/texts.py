"""Whether a text says anything to who reads it."""

import re
import unicodedata

# The most characters of notes, from a file, the desk or the interface.
LONGEST_NOTES = 4_000
_EMPTY_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
# Letters and marks of Unicode that are drawn as nothing.
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5")

# Fewest letters of a word that gives a reason, apart from scripts that write a
# word by one sign.
FEWEST_LETTERS = 3
_WORD_BY_SIGN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]")
# Single words of the languages of the pages that give no reason, letters alone.
_SAYS_NOTHING = re.compile(
    "nothing|none|na|test|ok|rien|aucune?|néant|nada|ningun[oa]|prueba|لاشيء|اختبار"
)
# Letters side by side, as a hand runs over a keyboard.
_KEYBOARDS = (
    "qwertyuiop asdfghjklñ zxcvbnm azertyuiop qsdfghjklm wxcvbn "
    "ضصثقفغعهخحجد شسيبلاتنمكط ئءؤرلاىةوزظ"
)
_ROWS = f"{_KEYBOARDS} {_KEYBOARDS[::-1]}"
# Words at the head of a row that sums up those above it.
TOTALS = re.compile(
    r"(?:(?:(?:sub|sous)[\s-]?|grand )?totals?|total (?:g[eé]n[eé]ral|geral)|sum|suma|"
    r"somme|soma|summe|gesamt(?:summe|zahl)?|insgesamt|totale|totaal|toplam|razem|ukupno|celkem|"
    r"всього|усього|разом|итого|всего|المجموع|مجموع|الاجمالي|الإجمالي|إجمالي|"
    r"合计|总计|总数)(?: (?:of|de|von|armas?|arms|weapons|armes|waffen|зброї|оружия))*",
    re.IGNORECASE,
)


def is_visible(text: str) -> bool:
    """Tell whether a text shows at least one character.

    A text of blanks, controls, zero-width characters or fillers shows none, and so
    it is no reason and no mark.

    Source:
        Unicode 16, general categories C and Z; Default_Ignorable_Code_Point.
    """
    return any(map(_is_shown, text))


def seen(text: str) -> str:
    """Give the characters of a text that show something, without blanks."""
    return "".join(filter(_is_shown, text))


def _is_shown(sign: str) -> bool:
    is_empty = unicodedata.category(sign) in _EMPTY_CATEGORIES or sign in _FILLERS
    return not (is_empty or "\ufe00" <= sign <= "\ufe0f")


# White space, and what is drawn as nothing at either end of a text.
_AT_ENDS = " \t\n\r\x0b\x0c\x85\xa0\xad\u2060\ufeff" + "".join(
    map(chr, (*range(0x2000, 0x2010), *range(0x2028, 0x2030), *range(0x2066, 0x206A)))
)


def trim(text: str) -> str:
    """Take off what cannot be seen at both ends; of what shows nothing, all."""
    text = text.strip()
    if text.isascii():
        return text
    return text.strip(_AT_ENDS) if is_visible(text) else ""


def shorten(text: str, longest: int) -> str:
    """Give a text that is kept whole elsewhere, or its beginning and an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


_BETWEEN = re.compile(
    r"\s*[,;&+]\s*|\s+/\s+|\s+(?:and|y|e|et|und|en|i|oraz|и|та|і|و|ve|dhe|και)\s+",
    re.IGNORECASE,
)


def split_list(text: str) -> list[str]:
    """Take a list such as “A1, A2 / A3 and A4” apart; one alone is a list of one."""
    return list(filter(None, _BETWEEN.split(text)))


def bare(text: str) -> str:
    """Give letters and digits of a number or a name alone, in one case."""
    return "".join(filter(str.isalnum, text)).casefold()


def is_reason(text: str) -> bool:
    """Tell whether a text can be a reason: that it holds a word.

    Args:
        text: As typed; “.”, “123”, “x”, “aaa”, “asdf” and “nothing” say nothing that
            somebody could judge, in whatever script.
    """
    letters = (each for each in text.casefold() if each.isalpha() and _is_shown(each))
    said = "".join(letters)
    if _WORD_BY_SIGN.search(said):
        return len(said) == 1 or len(set(said)) > 1
    return (
        len(said) >= FEWEST_LETTERS
        and len(set(said)) > 1
        and said not in _ROWS
        and not _SAYS_NOTHING.fullmatch(said)
    )
