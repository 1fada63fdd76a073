"""Look for a person or a firm among the entries of lists, under all their names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from armstrace.analysis.names import reading
from armstrace.analysis.names.comparison import Score
from armstrace.analysis.names.entries import Entry
from armstrace.analysis.names.index import Hit, NameIndex
from armstrace.vocabulary.messages import Message, message

# What becomes of the score of a name where the births are told and differ.
BIRTHS_DIFFER = 0.8
PERSON, OTHER = "Person", "Organization"
SAME_BIRTH = message("The day of birth is the same.")


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that is near, and the one of its names that is nearest."""

    entry: Entry
    name: str
    score: Score


def is_comparable(one: str, other: str) -> bool:
    """Tell whether names of two schemas are compared: persons with persons alone."""
    persons = reading.PERSONS
    return (one.upper() in persons) == (other.upper() in persons)


class ListIndex:
    """The entries of lists that can be asked for those near a name.

    Args:
        entries: Of one kind: of persons, or of other things.
    """

    def __init__(self, entries: Iterable[Entry], schema: str) -> None:
        self._entries = tuple(entries)
        named = [
            (place, name)
            for place, entry in enumerate(self._entries)
            for name in entry.names
        ]
        self._owners = [place for place, _ in named]
        self._index = NameIndex((name for _, name in named), schema)

    def __len__(self) -> int:
        """Tell how many entries there are."""
        return len(self._entries)

    def nearest(self, name: str, *, top: int = 10) -> list[Found]:
        """Give the entries nearest a name, each once, best first."""
        return list(self._by_entry(self._index.nearest(name, top=len(self._owners))))[
            :top
        ]

    def near(self, name: str, born: Sequence[str] = ()) -> list[Found]:
        """Give the entries that reach the cut, each once, best first.

        Args:
            born: Days or years of birth of who is looked for, as far as known.
        """
        found = (weigh(each, born) for each in self._by_entry(self._index.near(name)))
        kept = [each for each in found if each.score.is_near]
        return sorted(kept, key=lambda each: -each.score.score)

    def _by_entry(self, hits: Iterable[Hit]) -> Iterator[Found]:
        seen: set[int] = set()
        for hit in hits:
            if (owner := self._owners[hit.place]) not in seen:
                seen.add(owner)
                yield Found(self._entries[owner], hit.name, hit.score)


class KindIndexes:
    """Entries of persons and of other things, each by an index of their own.

    Args:
        entries: Those without a schema are of a kind that is not told.
        unknown: As names of what those are compared, where the one who asks does
            not say either.
    """

    def __init__(self, entries: Iterable[Entry], *, unknown: str = PERSON) -> None:
        self._entries = tuple(entries)
        self._unknown = unknown
        self._kinds = {_kind_of(each.schema or unknown) for each in self._entries}
        self._by_kind: dict[str, ListIndex] = {}

    def __len__(self) -> int:
        """Tell how many entries there are."""
        return len(self._entries)

    def near(self, name: str, schema: str, born: Sequence[str] = ()) -> list[Found]:
        """Give the entries of one kind that reach the cut, best first."""
        return self._of(schema).near(name, born)

    def nearest(self, name: str, schema: str = "", *, top: int = 10) -> list[Found]:
        """Give the entries nearest a name, best first.

        Args:
            schema: Of what it is the name; where empty, all kinds are looked at.
        """
        if schema:
            return self._of(schema).nearest(name, top=top)
        found = (
            each
            for kind in sorted(self._kinds)
            for each in self._of(kind).nearest(name, top=top)
            if is_comparable(each.entry.schema or self._unknown, kind)
        )
        return sorted(found, key=lambda each: -each.score.score)[:top]

    def _of(self, schema: str) -> ListIndex:
        kind = _kind_of(schema)
        if kind not in self._by_kind:
            one = (e for e in self._entries if is_comparable(e.schema or kind, kind))
            self._by_kind[kind] = ListIndex(one, kind)
        return self._by_kind[kind]


def _kind_of(schema: str) -> str:
    return PERSON if is_comparable(schema, PERSON) else OTHER


def weigh(found: Found, born: Sequence[str]) -> Found:
    """Let births that are told and differ lower the score, and say so."""
    listed = found.entry.born
    if not born or not listed:
        return found
    if any(len(day) > 4 and day in listed for day in born):
        return _say(found, 1.0, SAME_BIRTH)
    if any(_agree(one, other) for one in born for other in listed):
        return found
    why = message(
        "The births differ: %(one)s and %(other)s.", one=list(born), other=list(listed)
    )
    return _say(found, BIRTHS_DIFFER, why)


def _say(found: Found, factor: float, why: Message) -> Found:
    score = found.score
    told = Score(round(score.score * factor, 4), (*score.explanation, why))
    return replace(found, score=told)


def _agree(one: str, other: str) -> bool:
    """Tell whether two births may be one: a year agrees with a day in it."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short)
