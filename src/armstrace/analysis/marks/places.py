"""Read the name of a country, in several languages and its former names.

Source:
    ISO 3166-1; the names that pycountry carries in seven languages, and a file
    of short, old and mistyped forms.
"""

import gettext
import re

import pycountry

from armstrace.analysis.marks import readings, spelling, tables, unknown_words
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.texts import shorten

_LANGUAGES = ("pt", "pt_BR", "es", "fr", "de", "it", "ru", "tr", "ar", "zh_CN")

_LONGEST = 200
_OF_USERS = re.compile(r"Q[M-Z]|X[A-Z]")


@tables.remember_results(8192)
def read_country(text: str) -> readings.Reading:
    """Read the name or code of a country.

    Args:
        text: The name as written; two- and three-letter ISO codes are read.

    Returns:
        The ISO 3166-1 alpha-2 code as value; empty where not known. A former
        State is read to the present State that answers for most of its arms,
        with a note and less certainty.
    """
    key = spelling.squash(text[:_LONGEST])
    if not key:
        return readings.not_stated("country", text)
    listed = _place_names().get(key)
    if listed is not None:
        return _read(text, listed[0], listed[1])
    if unknown_words.meaning(text):
        note = message("said to be not known or another")
        return readings.unread("country", text, "UNKNOWN_WORD", note)
    code = _names().get(key)
    if code is not None:
        return _read(text, code, NOTHING)
    note = message("not a recognised country")
    return readings.unread("country", text, "NOT_FOUND", note)


def country_code(text: str) -> str:
    """Give the ISO 3166-1 alpha-2 code of a country's name, empty if not known."""
    return read_country(text).value


def is_country_code(code: str) -> bool:
    """Tell whether two letters are the code of a country."""
    return code in _codes()


def find_country(text: str) -> str:
    """Give the two letters of a country that a person or a file states.

    Args:
        text: A code of two or three letters, or a name in a language that is known.

    Returns:
        The code; empty where there is no such country. Codes that ISO leaves to
        users (``QM`` to ``QZ``, ``XA`` to ``XZ``) count; ``ZZ``, which stands for
        no country, does not.

    Source:
        ISO 3166-1:2020, 8.1.3.
    """
    upper = text.strip().upper()
    if _OF_USERS.fullmatch(upper):
        return upper
    found = country_code(text)
    if found:
        return found
    try:
        return str(pycountry.countries.lookup(text.strip()).alpha_2)
    except LookupError:
        return ""


def require_country(text: str) -> str:
    """Give the two letters of a country as a person states it; empty of none.

    Raises:
        InvalidInput: There is no such country.
    """
    code = find_country(text)
    if text.strip() and not code:
        msg = message(
            "“%(text)s” is not a recognised country; write its name or its two "
            "letters.",
            text=shorten(text, 40),
        )
        raise InvalidInput(msg, field="country")
    return code


def _read(text: str, code: str, note: Message) -> readings.Reading:
    certainty = Certainty.LIKELY if note else Certainty.CERTAIN
    return readings.Reading("country", text, code, certainty, "COUNTRY", note)


@tables.remember_results(1)
def _place_names() -> dict[str, tuple[str, Message]]:
    return {
        spelling.squash(row["name"]): (row["code"], Message(row["note"]))
        for row in tables.rows("countries.tsv")
    }


@tables.remember_results(1)
def _codes() -> frozenset[str]:
    listed = (code for code, _ in _place_names().values())
    return frozenset((*(each.alpha_2 for each in pycountry.countries), *listed))


@tables.remember_results(1)
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    translations = [
        gettext.translation(
            "iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True
        )
        for language in _LANGUAGES
    ]
    for country in pycountry.countries:
        code = country.alpha_2
        english = _english(country)
        translated = [each.gettext(name) for each in translations for name in english]
        for name in (code, country.alpha_3, *english, *translated):
            found.setdefault(spelling.squash(name), code)
    return found


def _english(country: object) -> list[str]:
    names = ("common_name", "name", "official_name")
    return [getattr(country, name) for name in names if hasattr(country, name)]
