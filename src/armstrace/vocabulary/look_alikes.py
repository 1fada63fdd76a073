"""Whether two names or numbers look alike to who reads them."""

import re
import unicodedata

from armstrace.vocabulary.texts import bare, seen

_CONFUSABLE = str.maketrans(
    "АВЕЗКМНОРСТУХІЈЅҮԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹？＊",
    "ABE3KMHOPCTYXIJSYQWABEZHIKMNOPTYXC01234567890123456789?*",
)
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
    shown = _TURNED.sub(lambda found: found[1][::-1], text)
    return bare(latin_letters(seen(shown)))


def spellings(number: str) -> set[str]:
    """Give a number as typed and as it looks, to ask whether one is taken."""
    return {number, latin_letters(seen(number))}
