"""Counting a store: what should be there against what was seen."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from armstrace.vocabulary.custody import CountFinding


@dataclass(frozen=True, slots=True)
class Compared:
    """The five lists of a count, each in the order of its numbers."""

    found: tuple[str, ...]
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    twice: tuple[str, ...]
    elsewhere: tuple[str, ...]

    def of(self, finding: CountFinding) -> tuple[str, ...]:
        """Give one of the lists."""
        named: tuple[str, ...] = getattr(self, finding.value.lower())
        return named


def compare(
    expected: Collection[str], seen: Iterable[str], known: Collection[str]
) -> Compared:
    """Compare what should be in a store with what was seen there.

    Nothing is corrected: what was seen and should be elsewhere stays recorded
    elsewhere until somebody moves it.

    Args:
        seen: Numbers as they were scanned, as often as they were.
        known: Numbers that are on record anywhere.

    Source:
        Rule of this design: a count is a comparison of sets.
    """
    here, times = set(expected), Counter(seen)
    away = times.keys() - here
    return Compared(
        found=_put_in_order(here & times.keys()),
        missing=_put_in_order(here - times.keys()),
        unexpected=_put_in_order(each for each in away if each not in known),
        twice=_put_in_order(each for each, often in times.items() if often > 1),
        elsewhere=_put_in_order(each for each in away if each in known),
    )


def _put_in_order(numbers: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(numbers, key=lambda each: (len(each), each)))
