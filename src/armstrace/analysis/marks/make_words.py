"""Tell what the words beside a maker's name say.

Source:
    Company forms by country; mark taxonomy (a country, a kind of arm or a word
    such as "home made" in the make field is no maker).
"""

import re

from armstrace.analysis.marks import places, spelling, tables
from armstrace.vocabulary.codes import Code

_WORD = re.compile(r"[\w&]+(?:'[\w]+)?")
_INITIALS = re.compile(r"\b((?:\w\.\s?){2,}\w?|S/A|A/S)(?=\s|$|,|-)")
_AND_INITIALS = re.compile(r"\b(\w)\s*\.?\s*&\s*\.?\s*(\w)\b(?!\w)")
_SHORTEST_COUNTRY = 4


class Sense(Code):
    """What a word beside a maker's name says."""

    FORM = "FORM", "company form"
    GENERIC = "GENERIC", "what the firm does"
    PLACE = "PLACE", "a place of makers"
    GIVEN = "GIVEN", "a given name"
    SHORT = "SHORT", "a short form"
    KIND = "KIND", "a kind of arm"
    HEDGE = "HEDGE", "the writer is not sure"
    COPY = "COPY", "said to be a copy"
    CRAFT = "CRAFT", "said to be home made"
    NOTE = "NOTE", "nothing about the maker"
    COMMON = "COMMON", "a name that is also a word"
    FAMILIAR = "FAMILIAR", "a maker met everywhere"
    NATION = "NATION", "a nation"
    MARKED = "MARKED", "goes with a country"
    SERIES = "SERIES", "letters of a series of models of one maker"


def words(text: str) -> list[str]:
    """Part a plainly written field into words; initials stay together.

    "F.N." and "S. & W." are one word each, "S/A" is ``SA``.
    """
    joined = _AND_INITIALS.sub(r"\1&\2", text)
    joined = _INITIALS.sub(_without_dots, joined)
    return [word.replace("'", "") for word in _WORD.findall(joined)]


def having(*senses: Sense) -> frozenset[str]:
    """Give the words that have one of the senses."""
    return frozenset(word for sense in senses for word in _table().get(sense, {}))


def value(word: str, sense: Sense) -> str:
    """Give what the table says of a word in this sense; empty where nothing."""
    return _table().get(sense, {}).get(word, "")


def says(word: str, *senses: Sense) -> bool:
    """Tell whether a word has one of the senses."""
    return any(word in _table().get(sense, ()) for sense in senses)


def nation(found: list[str]) -> str:
    """Give the country that all the words together name; empty if they do not.

    Args:
        found: Words of the field, such as those of "INDUSTRIA ARGENTINA".

    Returns:
        The ISO 3166-1 alpha-2 code; "AR" here.
    """
    rest = [
        value(word, Sense.SHORT) or word
        for word in found
        if not says(word, Sense.MARKED, Sense.FORM)
    ]
    return _nation(" ".join(rest)) if rest else ""


def _nation(words_together: str) -> str:
    named = value(words_together, Sense.NATION)
    if named or len(words_together) < _SHORTEST_COUNTRY:
        return named or ("US" if words_together == "USA" else "")
    return places.country_code(words_together)


def _without_dots(match: re.Match[str]) -> str:
    return re.sub(r"[./\s]", "", match[0]) + " "


@tables.remember_results(1)
def _table() -> dict[Sense, dict[str, str]]:
    found: dict[Sense, dict[str, str]] = {}
    for row in tables.rows("make_words.tsv"):
        sense = Sense(row["sense"])
        for word in tables.several(row["words"]):
            found.setdefault(sense, {})[spelling.plain(word)] = row["value"]
    return found
