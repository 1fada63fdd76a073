"""Arms counted that may be second entries, or are the same arm seized again.

What a person found to be a second entry is left out of every count (SC-09). What is
only proposed counts until a person decides, and an arm recovered again counts each
time, for recoveries are counted; both are said beside the figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from armstrace.analysis.statistics.drill import Beside
from armstrace.audit import stamps
from armstrace.indicators.queries import counted
from armstrace.indicators.queries.counted import CountScope, one_year
from armstrace.records.lookups import among
from armstrace.recoveries.queries.repeats import known_repeats
from armstrace.vocabulary.actors import Actor


@dataclass(frozen=True, slots=True)
class RepeatsCounted:
    """How many of the arms counted in a year stand in question."""

    year: int
    # Proposed as second entries and not decided.
    maybe_entered_twice: int
    # Found to be an arm that was recovered before in the year.
    recovered_again: int
    # Not counted, as the day may lie in the year or in another.
    between_years: int


def repeats_counted(
    *, viewer: Actor, year: int, as_of: datetime | None = None
) -> RepeatsCounted:
    """Count the arms of a year, seized, found and surrendered, that repeat another."""
    scope = CountScope.of(viewer, "indicator.view", one_year(year), as_of)
    return stamps.kept(("repeats counted", scope), lambda: _count(scope, year))


def _count(scope: CountScope, year: int) -> RepeatsCounted:
    return RepeatsCounted(
        year,
        beside(scope, Beside.MAYBE_ENTERED_TWICE).count(),
        beside(scope, Beside.RECOVERED_AGAIN).count(),
        beside(scope, Beside.BETWEEN_YEARS).count(),
    )


def beside(scope: CountScope, part: Beside) -> QuerySet[Any]:
    """Give the arms that are said beside the figures of a year."""
    if part is Beside.BETWEEN_YEARS:
        return counted.arms_between_years(scope)
    found = known_repeats(scope.as_of)
    if part is Beside.MAYBE_ENTERED_TWICE:
        wanted: Iterable[int] = found.maybe_entered_twice
    else:
        wanted = _again(scope, found.recovered_again)
    rows: QuerySet[Any] = counted.arms_counted(scope).filter(
        among("recovery_id", wanted)
    )
    return rows


def _again(scope: CountScope, first_of: Mapping[int, int]) -> list[int]:
    """Give all but the first recovery of each arm in the year."""
    members = {*first_of, *first_of.values()}
    rows = counted.arms_counted(scope).filter(among("recovery_id", members))
    in_order = rows.order_by("recovered_on", "recovery_id")
    of_arm: defaultdict[int, list[int]] = defaultdict(list)
    for number in in_order.values_list("recovery_id", flat=True):
        of_arm[first_of.get(number, number)].append(number)
    return [number for numbers in of_arm.values() for number in numbers[1:]]
