"""The register as matching searches it: by stored keys, in the database."""

import json
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.retrieval import Cards
from armstrace.records import lookups
from armstrace.registry.keystore import make_code
from armstrace.registry.models import ArmRecord
from armstrace.registry.population import CARD_COLUMNS, card_of

FEW_MAKES = 3
# A key that more arms bear than this tells nothing; the rest is not read.
MOST_ROWS = 20_000
MOST_SIFTED = 5 * MOST_ROWS
MOST_BEGINNING = 2000
_OF_MAKE_LISTED = "AND r.make IN (SELECT value FROM json_each(%s))"


@dataclass(frozen=True, slots=True)
class Held:
    """The tables that records and their keys stand in, and who owns both."""

    # The table of keys: ``key``, ``make_code`` and the owner.
    keys: str
    # The table of versions of described arms.
    records: str
    # The column by which both name the identity.
    owner: str

    @property
    def card(self) -> str:
        """The columns of a card, as a statement names them."""
        own = (self.owner, *CARD_COLUMNS[1:])
        return ", ".join(f"r.{column}" for column in own)


REGISTER = Held("registry_serialkey", "registry_armrecord", "arm_id")


class DatabaseRegistry:
    """Finds cards of described arms by their keys, as ``retrieval.Registry``."""

    def __init__(self, held: Held = REGISTER) -> None:
        self._held = held

    def cards_for(
        self,
        keys: Sequence[int],
        *,
        makes: AbstractSet[str] | None = None,
        limit: int,
    ) -> list[Card]:
        """Give the arms that bear any of the keys, those with most keys first."""
        if not keys:
            return []
        return _cards_with(self._held, keys, makes, limit)

    def cards_beginning(
        self, beginning: str, *, makes: AbstractSet[str] | None = None, limit: int
    ) -> list[Card]:
        """Give the arms whose serial goes on from what was read."""
        is_postgres = connection.vendor == "postgresql"
        from_, below = lookups.signs_of_range()
        of_make = "AND r.make = ANY(%s)" if is_postgres else _OF_MAKE_LISTED
        records, card = self._held.records, self._held.card
        statement = (
            f"SELECT count(*) OVER (), {card} FROM (SELECT * FROM {records} r "  # noqa: S608 - own words
            f"WHERE r.superseded_at IS NULL AND r.serial_search {from_} %s "
            f"AND r.serial_search {below} %s {of_make if makes is not None else ''} "
            f"LIMIT {MOST_BEGINNING}) AS r LIMIT %s"
        )
        given: list[object] = [beginning, lookups.past(beginning)]
        if makes is not None:
            wanted = sorted({"", *makes})
            given.append(wanted if is_postgres else json.dumps(wanted))
        return _cards_of(_rows(statement, [*given, limit]), limit)

    def cards_described(self, query: Query, *, limit: int) -> list[Card]:
        """Give arms whose make, model and calibre are those read."""
        read = {"make": query.make, "model": query.model, "calibre": query.calibre}
        wanted = {name: value for name, value in read.items() if value}
        if not query.make:  # without an index on the make this reads every arm
            return []
        alike = ArmRecord.objects.current().filter(**wanted).order_by("arm_id")
        return _cards(alike[:limit])


def _cards(rows: QuerySet[ArmRecord]) -> list[Card]:
    return [card_of(row) for row in rows.values_list(*CARD_COLUMNS)]


def _cards_with(
    held: Held, keys: Sequence[int], makes: AbstractSet[str] | None, limit: int
) -> list[Card]:
    codes = None
    if makes is not None:
        codes = sorted({make_code(""), *(make_code(make) for make in makes)})
    return _cards_of(_rows(*_statement(held, keys, codes, limit)), limit)


def _cards_of(rows: Iterable[tuple[Any, ...]], limit: int) -> Cards:
    cards, bearers = Cards(), 0
    for bearers, *columns in rows:  # noqa: B007
        cards.append(card_of(columns))
    cards.left_out = max(bearers - limit, 0)
    return cards


def _rows(statement: str, given: Sequence[object]) -> list[tuple[Any, ...]]:
    if connection.vendor == "postgresql":
        return _rows_prepared(statement, given)
    with connection.cursor() as cursor:
        cursor.execute(statement, list[Any](given) or None)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _rows_prepared(statement: str, given: Sequence[object]) -> list[tuple[Any, ...]]:
    """Ask PostgreSQL with arrays bound by the server, so that it plans once."""
    from psycopg import Cursor  # noqa: PLC0415 - an extra that SQLite does without

    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        return cursor.execute(statement, given, prepare=True).fetchall()


def _statement(
    held: Held, keys: Sequence[int], codes: Sequence[int] | None, limit: int
) -> tuple[str, list[object]]:
    """Give the statement that finds who bears the keys, and its parameters.

    Each row is how many bear them, and the card of one of the ``limit`` that bear
    most of them.
    """
    # A list is bound as one text, so that the statement is compiled once; binding
    # each of a thousand numbers would cost more than the search.
    if connection.vendor == "postgresql":
        opened, closed = "{}"
        of_key, of_make = "= ANY(%s::bigint[])", "= ANY(%s::integer[])"
    else:
        opened, closed = "[]"
        of_key = of_make = "IN (SELECT value FROM json_each(%s))"
    given: list[object] = [f"{opened}{','.join(map(str, keys))}{closed}"]
    bearing = f"{held.keys} WHERE key {of_key}"
    if codes is not None:
        if len(codes) > FEW_MAKES:
            # Many codes are cheaper to sift than to seek with each of the keys.
            sifted = f"(SELECT * FROM {bearing} LIMIT {MOST_SIFTED}) AS s"  # noqa: S608 - own words
            bearing = f"{sifted} WHERE true"
        bearing = f"{bearing} AND make_code {of_make}"
        given.append(f"{opened}{','.join(map(str, codes))}{closed}")
    statement = (
        f"SELECT b.bearers, {held.card} FROM ("  # noqa: S608 - own words
        f"SELECT {held.owner}, count(*) AS shared, count(*) OVER () AS bearers FROM ("
        f"SELECT {held.owner} FROM {bearing} LIMIT {MOST_ROWS}) AS k "
        f"GROUP BY {held.owner} ORDER BY shared DESC, {held.owner} LIMIT %s) AS b "
        f"CROSS JOIN {held.records} r "
        f"WHERE r.{held.owner} = b.{held.owner} AND r.superseded_at IS NULL"
    )
    return statement, [*given, limit]
