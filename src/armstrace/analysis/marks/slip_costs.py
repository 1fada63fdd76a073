"""What a typing error costs: the likelier hand or ear make it, the less.

Source:
    Kinds of error in names typed by clerks: a letter doubled or not, two letters
    swapped, letters that sound alike or lie side by side on the keyboard, vowels
    for vowels; the first letter is seldom wrong (Pollock and Zamora, 1984).
"""

import re

_DOUBLING = 1.0
_SWAP = 1.0
_ALIKE = 1.0
_NEAR = 1.25
_ANY_LETTER = 1.75
_MUTE = 1.0
_VOWEL_LOST = 1.25
_LETTER_LOST = 1.5
_FIRST = 0.5
_VOWELS = frozenset("AEIOUY")
_SOUND_ALIKE = frozenset(
    map(frozenset, re.findall("..", "SZSCCKIYUVUWVWBVMNGJEIOUTDPBFVKQCQXSLRXZGCGK"))
)
_ROWS = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
_PLACES = {
    letter: (row, column + row / 2)
    for row, letters in enumerate(_ROWS)
    for column, letter in enumerate(letters)
}
_LONG = 11
_BEARABLE = {4: 1.0, 5: 1.25, 6: 1.75, 7: 1.75, 8: 2.25, 9: 2.25, 10: 2.5}
_BEARABLE_FAMILIAR = {4: 1.5, 5: 2.25, 6: 2.5, 7: 2.75, 8: 3.25, 9: 3.5, 10: 3.5}
_BEARABLE_LONG = 3.5
_SHORT = 5
_MIDDLE = 10


def most_letters(length: int) -> int:
    """Give how many letters at most may differ in a name of this length."""
    return 1 if length < _SHORT else 2 if length <= _MIDDLE else 3


def bearable(length: int, *, is_familiar: bool) -> float:
    """Give the highest cost at which a name may still be meant.

    Args:
        length: Letters of the shorter of the two, from 4 on; fewer bear nothing.
        is_familiar: Whether the name is met everywhere.
    """
    if length >= _LONG:
        return _BEARABLE_LONG
    return (_BEARABLE_FAMILIAR if is_familiar else _BEARABLE).get(length, 0.0)


def cost(written: str, meant: str) -> float:
    """Give the least cost of the errors that turn one name into the other.

    Args:
        written: Upper-case Latin letters as they were typed.
    """
    above: list[float] = []
    row = [0.0]
    for at in range(len(meant)):
        row.append(row[-1] + _lost(meant, at))
    for i, letter in enumerate(written):
        two_above, above = above, row
        row = [above[0] + _lost(written, i)]
        for j, wanted in enumerate(meant):
            best = (
                above[j]
                if letter == wanted
                else above[j] + _cost_of_change(written, i, meant, j)
            )
            best = min(best, above[j + 1] + _lost(written, i), row[j] + _lost(meant, j))
            if i and j and letter == meant[j - 1] and written[i - 1] == wanted:
                best = min(best, two_above[j - 1] + _SWAP)
            row.append(best)
    return row[-1]


def _lost(name: str, at: int) -> float:
    """Give the cost of a letter too many or too few."""
    letter = name[at]
    if at and name[at - 1] == letter:
        return _DOUBLING
    if at == 0:
        return _LETTER_LOST + _FIRST
    if letter == "H":
        return _MUTE
    return _VOWEL_LOST if letter in _VOWELS or at == len(name) - 1 else _LETTER_LOST


def _cost_of_change(written: str, i: int, meant: str, j: int) -> float:
    one, other = written[i], meant[j]
    first = 0.0 if i and j else _FIRST
    if frozenset((one, other)) in _SOUND_ALIKE:
        return _ALIKE + first
    if _are_neighbours(one, other) or {one, other} <= _VOWELS:
        return _NEAR + first
    return _ANY_LETTER + first


def _are_neighbours(one: str, other: str) -> bool:
    here, there = _PLACES.get(one), _PLACES.get(other)
    if here is None or there is None:
        return False
    return abs(here[0] - there[0]) <= 1 and abs(here[1] - there[1]) <= 1
