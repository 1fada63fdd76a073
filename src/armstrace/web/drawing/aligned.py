"""Two serial numbers beside each other, differing characters marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from armstrace.analysis.matching.editing import Place
from armstrace.vocabulary.matching import Difference


class Sign(StrEnum):
    """How a column is set off; each looks different without colour too."""

    SAME = "same"
    ALIKE = "alike"
    DIFFER = "differ"
    UNREAD = "unread"


SIGNS = {
    Difference.SAME: Sign.SAME,
    Difference.LOOK_ALIKE: Sign.ALIKE,
    Difference.UNREAD: Sign.UNREAD,
    Difference.LOST_START: Sign.UNREAD,
    Difference.LOST_END: Sign.UNREAD,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the comparison; empty where a side has no character."""

    read: str
    registered: str
    sign: Sign


def columns(places: Iterable[Place]) -> tuple[Column, ...]:
    """Say for each place of an alignment how it is set off.

    Args:
        places: As matching aligned them, from left to right.
    """
    return tuple(
        Column(place.read, place.registered, SIGNS.get(place.kind, Sign.DIFFER))
        for place in places
    )
