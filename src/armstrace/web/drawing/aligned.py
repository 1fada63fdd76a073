"""Two serial numbers beside each other, differing characters marked."""

from dataclasses import dataclass
from enum import StrEnum

ALIKE = ("0OQD", "1IL", "5S", "8B", "2Z", "6G", "VUY")


class Sign(StrEnum):
    SAME = "same"
    ALIKE = "alike"
    DIFFER = "differ"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the alignment; empty where a side has no character."""

    read: str
    registered: str
    sign: Sign


def places(read: str, registered: str, *, absent: str = "-") -> tuple[Place, ...]:
    """Compare two aligned texts of one length, place by place.

    Args:
        read: As read on the arm, ``?`` for an unread character.
        registered: As registered.
        absent: Stands in either text where it has no character.
    """
    longest = max(len(read), len(registered))
    pairs = zip(
        read.ljust(longest, absent), registered.ljust(longest, absent), strict=True
    )
    return tuple(
        Place(one.strip(absent), other.strip(absent), _sign(one, other))
        for one, other in pairs
    )


def confusions(aligned: tuple[Place, ...]) -> tuple[tuple[str, str], ...]:
    """List (read, registered) pairs of characters that look alike."""
    found = dict.fromkeys(
        (place.read, place.registered) for place in aligned if place.sign is Sign.ALIKE
    )
    return tuple(found)


def _sign(read: str, registered: str) -> Sign:
    if read == registered:
        return Sign.SAME
    if read in "?*":
        return Sign.UNREAD
    if any(read in group and registered in group for group in ALIKE):
        return Sign.ALIKE
    return Sign.DIFFER
