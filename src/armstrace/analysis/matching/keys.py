"""The keys by which a registry is searched for a badly read serial.

Stored for each arm: the hash of its folded serial, of the folded serial with each
one character left out, of the number without a prefix or suffix of letters, of what is
left of a number in parts that is cut where they join, of further numbers on the arm,
and of the last characters, by which a number is found whose beginning was not copied;
one whose end was not copied is found by its beginning in the index of serials.
A reading that differs by any one edit shares at least one stored key with the arm
when the reading's own string and its one-deletions are looked up. All heavier
expansion happens on the side of the reading (``expansion``).

Source:
    Symmetric deletion: T. Bocek, E. Hunt, B. Stiller, "Fast similarity search in
    large dictionaries", University of Zurich, ifi-2007.02.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.marks import folding
from armstrace.analysis.marks.folding import Folding
from armstrace.analysis.matching import expansion, hashing
from armstrace.analysis.matching.expansion import LONGEST_EDITABLE

SHORTEST_CORE = 3
# Characters by which the end of a number is found.
TAIL = 5
# Which keys an arm has; 2 since a number without its suffix, the parts of one and its
# end have keys. A higher number has the keys of all lower ones, and more.
RECIPE = 2

_PREFIX = re.compile(r"^[^\W\d_]{2,}(?=\d)")
_SUFFIX = re.compile(r"(?<=\d)[^\W\d_]{2,}$")


def storage_keys(
    serial_search: str,
    classes: Folding | None = None,
    *,
    ends: Sequence[str] = (),
    others: Sequence[str] = (),
) -> tuple[int, ...]:
    """Give the keys to store with a registered arm.

    Args:
        serial_search: The arm's serial as ``search_key`` gives it. Serials longer
            than ``LONGEST_EDITABLE`` get no deletion keys: they are found by
            their exact or look-alike reading only.
        classes: The classes of look-alikes; those shipped when None.
        ends: As ``search_keys.ends`` gives them.
        others: Search keys of further numbers on the arm.

    Returns:
        Distinct signed 64-bit keys, about as many as the serial has characters
        plus one; none for an empty serial or one with unread characters only.
    """
    fold = (classes or folding.standard()).fold
    folded = fold(serial_search.replace("?", "").replace("*", ""))
    if not folded:
        return tuple(other_keys(others, classes))
    found = [hashing.hash_text(folded)]
    if 2 <= len(folded) <= LONGEST_EDITABLE:
        found += _deletion_keys(folded)
    shorter = (*cores(serial_search), *ends)
    found += [hashing.hash_text(fold(part)) for part in shorter]
    found += [hashing.hash_text(tail) for tail in _tails(serial_search, fold)]
    found += other_keys(others, classes)
    return tuple(dict.fromkeys(found))


def cores(serial: str) -> tuple[str, ...]:
    """Give a serial without its prefix or suffix of two or more letters."""
    shorter = (_PREFIX.sub("", serial, count=1), _SUFFIX.sub("", serial))
    return tuple(
        core for core in shorter if core != serial and len(core) >= SHORTEST_CORE
    )


def _tails(serial: str, fold: Callable[[str], str]) -> tuple[str, ...]:
    """Give the end of a whole number as it is keyed, apart from numbers so short."""
    if len(serial) < TAIL or not serial.isalnum():
        return ()
    return (f"~{fold(serial[-TAIL:])}",)


def storage_key_table(
    serials: Sequence[str],
    classes: Folding | None = None,
    *,
    ends: Mapping[int, Sequence[str]] | None = None,
    others: Mapping[int, Sequence[str]] | None = None,
) -> tuple[hashing.Keys, NDArray[np.int32]]:
    """Give the keys of many arms at once, sorted.

    Args:
        serials: One search key an arm, by position.
        classes: The classes of look-alikes; those shipped when None.
        ends: As ``search_keys.ends`` gives them, by the position of the arm.
        others: Further numbers on the arms, by the position of each.

    Returns:
        ``keys`` and ``rows``: sorted signed keys and, beside each, the position
        of its arm. The pairs are those of ``storage_keys``.
    """
    fold = (classes or folding.standard()).fold
    groups: dict[int, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
    for row, serial in enumerate(serials):
        folded = fold(serial.replace("?", "").replace("*", ""))
        _put(groups[len(folded)], folded, row)
        for core in cores(serial):
            _put(groups[-len(core)], fold(core), row)
        for tail in _tails(serial, fold):
            _put(groups[-len(tail)], tail, row)
    more = {(row, fold(end)) for row, found in (ends or {}).items() for end in found}
    more |= {
        (row, _other(number, fold))
        for row, found in (others or {}).items()
        for number in found
    }
    for row, text in sorted(more):
        _put(groups[-len(text)], text, row)
    parts = [_keys_of_group(size, *group) for size, group in groups.items() if size]
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.int32)
    keys = np.concatenate([part[0] for part in parts])
    rows = np.concatenate([part[1] for part in parts])
    order = np.argsort(keys)
    return keys[order], rows[order]


def end_keys(ends: Sequence[str], classes: Folding | None = None) -> list[int]:
    """Give the keys to look up for the beginnings and ends of a number in parts."""
    fold = (classes or folding.standard()).fold
    return [hashing.hash_text(fold(end)) for end in ends]


def other_keys(numbers: Sequence[str], classes: Folding | None = None) -> list[int]:
    """Give the keys under which further numbers of an arm stand, as they are read."""
    fold = (classes or folding.standard()).fold
    return [hashing.hash_text(_other(number, fold)) for number in numbers]


def _other(number: str, fold: Callable[[str], str]) -> str:
    return f"^{fold(number)}"


def tail_keys(pattern: str, classes: Folding | None = None) -> list[int]:
    """Give the keys of the end of what was read; none where that was not whole."""
    fold = (classes or folding.standard()).fold
    return [hashing.hash_text(tail) for tail in _tails(pattern, fold)]


def query_keys(
    pattern: str, tier: int, classes: Folding | None = None
) -> tuple[int, ...]:
    """Give the keys to look up for a serial as read.

    Args:
        pattern: Search key as read, with ``?`` and ``*``.
        tier: 1 finds any one edit, a lost or added prefix, and unread characters;
            2 finds a second edit and longer lost ends as well.
        classes: The classes of look-alikes that the stored keys were made with;
            those shipped when None.

    Returns:
        Distinct signed keys in ascending order; some tens in tier 1, some
        thousands at most in tier 2; none where too little was read.
    """
    return _query_keys(pattern, tier, classes or folding.standard())


# A search asks for the same keys again as it widens.
@lru_cache(maxsize=16)
def _query_keys(pattern: str, tier: int, classes: Folding) -> tuple[int, ...]:
    if tier == 1 and "?" not in pattern and "*" not in pattern:
        return _one_edit_keys(pattern, classes)
    tables = expansion.variants(pattern, tier=tier, folding=classes)
    if not tables:
        return ()
    found = np.concatenate([hashing.hash_codes(table) for table in tables])
    return tuple(np.unique(found).tolist())


def _one_edit_keys(pattern: str, classes: Folding) -> tuple[int, ...]:
    size = len(pattern)
    if size < expansion.FEWEST_READ:
        return ()
    folded = classes.fold(pattern)
    found = {hashing.hash_text(folded)}
    if size <= LONGEST_EDITABLE + 1:
        found.update(_deletion_keys(folded))
    parts = expansion.shorten(pattern)
    found.update(hashing.hash_text(classes.fold(part)) for part in parts)
    return tuple(sorted(found))


def _put(group: tuple[list[str], list[int]], text: str, row: int) -> None:
    group[0].append(text)
    group[1].append(row)


def _deletion_keys(folded: str) -> list[int]:
    powers, suffixes = [1], [0]
    for character in reversed(folded):
        suffixes.append((suffixes[-1] + ord(character) * powers[-1]) & hashing.MASK)
        powers.append((powers[-1] * hashing.MULTIPLIER) & hashing.MASK)
    prefix, found, size = 0, [], len(folded)
    for place, character in enumerate(folded):
        after = size - place - 1
        found.append(
            hashing.finish((prefix * powers[after] + suffixes[after]) & hashing.MASK)
        )
        prefix = (prefix * hashing.MULTIPLIER + ord(character)) & hashing.MASK
    return found


def _keys_of_group(
    size: int, texts: list[str], rows: list[int]
) -> tuple[hashing.Keys, NDArray[np.int32]]:
    codes = hashing.codes_of(texts)
    owners = np.array(rows, np.int32)
    found = [hashing.hash_codes(codes)]
    kept = [owners]
    if 2 <= size <= LONGEST_EDITABLE:
        for place in range(size):
            # Leaving out either of two equal neighbours gives the same string.
            fresh = np.ones(len(texts), bool)
            if place:
                fresh = codes[:, place] != codes[:, place - 1]
            found.append(hashing.hash_codes(np.delete(codes[fresh], place, axis=1)))
            kept.append(owners[fresh])
    return np.concatenate(found), np.concatenate(kept)
