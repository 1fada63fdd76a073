"""Where the tables that a country filed contradict each other.

Each check compares counts that say the same thing in two places. It is made
only where both sides are filed and every row of them is plain.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from armstrace.analysis.statistics.release_checks import CHECKS, Check, CountryYear
from armstrace.analysis.statistics.release_rows import Filed, Line, counts_of


@dataclass(frozen=True, slots=True)
class Comparison:
    """One check of one country and year, with both of its sides."""

    check: str
    iso3: str
    year: int
    # The side that is compared, in words, with its count.
    left: tuple[str, int] = ("", 0)
    # The side that it should agree with.
    right: tuple[str, int] = ("", 0)
    holds: bool = False
    # Why it cannot be told; empty where both sides are plain.
    doubt: str = ""

    @property
    def fails(self) -> bool:
        return not self.holds and not self.doubt

    @property
    def gap(self) -> int:
        """How far the first side lies above the second."""
        return self.left[1] - self.right[1]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a check holds in a release."""

    check: str
    words: str
    held: int
    made: int
    # How often it cannot be told, by the reason.
    untold: Mapping[str, int] = field(default_factory=dict)


def comparisons(filed: Filed) -> Iterator[Comparison]:
    """Compare what every country filed, check by check.

    Source:
        UNODC illicit arms flows questionnaire: totals of its tables agree.
    """
    for (iso3, year), counts in sorted(filed.items()):
        whole = CountryYear(iso3, year, counts)
        for check in CHECKS:
            (left, one), (right, other) = check.make(whole)
            if not (one.is_filed and other.is_filed):
                continue
            if one.value is None or other.value is None:
                doubt = one.doubt or other.doubt
                yield Comparison(check.code, iso3, year, doubt=doubt)
                continue
            holds = one.value == other.value or (
                check.at_most and one.value < other.value
            )
            sides = (left, one.value), (right, other.value)
            yield Comparison(check.code, iso3, year, *sides, holds)


def of_lines(lines: Iterable[Line]) -> tuple[Comparison, ...]:
    """Compare the lines of a release."""
    filed, _ = counts_of(lines)
    return tuple(comparisons(filed))


def tallies(made: Iterable[Comparison]) -> tuple[Tally, ...]:
    """Count how often each check holds; one of which no side was filed is left out."""
    counted: dict[str, list[Comparison]] = {}
    for each in made:
        counted.setdefault(each.check, []).append(each)
    return tuple(
        _tally(check, counted[check.code]) for check in CHECKS if check.code in counted
    )


def _tally(check: Check, found: list[Comparison]) -> Tally:
    told = [each for each in found if not each.doubt]
    doubts = Counter(each.doubt for each in found if each.doubt)
    held = sum(each.holds for each in told)
    return Tally(check.code, check.words, held, len(told), dict(doubts))


def by_country(made: Iterable[Comparison]) -> Mapping[str, tuple[Comparison, ...]]:
    """List the failed checks of each country, by year."""
    found: dict[str, list[Comparison]] = {}
    for each in made:
        if each.fails:
            found.setdefault(each.iso3, []).append(each)
    return {iso3: tuple(failed) for iso3, failed in sorted(found.items())}


def words_of(code: str) -> str:
    """Give a check in words."""
    return next(check.words for check in CHECKS if check.code == code)
