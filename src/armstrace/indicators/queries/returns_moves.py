"""Records behind changes of the cells that do not count arms one by one.

Cases (A1), parts and rounds (A3, A4), and what became of recovered arms (F).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import batched
from typing import Any

from django.db.models import Q

from armstrace.analysis.statistics.questionnaire.declared import (
    Questionnaire,
    TableSpec,
)
from armstrace.analysis.statistics.questionnaire.filled import cell_key
from armstrace.indicators.queries import counted
from armstrace.indicators.queries.counted import CountScope
from armstrace.indicators.queries.returns_drilling import EVENT_OF, TABLE_OF
from armstrace.registry.models import LifeEvent
from armstrace.vocabulary.arms import LifeEventKind

type Step = tuple[int, str, str, str]
type Case = tuple[str, str]
CHUNK = 2_000
ROW_OF = {event: row for row, event in EVENT_OF.items()}
MOVING = (*counted.FATES, LifeEventKind.RECOVERED)


def items_moved(
    then: CountScope, now: CountScope, asked: Questionnaire, touched: Iterable[int]
) -> Iterator[Step]:
    """Give the recoveries that changed a count of cases, parts or rounds.

    A recovery changes the cases where it brings the first item of one, or
    takes the last one away.

    Args:
        touched: Recoveries of which something became known in between.

    Returns:
        Number of the recovery, table, cell before, cell now.
    """
    chunks = list(batched(sorted(touched), CHUNK, strict=False))
    for spec in asked.tables:
        if spec.population.items == "CASE":
            yield from _cases_moved(then, now, spec, chunks)
        elif spec.population.items in TABLE_OF:
            yield from _quantities_moved(then, now, spec, chunks)


def fates_moved(
    then: CountScope, now: CountScope, asked: Questionnaire, since: datetime
) -> Iterator[Step]:
    """Give the registered arms that changed a count of what became of them.

    Returns:
        Number of the arm, table, cell before, cell now.
    """
    newer = Q(known_at__gt=since) | Q(superseded_at__gt=since)
    events = LifeEvent.objects.filter(newer, kind__in=MOVING)
    arms = sorted(set(events.values_list("arm_id", flat=True)))
    specs = [spec for spec in asked.tables if spec.population.items == "FATE"]
    for chunk in batched(arms, CHUNK, strict=False):
        before, after = _fates(then, chunk), _fates(now, chunk)
        for arm, kind in sorted(before ^ after):
            for spec in specs:
                key = cell_key(spec.table_id, ROW_OF.get(kind, kind), spec.columns[0])
                was = (arm, kind) in before
                yield arm, spec.table_id, key if was else "", "" if was else key


def _quantities_moved(
    then: CountScope, now: CountScope, spec: TableSpec, chunks: Sequence[Sequence[int]]
) -> Iterator[Step]:
    for chunk in chunks:
        before, after = _quantities(then, spec, chunk), _quantities(now, spec, chunk)
        for number in sorted({*before, *after}):
            was, is_now = before.get(number), after.get(number)
            if was != is_now:
                yield number, spec.table_id, _key(spec, was), _key(spec, is_now)


def _quantities(
    scope: CountScope, spec: TableSpec, chunk: Sequence[int]
) -> dict[int, tuple[str, int | None]]:
    table = TABLE_OF[spec.population.items]
    rows = (
        counted.items(scope, table)
        .filter(
            counted.is_counted(scope, table),
            recovery__in=chunk,
        )
        .annotate(way=counted.way_of_recovery())
    )
    found = rows.filter(way__in=spec.columns).values_list(
        "recovery_id", "way", "quantity"
    )
    return {number: (kind, quantity) for number, kind, quantity in found}


def _key(spec: TableSpec, stated: tuple[str, int | None] | None) -> str:
    if stated is None:
        return ""
    return cell_key(spec.table_id, spec.leaves[0].code, stated[0])


def _cases_moved(
    then: CountScope, now: CountScope, spec: TableSpec, chunks: Sequence[Sequence[int]]
) -> Iterator[Step]:
    key = cell_key(spec.table_id, spec.leaves[0].code, spec.columns[0])
    for chunk in chunks:
        before, after = _cases_of(then, chunk), _cases_of(now, chunk)
        named = sorted({case for _, case in (*before.values(), *after.values())})
        known_then, known_now = _cases(then, named), _cases(now, named)
        for number in sorted({*before, *after}):
            was, is_now = before.get(number), after.get(number)
            if was == is_now:
                continue
            left = was is not None and was not in known_now
            came = is_now is not None and is_now not in known_then
            if left or came:
                yield number, spec.table_id, key if left else "", key if came else ""


def _cases_of(scope: CountScope, chunk: Sequence[int]) -> dict[int, Case]:
    return {
        number: (agency, case)
        for rows in counted.seizures(scope)
        for number, agency, case in rows.filter(recovery__in=chunk).values_list(
            "recovery_id", "agency", "case_number"
        )
    }


def _cases(scope: CountScope, named: Sequence[str]) -> set[Case]:
    """Give the cases that stand there; a record without a number is its own."""
    return {
        case
        for rows in counted.seizures(scope)
        for part in batched(filter(None, named), CHUNK, strict=False)
        for case in rows.filter(case_number__in=part)
        .values_list("agency", "case_number")
        .distinct()
    }


def _fates(scope: CountScope, chunk: Sequence[int]) -> set[tuple[int, Any]]:
    rows = counted.fates(scope).filter(arm__in=chunk)
    return set(rows.values_list("arm_id", "kind"))
