"""Signs in a field of marks that are neither letters nor digits."""

import re
import unicodedata
from collections.abc import Iterator

from armstrace.analysis.marks import search_keys
from armstrace.vocabulary.messages import Message, message

CONTROL = re.compile(
    r"[\u2400-\u2426\ufffd\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff]+"
)
BESIDE_NUMBERS = frozenset("№°®©")
DROPPED = message("a sign that is no letter or digit was left out")


def is_sign(char: str) -> bool:
    """Tell a sign that was meant from a dash or dot that fills a field."""
    return not (char.isspace() or char in "-–—._/\\,;:'\"()")


def is_picture(char: str) -> bool:
    """Tell a picture from the signs that stand beside numbers, such as № and °."""
    return unicodedata.category(char) == "So" and char not in BESIDE_NUMBERS


def notes(text: str, *, longest: int, key: str) -> Iterator[Message]:
    """Say what is odd about the characters of a field.

    Args:
        longest: Characters that a number has at most.
        key: Search key that was read; empty where none was.
    """
    visible = CONTROL.sub(" ", text[: search_keys.LONGEST])
    if key and any(map(is_picture, visible)):
        yield DROPPED
    if CONTROL.search(text):
        yield message("the field holds control characters")
    if len(text) > search_keys.LONGEST:
        yield message(
            "only the first %(number)s characters were read", number=search_keys.LONGEST
        )
    elif len(text) > longest:
        yield message("the field is longer than %(number)s characters", number=longest)
