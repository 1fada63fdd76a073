"""Tell words of a kind of action or of a look from the designation of a model.

Source:
    Mark taxonomy: "hand ejector" or "pump action" in the model field says how an
    arm works; on many makers' arms it would bring unlike models together.
"""

import re

from armstrace.analysis.marks import spelling, tables
from armstrace.vocabulary.codes import Code


class Sense(Code):
    """What a word in the model field says that names no model."""

    ACTION = "ACTION", "how the arm works"
    LOOK = "LOOK", "finish, length or state"


def without_action(plain: str) -> str:
    """Take the words of an action off a designation.

    Args:
        plain: The field, plainly written, without the maker.

    Returns:
        What stands before them; empty where nothing else stands there.
    """
    return _pattern(Sense.ACTION).sub("", plain).strip(_BETWEEN)


def is_look(plain: str) -> bool:
    """Tell whether a field says nothing but how the arm looks."""
    return not _pattern(Sense.LOOK).sub("", plain).strip(_BETWEEN)


@tables.remember_results(None)
def _pattern(sense: Sense) -> re.Pattern[str]:
    """Find the words of a sense, several after each other, at the end of a field."""
    written = {
        spelling.plain(words)
        for row in tables.rows("model_words.tsv")
        if row["sense"] == sense
        for words in tables.several(row["words"])
    }
    each = "|".join(map(_loosely, sorted(written, key=len, reverse=True)))
    return re.compile(rf"(?:(?:^|(?<=\W))(?:{each})[\W_]*)+\Z")


def _loosely(words: str) -> str:
    """Allow hyphens and no space between the words; ``#`` is a number."""
    parts = re.split(r"[\s-]+", words)
    return r"[\s-]*".join(r"\d+" if part == "#" else re.escape(part) for part in parts)


_BETWEEN = " -/.,;:()"
