"""Find what a program has put in the place of what was written."""

import re
from collections.abc import Iterable

from armstrace.intake.outcomes import Reason, Trouble
from armstrace.intake.tables.rows import has_control_picture
from armstrace.records import lengths
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import shorten

SAID = Sentences(__package__)
# A number that was shortened, such as 1.23457E+11; an error; a column too narrow.
_LOST = re.compile(
    r"-?\d(?:[.,]\d+)?[eE]\+\d\d+|#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|#+)"
)


def found_in(values: dict[str, str]) -> Iterable[Trouble]:
    """Give what a program has put in the place of what was written."""
    whole = "".join(values.values())
    if whole.isascii() and "+" not in whole and "#" not in whole:
        return  # nearly every row, at the least cost
    for name, text in values.items():
        if not text.isascii() and has_control_picture(text):
            sentence = SAID.say("CONTROL_SIGN", text=shorten(text, 60))
            yield Trouble(Reason.CONTROL_CHARACTER, name, sentence)
        elif lengths.TURNING.search(text):
            yield Trouble(Reason.CONTROL_CHARACTER, name, lengths.turning(name))
        elif _LOST.fullmatch(text):
            sentence = SAID.say("LOST_VALUE", text=text)
            yield Trouble(Reason.DAMAGED_ROW, name, sentence)
