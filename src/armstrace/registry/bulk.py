"""The register as matching searches it for many readings at once."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection

from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.many import Request
from armstrace.audit.lookups import among
from armstrace.registry.keystore import make_code
from armstrace.registry.models import ArmRecord
from armstrace.registry.population import CARD_COLUMNS, card_of
from armstrace.registry.search import DatabaseRegistry

ANY_MAKE = -1

Borne = dict[tuple[int, int], list[tuple[int, int]]]


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
        borne = _borne(wanted)
        chosen = [_chosen(request, borne) for request in requests]
        cards = _cards(arm for arms in chosen for arm in arms)
        return [[cards[arm] for arm in arms if arm in cards] for arms in chosen]


def _codes(request: Request) -> tuple[int, ...]:
    """Give the make codes of a look-up; arms without a make are always meant."""
    if request.makes is None:
        return (ANY_MAKE,)
    return (make_code(""), *(make_code(make) for make in request.makes))


def _chosen(request: Request, borne: Borne) -> list[int]:
    shared = Counter(
        arm
        for code in dict.fromkeys(_codes(request))
        for key in request.keys
        for _, arm in borne.get((key, code), ())
    )
    if len(shared) <= request.limit:
        return sorted(shared)
    ordered = sorted(shared.items(), key=lambda row: (-row[1], row[0]))
    return sorted(arm for arm, _ in ordered[: request.limit])


def _borne(wanted: Iterable[tuple[int, int]]) -> Borne:
    """Give the (make code, arm) that bear each key, by (key, make code)."""
    scoped = [pair for pair in wanted if pair[1] != ANY_MAKE]
    whole = [key for key, code in wanted if code == ANY_MAKE]
    found: Borne = defaultdict(list)
    for key, code, arm in _rows(SCOPED, scoped):
        found[key, code].append((code, arm))
    for key, code, arm in _rows(UNSCOPED, [(key,) for key in whole]):
        found[key, ANY_MAKE].append((code, arm))
    return found


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
    statement: dict[str, str], wanted: Sequence[tuple[int, ...]]
) -> list[tuple[int, int, int]]:
    """Ask for all keys in one statement, whatever their number."""
    if not wanted:
        return []
    given: list[object] = [json.dumps(wanted)]
    if connection.vendor == "postgresql":
        given = [list(column) for column in zip(*wanted, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(statement[connection.vendor], given)
        rows: list[tuple[int, int, int]] = cursor.fetchall()
    return rows


def _cards(arms: Iterable[int]) -> dict[int, Card]:
    rows = ArmRecord.objects.current().filter(among("arm_id", arms))
    found = map(card_of, rows.values_list(*CARD_COLUMNS))
    return {int(card.registry_id): card for card in found}
