"""Whether two names or numbers look alike to who reads them."""

import re
import unicodedata

from armstrace.vocabulary.texts import bare, seen

_CONFUSABLE = str.maketrans(
    "АВЕЗКМНОРСТУХІЈЅҮԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹？＊",
    "ABE3KMHOPCTYXIJSYQWABEZHIKMNOPTYXC01234567890123456789?*",
)
# What stands for a digit in a number: a small L before the case is dropped, and then
# O and I.
_SMALL_L, _AS_DIGITS = str.maketrans("l", "1"), str.maketrans("oi", "01")
_KEY = str.maketrans("oil", "011")
# What a right-to-left override shows from its end.
_TURNED = re.compile("\u202e([^\u202c-\u202e\u2069]*)")


def latin_letters(text: str) -> str:
    """Write a text in upper case without accents, look-alike letters as Latin ones."""
    parts = unicodedata.normalize("NFKD", text).upper()
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    return unicodedata.normalize("NFKC", plain).translate(_CONFUSABLE)


def skeleton(text: str) -> str:
    """Write a name or number so that all that look alike are one.

    Args:
        text: As typed; blanks, signs, accents, case and what nobody sees do not
            count, and letters of other scripts that look like Latin ones are these.

    Source:
        Unicode Technical Standard 39, section 4 (confusable detection).
    """
    return bare(latin_letters(seen(_as_shown(text))))


def is_one_number(one: str, other: str) -> bool:
    """Tell whether two numbers as typed may be one, O for 0 and I or l for 1 too."""
    if bones := skeleton(one):
        return bones == skeleton(other) or _as_digits(one) == _as_digits(other)
    return False


def _as_digits(number: str) -> str:
    return skeleton(number.translate(_SMALL_L)).translate(_AS_DIGITS)


def is_one_person(one: str, other: str) -> bool:
    """Tell whether two names as typed may be those of one person.

    The order of the words does not count, and neither does what stands beside them,
    such as a title or a trade.
    """
    if bones := skeleton(one):
        fewer, more = ({*plain_words(each)} for each in (one, other))
        is_part = fewer <= more or more <= fewer
        return bones == skeleton(other) or (min(len(fewer), len(more)) > 1 and is_part)
    return False


def plain_words(name: str) -> list[str]:
    """Give the words of a name as they look, each as ``skeleton`` writes it."""
    parts = map(skeleton, re.split(r"[\s,;/()]+", _as_shown(name)))
    return list(filter(None, parts))


def _as_shown(text: str) -> str:
    return _TURNED.sub(lambda found: found[1][::-1], text)


def number_key(number: str) -> str:
    """Give what all numbers share that may be read as one, to look them up by it.

    It is as long as a column keeps; whoever finds by it compares the numbers.
    """
    return skeleton(number).translate(_KEY)[:64]


def tidy_number(number: str) -> str:
    """Write a number with plain letters and digits, and single blanks inside."""
    return " ".join(unicodedata.normalize("NFKC", number).split())


def names_number(text: str, number: str) -> bool:
    """Tell whether a text, such as a reason, names a number."""
    key = number_key(number)
    whole = rf"(?<!\w){re.escape(number)}(?!\w)"
    return bool(re.search(whole, text)) or key in map(number_key, text.split())
