"""Tell which of the numbers in a serial field stands where on the arm.

The number on the frame or receiver is the arm's; others are kept with their place.

Source:
    ITI, para. 10: the frame or receiver is to bear the mark; MOSAIC 05.30.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from armstrace.analysis.marks import serial_words
from armstrace.analysis.marks.serial_codes import Found
from armstrace.analysis.marks.serial_words import Meaning
from armstrace.vocabulary.marks import MarkKind
from armstrace.vocabulary.messages import NOTHING, Message, message

_CLAUSE = re.compile(r"[.;,]|(?<=\w)\)| (?:E|Y|ET|AND|UND|MAS|BUT|PERO|MAIS|ABER) ")

_SIDES = re.compile(r"[.;,]|(?<=\w)\)")


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """A number in the field that is not the arm's own, or perhaps is not."""

    # Its search key.
    code: str
    # What it is: ``SERIAL`` of a part, or an inventory number.
    kind: MarkKind = MarkKind.SERIAL
    # Where it stands, in words; empty where that is not said.
    place: Message = NOTHING


def best_placed(marked: str, found: Sequence[Found]) -> Found:
    """Prefer the number on the frame, then one of which no place is said."""
    if len(found) < 2:
        return found[0]
    return min(found, key=lambda one: _rank(places_of(marked, one, found)))


def _rank(places: frozenset[Meaning]) -> int:
    if Meaning.FRAME in places:
        return 0
    if not places:
        return 1
    return 2 if Meaning.SLIDE in places else 3


def places_of(marked: str, one: Found, found: Sequence[Found]) -> frozenset[Meaning]:
    """Give the places that the words say of a number, whichever stands first.

    Words between two numbers are of the one on their side of a comma; where none
    parts them, of the one that the field's first words lead to.
    """
    first = min(found, key=lambda each: each.start)
    leads = bool(serial_words.meanings(marked[: first.start]) & serial_words.PLACES)
    before = max((each.end for each in found if each.end <= one.start), default=0)
    later = (each.start for each in found if each.start > one.start)
    after = min(later, default=len(marked))
    ahead = _SIDES.split(marked[before : one.start])
    behind = _SIDES.split(marked[one.end : after])
    parts = [ahead[-1]] if len(ahead) > 1 or leads or one is first else []
    if len(behind) > 1 or not leads or after == len(marked):
        parts.append(behind[0])
    return serial_words.meanings(" ".join(parts)) & serial_words.PLACES


def others(marked: str, chosen: Found, found: Sequence[Found]) -> Iterator[OtherNumber]:
    """Give the numbers beside the one that is taken for the arm's."""
    for one in found:
        if one.code != chosen.code:
            places = places_of(marked, one, found)
            yield OtherNumber(one.code, place=_place(places))


def place_notes(
    near: frozenset[Meaning], senses: frozenset[Meaning]
) -> Iterator[Message]:
    """Say where the number stands, if not on the frame, and what stands beside it."""
    places = near & serial_words.PLACES
    if places and Meaning.FRAME not in places:
        words = sorted(places, key=lambda place: place.label)
        yield message("read %(places)s, not on the frame", places=words)
    if Meaning.PROPERTY in senses:
        yield message("carries a holder's property mark")


def near_places(
    marked: str, chosen: Found, found: Sequence[Found]
) -> frozenset[Meaning]:
    """Give the words that say where a number stands, before it if not behind."""
    if len(found) > 1:
        return places_of(marked, chosen, found)
    near = serial_words.meanings(marked[chosen.end :])
    if near & serial_words.PLACES:
        return near
    # The clause that leads to the number, as "on the barrel only".
    return serial_words.meanings(re.split(r"[.;,]", marked[: chosen.start])[-1])


def is_whole_on_frame(marked: str, chosen: Found) -> bool:
    """Tell whether a number is said to stand on the frame, and nothing against it.

    What is said after that, as of the slide, is of another mark.
    """
    clause = serial_words.meanings(_CLAUSE.split(marked[chosen.end :].strip())[0])
    return Meaning.FRAME in clause and not clause & serial_words.STATUS


def _place(places: frozenset[Meaning]) -> Message:
    if not places:
        return NOTHING
    named = sorted(places, key=lambda place: place.label)
    return message("read %(places)s", places=named)
