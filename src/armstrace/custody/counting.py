"""Counting a store: what should be there against what was seen."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from armstrace.vocabulary.custody import CountFinding
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

COUNTS = Source("design", "a count compares sets and corrects nothing by itself")


DIFFERENCES = (
    CountFinding.MISSING,
    CountFinding.UNEXPECTED,
    CountFinding.ELSEWHERE,
    CountFinding.TWICE,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A number in a list of a count, and what was said of it."""

    finding: CountFinding
    number: str
    # Where it is on record; empty where it is not.
    where: str = ""
    # The row of the answer; None where nobody has said anything yet.
    answer: Any = None

    @property
    def key(self) -> int:
        """Give the key of the record, where it is on record."""
        return int(self.number[1:])


@dataclass(frozen=True, slots=True)
class Compared:
    """The five lists of a count, each in the order of its numbers."""

    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def of(self, finding: CountFinding) -> tuple[str, ...]:
        """Give one of the lists."""
        named: tuple[str, ...] = getattr(self, finding.value.lower())
        return named

    def waiting(self, finding: CountFinding, answers: Iterable[Any]) -> list[str]:
        """Give the differences of a kind of which nobody has said anything.

        Args:
            answers: Rows of what was said of differences.
        """
        said = {each.number for each in answers if each.finding == finding}
        listed = self.of(finding) if finding in DIFFERENCES else ()
        return [one for one in listed if one not in said]

    @property
    def expected(self) -> int:
        """Count what should be there."""
        return len(self.found) + len(self.missing)

    def differences(
        self,
        where: Mapping[str, str],
        answers: Iterable[Any],
        most: int | None = None,
    ) -> tuple[Difference, ...]:
        """Give what differs.

        Args:
            where: Where numbers are on record.
            answers: Rows of what was said of differences.
            most: How many of them, in their order; all where None.
        """
        said = {(each.finding, each.number): each for each in answers}
        return tuple(
            Difference(kind, one, where.get(one, ""), said.get((kind, one)))
            for kind, one in self.listed(most)
        )

    def unanswered(self, answers: Iterable[Any]) -> frozenset[CountFinding]:
        """Give the kinds of which somebody has still to say something."""
        said = {(each.finding, each.number) for each in answers}
        return frozenset(
            kind
            for kind in DIFFERENCES
            if any((kind, one) not in said for one in self.of(kind))
        )

    def listed(self, most: int | None = None) -> list[tuple[CountFinding, str]]:
        """Give what differs by kind and number, in order; no more than is asked."""
        each = ((kind, one) for kind in DIFFERENCES for one in self.of(kind))
        return list(islice(each, most))

    @property
    def differing(self) -> int:
        """Count the differences."""
        return sum(len(self.of(kind)) for kind in DIFFERENCES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page of a count shows of its comparison.

    Args:
        expected: How many should be there; None while a blind count is open.
        compared: The five lists; None while a blind count is open.
    """

    scanned: int
    expected: int | None = None
    compared: Compared | None = None
    differences: tuple[Difference, ...] = ()


def compare(
    expected: Collection[str], seen: Iterable[str], known: Collection[str]
) -> Compared:
    """Compare what should be in a store with what was seen there.

    Nothing is corrected: what was seen and should be elsewhere stays recorded
    elsewhere until somebody moves it.

    Args:
        seen: Numbers as they were scanned, as often as they were.

    Source:
        Rule of this design: a count is a comparison of sets.
    """
    here, times = set(expected), Counter(seen)
    away = times.keys() - here
    return Compared(
        found=_put_in_order(here & times.keys()),
        missing=_put_in_order(each for each in expected if each not in times),
        unexpected=_put_in_order(each for each in away if each not in known),
        twice=_put_in_order(each for each, often in times.items() if often > 1),
        elsewhere=_put_in_order(each for each in away if each in known),
    )


def _put_in_order(numbers: Iterable[str]) -> tuple[str, ...]:
    # Short ones before long ones, fast where they come in that order.
    return tuple(sorted(numbers, key=lambda each: (len(each), each)))


def do_overlap(place: str, other: str) -> bool:
    """Tell whether a place of a store is another, or lies within it.

    Letter case and blanks do not count, and the whole store is an empty place.
    """
    paths = zip(*(_steps(each) for each in (place, other)), strict=False)
    return all(here == there for here, there in paths)


def _steps(place: str) -> list[str]:
    letters = "".join(place.split()).lower()
    return letters.split("/") if letters else []


COUNT_OPEN = Rule[bool](
    "EX-21",
    "This count is closed; open a new one to count again.",
    COUNTS,
    lambda is_open: is_open,
)
# The fact is the count that is open of the place, empty where none is.
ONE_COUNT = Rule[str](
    "EX-22",
    "%(count)s counts this place or a part of it already; close it first.",
    COUNTS,
    lambda count: not count,
)
# The facts are a number as it was typed, and whether it was noted.
NOTED = Rule[tuple[str, bool]](
    "EX-40",
    "%(number)s is not among the numbers noted; write it as it was scanned.",
    COUNTS,
    lambda facts: facts[1],
)
IS_DIFFERENCE = Rule[bool](
    "EX-23",
    "This is not an open difference of a closed count; look at the count again.",
    COUNTS,
    lambda is_difference: is_difference,
)
NAMED_STORE = Rule[str](
    "EX-24",
    "A store has a name; write what it is called.",
    COUNTS,
    is_visible,
)
NEW_STORE = Rule[bool](
    "EX-25",
    "Your agency has a store of this name already.",
    COUNTS,
    lambda is_new: is_new,
)
