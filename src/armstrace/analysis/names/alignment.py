"""Which words of one name meet which of the other.

Words that one writes as one and the other apart are joined first. Then the pairs are
taken best first; what is left of both names stands against each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from armstrace.analysis.names import spelling
from armstrace.analysis.names.reading import INITIAL, Kind, Word
from armstrace.analysis.names.spelling import Agreement

LONGEST_JOIN = 4
LEAST_JOIN = 4
# A given and a family name, of which either may be written first.
PAIR = 2


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two words that meet, or stand against each other (``How.NOT``)."""

    one: Word
    other: Word
    agreement: Agreement
    places: tuple[int, int] = (0, 0)

    @property
    def weight(self) -> float:
        """How much the pair says: an initial stands for as little as it says."""
        return (self.one.weight + self.other.weight) / 2


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the words of two names meet."""

    met: tuple[Meeting, ...]
    # Pairs of words that were left over in both names.
    against: tuple[Meeting, ...]
    # Words that only one name has.
    missing: tuple[Word, ...]
    # Words that one name says again.
    repeated: tuple[Word, ...]


def join(found: Sequence[Word], among: Sequence[Word]) -> tuple[Word, ...]:
    """Join words that the other name writes as one, the last name first too."""
    held = {word.plain for word in found}
    whole = [word for word in among if word.plain not in held]
    if not whole:
        return tuple(found)
    joined: list[Word] = []
    at = 0
    while at < len(found):
        size = _size_of_join(found[at : at + LONGEST_JOIN], whole)
        parts = found[at : at + size]
        joined.append(parts[0] if size == 1 else _as_one(parts))
        at += size
    turned = found[::-1]
    if len(joined) == PAIR and _size_of_join(turned, whole) == PAIR:
        return (_as_one(turned),)
    return tuple(joined)


def _size_of_join(parts: Sequence[Word], whole: Sequence[Word]) -> int:
    for size in range(len(parts), 1, -1):
        plain = "".join(part.plain for part in parts[:size])
        if len(plain) < LEAST_JOIN:
            continue
        for word in whole:
            is_near = spelling.spell(plain, word.plain).value > 1 - 1 / LEAST_JOIN
            if is_near and not any(_is_better(p, plain, word) for p in parts[:size]):
                return size
    return 1


def _is_better(part: Word, joined: str, word: Word) -> bool:
    alone = spelling.spell(part.plain, word.plain).value
    return alone >= spelling.spell(joined, word.plain).value


def _as_one(parts: Sequence[Word]) -> Word:
    return Word(
        " ".join(part.written for part in parts),
        "".join(part.plain for part in parts),
        parts[0].script,
    )


def align(one: Sequence[Word], other: Sequence[Word]) -> Alignment:
    """Pair the words of two names, best first."""
    left, right = list(one), list(other)
    met = _pairs(left, right)
    met += _joint_initials(left, right, met)
    used = {m.places[0] for m in met}, {m.places[1] for m in met}
    rest = [w for n, w in enumerate(left) if n not in used[0]]
    others = [w for n, w in enumerate(right) if n not in used[1]]
    against, missing = _oppose(rest, others)
    said = [left[n] for n in used[0]] + [right[m] for m in used[1]]
    repeated = _repeats(missing, said)
    missing = [word for word in missing if word not in repeated]
    return Alignment(tuple(met), tuple(against), tuple(missing), tuple(repeated))


def _pairs(left: list[Word], right: list[Word]) -> list[Meeting]:
    possible = [
        Meeting(one, other, agreement, (n, m))
        for n, one in enumerate(left)
        for m, other in enumerate(right)
        if (agreement := spelling.agree(one, other)).value > 0
    ]
    possible.sort(key=lambda pair: (-pair.agreement.value, _apart(pair), pair.places))
    taken: tuple[set[int], set[int]] = (set(), set())
    met: list[Meeting] = []
    for pair in possible:
        if pair.places[0] not in taken[0] and pair.places[1] not in taken[1]:
            taken[0].add(pair.places[0])
            taken[1].add(pair.places[1])
            met.append(pair)
    return sorted(met, key=lambda pair: pair.places)


def _apart(pair: Meeting) -> int:
    return abs(pair.places[0] - pair.places[1])


def _joint_initials(
    left: list[Word], right: list[Word], met: list[Meeting]
) -> list[Meeting]:
    """Meet two or three initials that were written as one word: JC, J-Ph."""
    found: list[Meeting] = []
    for swap, (short, full) in enumerate(((left, right), (right, left))):
        free = {pair.places[1 - swap] for pair in met}
        for n, word in enumerate(short):
            if n in {p.places[swap] for p in met} or not 1 < len(word.plain) < 4:
                continue
            size = len(word.plain)
            for at in range(len(full) - size + 1):
                run = range(at, at + size)
                first = "".join(full[place].plain[:1] for place in run)
                if first == word.plain and not free & set(run):
                    found += [_initial(word, n, full[m], m, swap) for m in run]
                    return found
    return found


def _initial(word: Word, n: int, full: Word, m: int, swap: int) -> Meeting:
    value = spelling.initial()
    short = replace(word, kind=Kind.INITIAL)
    if swap:
        return Meeting(full, short, value, (m, n))
    return Meeting(short, full, value, (n, m))


def _repeats(missing: list[Word], said: list[Word]) -> list[Word]:
    return [
        word
        for word in missing
        if word.kind in (Kind.NAME, Kind.LITTLE)
        and any(spelling.agree(word, each).value > INITIAL * 2 for each in said)
    ]


def _oppose(rest: list[Word], others: list[Word]) -> tuple[list[Meeting], list[Word]]:
    """Set what is left against each other: names first, by their weight."""
    against: list[Meeting] = []
    missing: list[Word] = []
    for kinds in ((Kind.NUMBER,), (Kind.NAME, Kind.PATRONYMIC, Kind.INITIAL)):
        left = _heaviest(rest, kinds)
        right = _heaviest(others, kinds)
        against += [
            Meeting(one, other, spelling.NONE)
            for one, other in zip(left, right, strict=False)
        ]
        size = min(len(left), len(right))
        missing += left[size:] + right[size:]
    little = [word for word in (*rest, *others) if word.kind is Kind.LITTLE]
    return against, missing + little


def _heaviest(among: list[Word], kinds: Sequence[Kind]) -> list[Word]:
    found = [word for word in among if word.kind in kinds]
    return sorted(found, key=lambda word: -word.weight)
