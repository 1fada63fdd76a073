"""The register as matching searches it for many readings at once."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.many import Request
from armstrace.analysis.matching.retrieval import Cards
from armstrace.audit.lookups import among
from armstrace.registry.keystore import make_code
from armstrace.registry.models import ArmRecord
from armstrace.registry.population import CARD_COLUMNS, card_of
from armstrace.registry.search import FEW_MAKES, MOST_ROWS, DatabaseRegistry

ANY_MAKE = -1

Borne = dict[tuple[int, int], dict[int, int]]


class BulkDatabaseRegistry:
    """Answers the look-ups of many readings in few queries, as ``BulkRegistry``."""

    def __init__(self) -> None:
        self._single = DatabaseRegistry()

    def cards_described(self, query: Query, *, limit: int) -> list[Card]:
        """Give arms alike, one reading at a time."""
        return self._single.cards_described(query, limit=limit)

    def cards_for_each(self, requests: Sequence[Request]) -> list[list[Card]]:
        """Answer each look-up: arms that bear the keys, those with most first."""
        wanted = {
            (key, code)
            for request in requests
            for code in _codes(request)
            for key in request.keys
        }
        borne = _borne(wanted, most=MOST_ROWS * len(requests))
        if borne is None:
            return [self._alone(request) for request in requests]
        shared = [_shared(request, borne) for request in requests]
        chosen = [
            _chosen(found, request.limit)
            for found, request in zip(shared, requests, strict=True)
        ]
        cards = _cards({arm for arms in chosen for arm in arms})
        answers: list[list[Card]] = []
        for request, found, arms in zip(requests, shared, chosen, strict=True):
            if found.total() > MOST_ROWS:
                answers.append(self._alone(request))
                continue
            answer = Cards(cards[arm] for arm in arms if arm in cards)
            answer.left_out = len(found) - len(arms)
            answers.append(answer)
        return answers

    def _alone(self, request: Request) -> list[Card]:
        """Answer a look-up of keys that too many arms bear, as a single one."""
        return self._single.cards_for(
            request.keys, makes=request.makes, limit=request.limit
        )


def _codes(request: Request) -> tuple[int, ...]:
    """Give the make codes by which keys are sought; many are sifted afterwards."""
    makes = request.makes
    if makes is None or len(makes) >= FEW_MAKES:
        return (ANY_MAKE,)
    return tuple({make_code(""), *map(make_code, makes)})


def _shared(request: Request, borne: Borne) -> Counter[int]:
    """Count how many of the keys each arm bears."""
    codes = _codes(request)
    found: Counter[int] = Counter()
    if codes != (ANY_MAKE,):
        for code in codes:
            for key in request.keys:
                found.update(borne.get((key, code), {}).keys())
        return found
    makes = request.makes
    among = None if makes is None else {make_code(""), *map(make_code, makes)}
    for key in request.keys:
        rows = borne.get((key, ANY_MAKE))
        if rows:
            found.update(a for a, code in rows.items() if not among or code in among)
    return found


def _chosen(shared: Counter[int], limit: int) -> list[int]:
    if len(shared) <= limit:
        return list(shared)
    return sorted(sorted(shared), key=lambda arm: -shared[arm])[:limit]


def _borne(wanted: Iterable[tuple[int, int]], *, most: int) -> Borne | None:
    """Give the arms, with their make codes, that bear each (key, make code).

    Args:
        wanted: The keys, each with a make code or with any.
        most: Most rows to read; None is given where there are more.
    """
    scoped = [pair for pair in wanted if pair[1] != ANY_MAKE]
    whole = [(key,) for key, code in wanted if code == ANY_MAKE]
    found: Borne = defaultdict(dict)
    rows = _rows(SCOPED, scoped, most)
    for key, code, arm in rows:
        found[key, code][arm] = code
    anywhere = _rows(UNSCOPED, whole, most)
    for key, code, arm in anywhere:
        found[key, ANY_MAKE][arm] = code
    return found if max(len(rows), len(anywhere)) <= most else None


SCOPED = {
    "sqlite": "SELECT k.key, k.make_code, k.arm_id FROM json_each(%s) w "
    "CROSS JOIN registry_serialkey k ON k.key = json_extract(w.value, '$[0]') "
    "AND k.make_code = json_extract(w.value, '$[1]')",
    "postgresql": "SELECT k.key, k.make_code, k.arm_id "
    "FROM unnest(%s::bigint[], %s::integer[]) w (key, make_code) "
    "JOIN registry_serialkey k ON k.key = w.key AND k.make_code = w.make_code",
}
UNSCOPED = {
    "sqlite": "SELECT k.key, k.make_code, k.arm_id FROM json_each(%s) w "
    "CROSS JOIN registry_serialkey k ON k.key = json_extract(w.value, '$[0]')",
    "postgresql": "SELECT k.key, k.make_code, k.arm_id "
    "FROM unnest(%s::bigint[]) w (key) "
    "JOIN registry_serialkey k ON k.key = w.key",
}


def _rows(
    statement: dict[str, str], wanted: Sequence[tuple[int, ...]], most: int
) -> list[tuple[int, int, int]]:
    """Ask for all keys in one statement, whatever their number."""
    if not wanted:
        return []
    given: list[Any] = [json.dumps(wanted)]
    if connection.vendor == "postgresql":
        given = [list(column) for column in zip(*wanted, strict=True)]
    with connection.cursor() as cursor:
        limited = f"{statement[connection.vendor]} LIMIT {int(most) + 1}"
        cursor.execute(limited, given)
        rows: list[tuple[int, int, int]] = cursor.fetchall()
    return rows


def _cards(arms: Iterable[int]) -> dict[int, Card]:
    rows = ArmRecord.objects.current().filter(among("arm_id", arms))
    found = map(card_of, rows.values_list(*CARD_COLUMNS))
    return {int(card.registry_id): card for card in found}
