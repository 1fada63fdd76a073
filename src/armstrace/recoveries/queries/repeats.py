"""Which recoveries are of an item that another record counts already."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from armstrace.audit import stamps
from armstrace.records.lookups import among
from armstrace.recoveries.models import PairJudgement, RecoveryRecord, Resighting
from armstrace.vocabulary.tracing import Judgement, RepeatKind

type Pair = tuple[int, int]
"""Two recoveries of one arm, in any order."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """Recoveries that repeat another one, each with the record that it repeats.

    Of records that belong together the earliest day counts, then the lowest number;
    each of the others stands in exactly one of the first two.
    """

    # One item of one procedure that people found entered twice.
    entered_twice: Mapping[int, int]
    # One arm that people found to have been recovered before.
    recovered_again: Mapping[int, int]
    # The former, as proposed and not decided.
    maybe_entered_twice: Mapping[int, int]


def known_repeats(as_of: datetime | None) -> Repeats:
    """Give the recoveries that repeat another one, for counts that name no record.

    Source:
        Statistics of the questionnaire, check 11; SDG 16.4.2 metadata.
    """
    return stamps.kept(("repeats", as_of), lambda: _repeats(as_of))


def open_repeats(as_of: datetime | None = None) -> QuerySet[Resighting]:
    """Give the proposed repeats on which no word of a person stands."""
    decided = PairJudgement.objects.as_of(as_of).filter(
        recovery_id=OuterRef("recovery_id"), earlier_id=OuterRef("earlier_id")
    )
    stands = decided.exclude(judgement=Judgement.WITHDRAWN.value)
    return Resighting.objects.as_of(as_of).filter(~Exists(stands))


def _repeats(as_of: datetime | None) -> Repeats:
    decided = PairJudgement.objects.as_of(as_of).filter(judgement=Judgement.SAME.value)
    twice, again = _by_kind(decided)
    maybe_twice, _ = _by_kind(open_repeats(as_of))
    pairs = (*twice, *again, *maybe_twice)
    order = _order({member for pair in pairs for member in pair}, as_of)
    entered = _first_of_each(twice, order)
    found = _first_of_each(_items(again, entered), order)
    maybe_entered = _first_of_each(_items(maybe_twice, entered), order)
    return Repeats(
        entered_twice=entered, recovered_again=found, maybe_entered_twice=maybe_entered
    )


def _by_kind(
    rows: QuerySet[PairJudgement] | QuerySet[Resighting],
) -> tuple[list[Pair], list[Pair]]:
    """Part pairs into those entered twice and those recovered again."""
    twice: list[Pair] = []
    again: list[Pair] = []
    # Decisions of earlier versions name no kind: they were on recoveries alone.
    for later, earlier, kind in rows.values_list("recovery_id", "earlier_id", "repeat"):
        pairs = twice if kind == RepeatKind.ENTERED_TWICE.value else again
        pairs.append((later, earlier))
    return twice, again


def _order(ids: Iterable[int], as_of: datetime | None) -> dict[int, tuple[date, int]]:
    rows = RecoveryRecord.objects.as_of(as_of).filter(among("recovery_id", ids))
    return {pk: (on, pk) for pk, on in rows.values_list("recovery_id", "recovered_on")}


def _items(pairs: Iterable[Pair], entries: Mapping[int, int]) -> Iterator[Pair]:
    """Give pairs of items, each item standing for all its entries."""
    for one, other in pairs:
        yield entries.get(one, one), entries.get(other, other)


def _first_of_each(
    pairs: Iterable[Pair], order: Mapping[int, tuple[date, int]]
) -> dict[int, int]:
    """Give for each but the first of those joined by pairs the first one."""
    parent: dict[int, int] = {}

    def root(member: int) -> int:
        while (above := parent.setdefault(member, member)) != member:
            parent[member] = parent[above]
            member = above
        return member

    for one, other in pairs:
        if one in order and other in order:
            first, second = sorted((root(one), root(other)), key=order.__getitem__)
            parent[second] = first
    return {member: root(member) for member in parent if root(member) != member}
